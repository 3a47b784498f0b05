package io.mysqlmmm.kubectl;

import io.mysqlmmm.kubectl.cluster.Environment;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The command line of a verb that asks for a copy of data and waits for it. */
abstract class CopyCommand extends PairCommand {
  private static final String NO_WAIT = "--no-wait";

  /** Longer than an operator's restart; what is not begun by then waits for a person. */
  private static final Duration TAKEN_UP = Duration.ofMinutes(1);

  /** No bound that anybody meets: a copy takes what it takes. */
  private static final Duration DEFAULT_TIMEOUT = Duration.ofDays(365);

  private final Console console;

  CopyCommand(Environment environment, Console console, Usage usage) {
    super(environment, usage);
    this.console = console;
  }

  /** Its own option, besides those about waiting. */
  abstract OptionSpec option();

  @Override
  final void addOptions(CommandSpec spec) {
    addTimeout(
        spec,
        "How long to wait for the end. Default: as long as it takes, once an operator has begun;"
            + " 1m for that.");
    spec.addOption(option());
    spec.addOption(
        OptionSpec.builder(NO_WAIT)
            .description("Only ask for it; 'show' tells how far it is.")
            .build());
  }

  final Console console() {
    return console;
  }

  /** How to wait; empty: not at all. */
  final Optional<CopyWait.Patience> patience(Call call) {
    CopyWait.Patience patience =
        new CopyWait.Patience(TAKEN_UP, timeout(call.line(), DEFAULT_TIMEOUT), this::tell);
    return call.line().hasMatchedOption(NO_WAIT) ? Optional.empty() : Optional.of(patience);
  }

  private void tell(String progress) {
    console.out().println("# " + progress);
    console.out().flush();
  }
}
