package io.mysqlmmm.kubectl;

import io.mysqlmmm.kubectl.cluster.ClusterException;
import io.mysqlmmm.kubectl.cluster.Environment;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/** {@code set-active}, {@code set-manual}, {@code set-wait}, {@code set-passive [NAME]}. */
final class SetModeCommand extends PairCommand {
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  private final Console console;
  private final Mode mode;

  /** The modes, each with what it means. */
  enum Mode {
    ACTIVE("Active", "Everything is automatic."),
    MANUAL("Manual", "Failed hosts keep their roles until somebody moves them."),
    WAIT("Wait", "Manual until both masters are ONLINE, then Active."),
    PASSIVE("Passive", "Nothing at all is changed.");

    private final String inSpec;
    private final String meaning;

    Mode(String inSpec, String meaning) {
      this.inSpec = inSpec;
      this.meaning = meaning;
    }
  }

  SetModeCommand(Environment environment, Console console, Mode mode) {
    super(
        environment,
        new Usage(
            "set-" + mode.inSpec.toLowerCase(Locale.ROOT),
            List.of("Switches into %s mode.".formatted(mode.inSpec), mode.meaning),
            List.of()));
    this.console = console;
    this.mode = mode;
  }

  @Override
  void addOptions(CommandSpec spec) {
    addTimeout(spec, "How long to wait for the operator. Default: 30s.");
  }

  @Override
  ExitStatus run(Call call) throws ClusterException {
    return new SetMode(call.pairs(), Time.SYSTEM)
        .run(call.pair(), mode.inSpec, timeout(call.line(), DEFAULT_TIMEOUT))
        .tell(console);
  }
}
