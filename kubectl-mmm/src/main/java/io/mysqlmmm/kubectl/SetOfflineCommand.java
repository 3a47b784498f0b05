package io.mysqlmmm.kubectl;

import io.mysqlmmm.kubectl.cluster.ClusterException;
import io.mysqlmmm.kubectl.cluster.Environment;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code set-offline HOST [NAME]}. */
final class SetOfflineCommand extends PairCommand {
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  private final Console console;

  SetOfflineCommand(Environment environment, Console console) {
    super(
        environment,
        new Usage(
            "set-offline",
            List.of(
                "Takes a host out of service (ADMIN_OFFLINE) and waits for it.",
                "It gives up its roles and stops replicating until set-online."),
            List.of(new Parameter("HOST", "The host.", true))));
    this.console = console;
  }

  @Override
  void addOptions(CommandSpec spec) {
    addTimeout(spec, "How long to wait for the state. Default: 30s.");
  }

  @Override
  ExitStatus run(Call call) throws ClusterException {
    return new SetOffline(call.pairs(), Time.SYSTEM)
        .run(call.pair(), call.parameter(0, ""), timeout(call.line(), DEFAULT_TIMEOUT))
        .tell(console);
  }
}
