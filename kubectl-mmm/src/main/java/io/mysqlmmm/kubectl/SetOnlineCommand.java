package io.mysqlmmm.kubectl;

import io.mysqlmmm.kubectl.cluster.ClusterException;
import io.mysqlmmm.kubectl.cluster.Environment;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code set-online HOST [NAME]}. */
final class SetOnlineCommand extends PairCommand {
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  private final Console console;

  SetOnlineCommand(Environment environment, Console console) {
    super(
        environment,
        new Usage(
            "set-online",
            List.of(
                "Takes a host ONLINE that is ADMIN_OFFLINE or awaits recovery, and waits for it.",
                "Its flaps are forgotten."),
            List.of(new Parameter("HOST", "The host.", true))));
    this.console = console;
  }

  @Override
  void addOptions(CommandSpec spec) {
    addTimeout(spec, "How long to wait for the state. Default: 30s.");
  }

  @Override
  ExitStatus run(Call call) throws ClusterException {
    return new SetOnline(call.pairs(), Time.SYSTEM)
        .run(call.pair(), call.parameter(0, ""), timeout(call.line(), DEFAULT_TIMEOUT))
        .tell(console);
  }
}
