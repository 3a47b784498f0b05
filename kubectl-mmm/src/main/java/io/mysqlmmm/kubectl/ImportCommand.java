package io.mysqlmmm.kubectl;

import io.mysqlmmm.kubectl.legacy.Imported;
import io.mysqlmmm.kubectl.legacy.LegacyImport;
import io.mysqlmmm.kubectl.legacy.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code import FILE…}: the manifest of an existing MMM installation. Asks no cluster. */
final class ImportCommand implements Verb {
  private static final String NAME = "--name";
  private static final String NAMESPACE = "--namespace";
  private static final String NODE = "--node";

  private final Console console;

  ImportCommand(Console console) {
    this.console = console;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("import");
    spec.usageMessage()
        .description(
            "Prints a MySQLMultiMaster for an MMM installation, from its configuration files.",
            "Nothing is changed, and no password is printed. Read its comments, then:",
            "  kubectl mmm import mmm_common.conf mmm_mon.conf | kubectl apply -f -");
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0..*")
            .arity("1..*")
            .required(true)
            .paramLabel("FILE")
            .type(List.class)
            .auxiliaryTypes(Path.class)
            .description("mmm_common.conf, mmm_mon.conf, and others if you like.")
            .build());
    spec.addOption(
        OptionSpec.builder(NAME)
            .paramLabel("NAME")
            .type(String.class)
            .description("Name of the resource. Default: mmm, or CLUSTER of mmm_mon_CLUSTER.conf.")
            .build());
    spec.addOption(
        OptionSpec.builder("-n", NAMESPACE)
            .paramLabel("NAMESPACE")
            .type(String.class)
            .description("Its namespace. Default: none is written, so kubectl decides.")
            .build());
    spec.addOption(
        OptionSpec.builder(NODE)
            .paramLabel("HOST=NODE")
            .type(Map.class)
            .auxiliaryTypes(String.class, String.class)
            .description("The node of a host; once for each host. Default: the host's name.")
            .build());
    return spec;
  }

  @Override
  public ExitStatus run(ParseResult line) {
    List<Path> files = line.matchedPositionalValue(0, List.of());
    Target target =
        new Target(
            Optional.ofNullable(line.matchedOptionValue(NAME, null)),
            Optional.ofNullable(line.matchedOptionValue(NAMESPACE, null)),
            line.matchedOptionValue(NODE, Map.of()));
    return switch (LegacyImport.run(files, target)) {
      case Imported.Manifest manifest -> {
        manifest.warnings().forEach(text -> console.err().println("Warning: " + text));
        console.out().print(manifest.yaml());
        yield ExitStatus.DONE;
      }
      case Imported.Refused refused -> {
        refused.errors().forEach(text -> console.err().println("ERROR: " + text));
        yield ExitStatus.REFUSED;
      }
    };
  }
}
