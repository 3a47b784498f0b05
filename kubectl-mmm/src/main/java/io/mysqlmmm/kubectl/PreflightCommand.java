package io.mysqlmmm.kubectl;

import io.mysqlmmm.kubectl.cluster.Environment;
import io.mysqlmmm.kubectl.text.PreflightText;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code preflight [NAME]}. */
final class PreflightCommand extends PairCommand {
  private static final String ALL = "--all";

  private final Console console;

  PreflightCommand(Environment environment, Console console) {
    super(
        environment,
        new Usage(
            "preflight",
            List.of(
                "Shows what was found in the data set that spec.adopt names, each setting and each"
                    + " thing in it that is missing or in the way, and what mends it; and how the"
                    + " mysqld of an external host is started. Exit status 1:"
                    + " something is missing, or it was not looked at yet."),
            List.of()));
    this.console = console;
  }

  @Override
  void addOptions(CommandSpec spec) {
    spec.addOption(
        picocli.CommandLine.Model.OptionSpec.builder(ALL)
            .description("What is as it should be, too.")
            .build());
  }

  @Override
  ExitStatus run(Call call) {
    PreflightText text = PreflightText.of(call.pair(), call.line().hasMatchedOption(ALL));
    console.out().print(text.lines());
    return text.passed() ? ExitStatus.DONE : ExitStatus.REFUSED;
  }
}
