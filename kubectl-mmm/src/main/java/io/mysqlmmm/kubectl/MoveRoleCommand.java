package io.mysqlmmm.kubectl;

import io.mysqlmmm.kubectl.cluster.ApiPairs;
import io.mysqlmmm.kubectl.cluster.ApiServer;
import io.mysqlmmm.kubectl.cluster.ClusterException;
import io.mysqlmmm.kubectl.cluster.Environment;
import io.mysqlmmm.kubectl.cluster.Pair;
import io.mysqlmmm.kubectl.cluster.Pairs;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code move-role ROLE HOST [NAME]}. */
final class MoveRoleCommand implements Verb {
  private static final String TIMEOUT = "--timeout";
  private static final String FORCE = "--force";
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  private final Environment environment;
  private final Console console;

  MoveRoleCommand(Environment environment, Console console) {
    this.environment = environment;
    this.console = console;
  }

  @Override
  public CommandSpec spec() {
    // mmm_control's spelling is understood as well.
    CommandSpec spec =
        CommandSpec.wrapWithoutInspection(this).name("move-role").aliases("move_role");
    spec.usageMessage()
        .description(
            "Moves a role to a host and waits for the outcome.",
            "The request is written to spec.moveRole; the operator carries it out once.");
    spec.addPositional(parameter("0", "ROLE", "The role, for example writer."));
    spec.addPositional(parameter("1", "HOST", "The host that is to hold it."));
    spec.addPositional(
        parameter("2", "NAME", "The resource. Default: the only one of the namespace.").toBuilder()
            .arity("0..1")
            .required(false)
            .build());
    spec.addOption(
        Durations.option(TIMEOUT)
            .description("How long to wait for the outcome. Default: 30s.")
            .build());
    spec.addOption(
        OptionSpec.builder(FORCE)
            .description(
                "Do not wait for lag, long transactions or locks. If the writer is lost for good,"
                    + " let HOST take over without what only the writer had.")
            .build());
    ClusterOptions.addTo(spec);
    return spec;
  }

  private static PositionalParamSpec parameter(String index, String label, String description) {
    return PositionalParamSpec.builder()
        .index(index)
        .required(true)
        .paramLabel(label)
        .type(String.class)
        .description(description)
        .build();
  }

  @Override
  public ExitStatus run(ParseResult line) throws ClusterException, UsageException {
    String role = line.matchedPositionalValue(0, "");
    String host = line.matchedPositionalValue(1, "");
    Optional<String> name = Optional.ofNullable(line.matchedPositionalValue(2, null));
    try (ApiServer server = ClusterOptions.connect(environment, line)) {
      Pairs pairs = new ApiPairs(server);
      String namespace = ClusterOptions.namespace(server, line);
      Pair.Key key =
          name.isPresent()
              ? new Pair.Key(namespace, name.get())
              : theOnly(pairs.list(namespace), namespace, role + " " + host);
      Duration timeout = line.matchedOptionValue(TIMEOUT, DEFAULT_TIMEOUT);
      boolean force = line.hasMatchedOption(FORCE);
      MoveOutcome outcome = new MoveRole(pairs, Time.SYSTEM).run(key, role, host, force, timeout);
      ExitStatus status = outcome.exitStatus();
      (status == ExitStatus.DONE ? console.out() : console.err())
          .println(MoveRoleText.render(outcome, key));
      return status;
    }
  }

  /** The resource meant when none is named. */
  static Pair.Key theOnly(List<Pair> found, String namespace, String asked)
      throws ClusterException, UsageException {
    if (found.size() == 1) {
      return found.getFirst().key();
    }
    if (found.isEmpty()) {
      throw new ClusterException(
          ClusterException.Kind.NOT_FOUND,
          "No MySQLMultiMaster in namespace '%s'.".formatted(namespace));
    }
    List<String> names = found.stream().map(pair -> pair.key().name()).toList();
    throw new UsageException(
        "Namespace '%s' has %d resources (%s): name one, as in kubectl mmm move-role %s %s"
            .formatted(
                namespace,
                names.size(),
                names.stream().collect(Collectors.joining(", ")),
                asked,
                names.getFirst()));
  }
}
