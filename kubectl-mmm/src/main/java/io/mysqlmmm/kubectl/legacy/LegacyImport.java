package io.mysqlmmm.kubectl.legacy;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes the manifest of a resource from the files of an MMM installation. All errors are found at
 * once; with any of them there is no manifest.
 */
public final class LegacyImport {
  private static final Pattern NAME = Pattern.compile("[a-z]([-a-z0-9]{0,28}[a-z0-9])?");
  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final Pattern NODE =
      Pattern.compile(
          "(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  /** MMM's file of the monitor of a cluster that has a name: {@code mmm_control @NAME}. */
  private static final Pattern CLUSTER = Pattern.compile("mmm_mon_(.+)\\.conf");

  private static final String DEFAULT_NAME = "mmm";

  private final Configuration configuration = new Configuration();
  private final Findings findings = new Findings();
  private final List<Path> files;
  private final Target target;

  private LegacyImport(List<Path> files, Target target) {
    this.files = files;
    this.target = target;
  }

  /**
   * The manifest of what the files say together.
   *
   * @param files mmm_common.conf, mmm_mon.conf, and any others; read in this order
   */
  public static Imported run(List<Path> files, Target target) {
    return new LegacyImport(files, target).run();
  }

  private Imported run() {
    ConfigReader reader = new ConfigReader(configuration, findings);
    files.forEach(reader::read);
    if (!findings.errors().isEmpty()) {
      return new Imported.Refused(findings.errors());
    }
    configuration.fillFromTemplates();
    Draft draft = draft();
    if (!findings.errors().isEmpty()) {
      return new Imported.Refused(findings.errors());
    }
    List<String> names = files.stream().map(Path::toString).toList();
    return new Imported.Manifest(
        ManifestText.render(draft, findings, names), findings.warnings(draft.name()));
  }

  private Draft draft() {
    Labels hostLabels = new Labels(configuration.all(Kind.HOST), Place.HOSTS, findings);
    Labels roleLabels = new Labels(configuration.all(Kind.ROLE), Place.ROLES, findings);
    Roles roles = new Roles(configuration, roleLabels, hostLabels, findings);
    Shared shared = new Shared(configuration, findings);
    MonitorSettings monitor = new MonitorSettings(configuration, findings);
    checkNodes();
    return new Draft(
        name(),
        namespace(),
        monitor.mode(),
        roles.activeMasterRole().orElse(""),
        new Hosts(configuration, hostLabels, findings).translate(target.nodes()),
        roles.translate(),
        shared.networkInterface(),
        shared.ports(),
        monitor.translate());
  }

  private String name() {
    String name = target.name().or(this::cluster).orElse(DEFAULT_NAME);
    if (!NAME.matcher(name).matches()) {
      findings.error(
          "The name '%s' is not allowed: give --name with 1 to 30 lower-case letters, digits and"
                  .formatted(name)
              + " dashes, a letter first");
    }
    return name;
  }

  private Optional<String> cluster() {
    return files.stream()
        .map(file -> CLUSTER.matcher(String.valueOf(file.getFileName())))
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1).toLowerCase(Locale.ROOT).replace('_', '-'))
        .findFirst();
  }

  private Optional<String> namespace() {
    target
        .namespace()
        .filter(name -> !NAMESPACE.matcher(name).matches())
        .ifPresent(name -> findings.error("The namespace '%s' cannot exist".formatted(name)));
    return target.namespace();
  }

  private void checkNodes() {
    for (Map.Entry<String, String> node : target.nodes().entrySet()) {
      if (configuration.find(Kind.HOST, node.getKey()).isEmpty()) {
        findings.error(
            "--node %s=%s: there is no <host %s>"
                .formatted(node.getKey(), node.getValue(), node.getKey()));
      }
      if (!NODE.matcher(node.getValue()).matches()) {
        findings.error(
            "--node %s=%s: '%s' is no name of a node: use one that kubectl get nodes shows"
                .formatted(node.getKey(), node.getValue(), node.getValue()));
      }
    }
  }
}
