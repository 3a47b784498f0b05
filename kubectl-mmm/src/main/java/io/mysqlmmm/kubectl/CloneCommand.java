package io.mysqlmmm.kubectl;

import io.mysqlmmm.kubectl.cluster.ClusterException;
import io.mysqlmmm.kubectl.cluster.Environment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code clone HOST [NAME]}. */
final class CloneCommand extends PairCommand {
  private static final String FROM = "--from";
  private static final String NO_WAIT = "--no-wait";

  /** Longer than an operator's restart; what is not begun by then waits for a person. */
  private static final Duration TAKEN_UP = Duration.ofMinutes(1);

  /** No bound that anybody meets: a copy takes what it takes. */
  private static final Duration DEFAULT_TIMEOUT = Duration.ofDays(365);

  private final Console console;

  CloneCommand(Environment environment, Console console) {
    super(
        environment,
        new Usage(
            "clone",
            List.of(
                "Replaces the data of a host by a copy of another host's, and waits for it.",
                "What only this host had is lost. The writer is never cloned over."),
            List.of(new Parameter("HOST", "The host whose data is replaced.", true))));
    this.console = console;
  }

  @Override
  void addOptions(CommandSpec spec) {
    addTimeout(
        spec,
        "How long to wait for the end. Default: as long as it takes, once an operator has begun;"
            + " 1m for that.");
    spec.addOption(
        OptionSpec.builder(FROM)
            .paramLabel("HOST")
            .type(String.class)
            .description("The host to copy from. Default: the operator chooses.")
            .build());
    spec.addOption(
        OptionSpec.builder(NO_WAIT)
            .description("Only ask for it; 'show' tells how far it is.")
            .build());
  }

  @Override
  ExitStatus run(Call call) throws ClusterException {
    String host = call.parameter(0, "");
    Optional<String> from = Optional.ofNullable(call.line().matchedOptionValue(FROM, null));
    CloneHost.Patience patience =
        new CloneHost.Patience(TAKEN_UP, timeout(call.line(), DEFAULT_TIMEOUT), this::tell);
    return new CloneHost(call.pairs(), Time.SYSTEM)
        .ask(
            call.pair(),
            host,
            from,
            call.line().hasMatchedOption(NO_WAIT) ? Optional.empty() : Optional.of(patience))
        .tell(console);
  }

  private void tell(String progress) {
    console.out().println("# " + progress);
    console.out().flush();
  }
}
