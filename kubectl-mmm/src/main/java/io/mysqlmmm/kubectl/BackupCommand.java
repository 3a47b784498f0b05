package io.mysqlmmm.kubectl;

import io.mysqlmmm.kubectl.cluster.ClusterException;
import io.mysqlmmm.kubectl.cluster.Environment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code backup HOST [NAME]}. */
final class BackupCommand extends PairCommand {
  private static final String NAME = "--name";
  private static final String NO_WAIT = "--no-wait";

  /** Longer than an operator's restart; what is not begun by then waits for a person. */
  private static final Duration TAKEN_UP = Duration.ofMinutes(1);

  /** No bound that anybody meets: a copy takes what it takes. */
  private static final Duration DEFAULT_TIMEOUT = Duration.ofDays(365);

  private final Console console;

  BackupCommand(Environment environment, Console console) {
    super(
        environment,
        new Usage(
            "backup",
            List.of(
                "Makes a copy of a host's data where spec.mysql.backup says, and waits for it.",
                "The writer is backed up only when no other host can be."),
            List.of(new Parameter("HOST", "The host whose data is copied.", true))));
    this.console = console;
  }

  @Override
  void addOptions(CommandSpec spec) {
    addTimeout(
        spec,
        "How long to wait for the end. Default: as long as it takes, once an operator has begun;"
            + " 1m for that.");
    spec.addOption(
        OptionSpec.builder(NAME)
            .paramLabel("BACKUP")
            .type(String.class)
            .description("Name of the backup, and of its directory. Default: the time.")
            .build());
    spec.addOption(
        OptionSpec.builder(NO_WAIT)
            .description("Only ask for it; 'show' tells how far it is.")
            .build());
  }

  @Override
  ExitStatus run(Call call) throws ClusterException {
    BackupHost.Patience patience =
        new BackupHost.Patience(TAKEN_UP, timeout(call.line(), DEFAULT_TIMEOUT), this::tell);
    return new BackupHost(call.pairs(), Time.SYSTEM)
        .ask(
            call.pair(),
            call.parameter(0, ""),
            Optional.ofNullable(call.line().matchedOptionValue(NAME, null)),
            call.line().hasMatchedOption(NO_WAIT) ? Optional.empty() : Optional.of(patience))
        .tell(console);
  }

  private void tell(String progress) {
    console.out().println("# " + progress);
    console.out().flush();
  }
}
