package io.mysqlmmm.kubectl;

import io.mysqlmmm.kubectl.cluster.ApiServer;
import io.mysqlmmm.kubectl.cluster.ClusterException;
import io.mysqlmmm.kubectl.cluster.Environment;
import io.mysqlmmm.kubectl.cluster.Kubeconfig;
import io.mysqlmmm.kubectl.cluster.Overrides;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The options that say which cluster and namespace, and as whom; kubectl's names and meanings. */
final class ClusterOptions {
  private static final String NAMESPACE = "--namespace";
  private static final String KUBECONFIG = "--kubeconfig";
  private static final String CONTEXT = "--context";
  private static final String CLUSTER = "--cluster";
  private static final String USER = "--user";
  private static final String REQUEST_TIMEOUT = "--request-timeout";
  private static final String INSECURE = "--insecure-skip-tls-verify";
  private static final String AS_GROUP = "--as-group";
  private static final String VERBOSE = "--verbose";

  /** By the kubeconfig's field of a cluster that each stands for. */
  private static final Map<String, String> CLUSTER_FIELDS = Map.of("--server", "server");

  private static final Map<String, String> CLUSTER_FILES =
      Map.of("--certificate-authority", "certificate-authority");

  /** By the kubeconfig's field of a user that each stands for. */
  private static final Map<String, String> USER_FIELDS =
      Map.of(
          "--token", "token",
          "--username", "username",
          "--password", "password",
          "--as", "as",
          "--as-uid", "as-uid");

  private static final Map<String, String> USER_FILES =
      Map.of("--client-certificate", "client-certificate", "--client-key", "client-key");

  private ClusterOptions() {}

  static void addTo(CommandSpec spec) {
    add(spec, "NAMESPACE", "Namespace. Default: the context's.", "-n", NAMESPACE);
    add(spec, "FILE", "Kubeconfig to use. Default: KUBECONFIG, else ~/.kube/config.", KUBECONFIG);
    add(spec, "CONTEXT", "Context of the kubeconfig. Default: the current one.", CONTEXT);
    addFurther(spec);
    spec.addOption(
        Durations.option(REQUEST_TIMEOUT)
            .description("Bound on each request; 0: none. Default: 10s.")
            .build());
    spec.addOption(
        OptionSpec.builder("-v", VERBOSE)
            .description("On failure show where it comes from.")
            .build());
  }

  /** They would hide a verb's own options in its help, so they are only named there. */
  private static void addFurther(CommandSpec spec) {
    addHidden(spec, "CLUSTER", "Cluster of the kubeconfig. Default: the context's.", CLUSTER);
    addHidden(spec, "USER", "User of the kubeconfig. Default: the context's.", USER);
    addHidden(spec, "URL", "Address of the API server.", "-s", "--server");
    addHidden(spec, "FILE", "CA certificates of the API server.", "--certificate-authority");
    addHidden(spec, "FILE", "Client certificate.", "--client-certificate");
    addHidden(spec, "FILE", "Key of the client certificate.", "--client-key");
    addHidden(spec, "TOKEN", "Bearer token.", "--token");
    addHidden(spec, "NAME", "User name for basic authentication.", "--username");
    addHidden(spec, "PASSWORD", "Password for basic authentication.", "--password");
    addHidden(spec, "USER", "User to act as.", "--as");
    addHidden(spec, "UID", "Uid to act as.", "--as-uid");
    spec.addOption(
        OptionSpec.builder(AS_GROUP)
            .paramLabel("GROUP")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .hidden(true)
            .description("Group to act as; may be given several times.")
            .build());
    spec.addOption(
        OptionSpec.builder(INSECURE)
            .hidden(true)
            .description("Do not check the API server's certificate.")
            .build());
    spec.usageMessage()
        .footer(
            "",
            "Also as kubectl has them: --cluster, --user, -s/--server, --certificate-authority,"
                + " --insecure-skip-tls-verify, --client-certificate, --client-key, --token,"
                + " --username, --password, --as, --as-group, --as-uid.");
  }

  private static void add(CommandSpec spec, String label, String description, String... names) {
    spec.addOption(text(label, description, names).build());
  }

  private static void addHidden(
      CommandSpec spec, String label, String description, String... names) {
    spec.addOption(text(label, description, names).hidden(true).build());
  }

  private static OptionSpec.Builder text(String label, String description, String... names) {
    return OptionSpec.builder(names).type(String.class).paramLabel(label).description(description);
  }

  static ApiServer connect(Environment environment, ParseResult line) throws ClusterException {
    return connect(
        environment, line, line.matchedOptionValue(REQUEST_TIMEOUT, Duration.ofSeconds(10)));
  }

  /**
   * @param timeout bound on each request, whatever the command line says
   */
  static ApiServer connect(Environment environment, ParseResult line, Duration timeout)
      throws ClusterException {
    return new ApiServer(Kubeconfig.access(environment, overrides(line)), environment, timeout);
  }

  private static Overrides overrides(ParseResult line) {
    Overrides named = Overrides.of(text(line, KUBECONFIG).map(Path::of), text(line, CONTEXT));
    Overrides overrides =
        new Overrides(
            named.file(),
            named.context(),
            text(line, CLUSTER),
            text(line, USER),
            named.cluster(),
            named.user());
    CLUSTER_FIELDS.forEach(
        (option, field) ->
            text(line, option).ifPresent(value -> overrides.setCluster(field, value)));
    CLUSTER_FILES.forEach(
        (option, field) ->
            file(line, option).ifPresent(value -> overrides.setCluster(field, value)));
    USER_FIELDS.forEach(
        (option, field) -> text(line, option).ifPresent(value -> overrides.setUser(field, value)));
    USER_FILES.forEach(
        (option, field) -> file(line, option).ifPresent(value -> overrides.setUser(field, value)));
    if (line.hasMatchedOption(INSECURE)) {
      overrides.setInsecure(line.matchedOptionValue(INSECURE, true));
    }
    List<String> groups = line.matchedOptionValue(AS_GROUP, List.of());
    if (!groups.isEmpty()) {
      overrides.setGroups(groups);
    }
    return overrides;
  }

  private static Optional<String> text(ParseResult line, String option) {
    return Optional.ofNullable(line.matchedOptionValue(option, null));
  }

  /** Relative to where we are, not to a kubeconfig. */
  private static Optional<String> file(ParseResult line, String option) {
    return text(line, option).map(name -> Path.of(name).toAbsolutePath().toString());
  }

  static String namespace(ApiServer server, ParseResult line) {
    return line.matchedOptionValue(NAMESPACE, server.namespace());
  }
}
