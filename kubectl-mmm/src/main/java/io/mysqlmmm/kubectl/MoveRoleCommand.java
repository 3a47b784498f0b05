package io.mysqlmmm.kubectl;

import io.mysqlmmm.kubectl.cluster.ClusterException;
import io.mysqlmmm.kubectl.cluster.Environment;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code move-role ROLE HOST [NAME]}. */
final class MoveRoleCommand extends PairCommand {
  private static final String FORCE = "--force";
  private static final String DRY_RUN = "--dry-run";
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  private final Console console;

  MoveRoleCommand(Environment environment, Console console) {
    super(
        environment,
        new Usage(
            "move-role",
            List.of(
                "Moves a role to a host and waits for the outcome.",
                "Of a Balanced role one IP goes to the host. The request is written to"
                    + " spec.moveRole; the operator carries it out once."),
            List.of(
                new Parameter("ROLE", "The role, for example writer.", true),
                new Parameter("HOST", "The host that is to hold it.", true))));
    this.console = console;
  }

  @Override
  void addOptions(CommandSpec spec) {
    addTimeout(spec, "How long to wait for the outcome. Default: 30s.");
    spec.addOption(
        OptionSpec.builder(FORCE)
            .description(
                "Do not wait for lag, long transactions or locks. If the writer is lost for good,"
                    + " let HOST take over without what only the writer had.")
            .build());
    spec.addOption(
        OptionSpec.builder(DRY_RUN)
            .description("Change nothing; tell from the status what would become of it.")
            .build());
  }

  @Override
  ExitStatus run(Call call) throws ClusterException {
    String role = call.parameter(0, "");
    String host = call.parameter(1, "");
    boolean force = call.line().hasMatchedOption(FORCE);
    if (call.line().hasMatchedOption(DRY_RUN)) {
      MoveForecast forecast = MoveForecast.of(call.pair(), role, host, force);
      forecast.remarks().forEach(console.out()::println);
      return forecast.answer().tell(console);
    }
    if (call.pair().isPassive()) {
      return Answer.refused("This command is not allowed in passive mode.").tell(console);
    }
    MoveOutcome outcome =
        new MoveRole(call.pairs(), Time.SYSTEM)
            .run(call.pair().key(), role, host, force, timeout(call.line(), DEFAULT_TIMEOUT));
    return new Answer(outcome.exitStatus(), MoveRoleText.render(outcome, call.pair().key()))
        .tell(console);
  }
}
