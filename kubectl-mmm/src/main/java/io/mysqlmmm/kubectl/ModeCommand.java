package io.mysqlmmm.kubectl;

import io.mysqlmmm.kubectl.cluster.Environment;
import java.util.List;
import java.util.Locale;

/** {@code mode [NAME]}: the mode in force, in capitals as mmm_control printed it. */
final class ModeCommand extends PairCommand {
  private final Console console;

  ModeCommand(Environment environment, Console console) {
    super(
        environment,
        new Usage(
            "mode",
            List.of("Shows the mode in force: ACTIVE, MANUAL, WAIT or PASSIVE."),
            List.of()));
    this.console = console;
  }

  @Override
  ExitStatus run(Call call) {
    console.out().println(call.pair().modeInForce().toUpperCase(Locale.ROOT));
    return ExitStatus.DONE;
  }
}
