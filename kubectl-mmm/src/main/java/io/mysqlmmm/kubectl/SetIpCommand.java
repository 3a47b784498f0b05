package io.mysqlmmm.kubectl;

import io.mysqlmmm.kubectl.cluster.ClusterException;
import io.mysqlmmm.kubectl.cluster.Environment;
import java.util.List;

/** {@code set-ip IP HOST [NAME]}. */
final class SetIpCommand extends PairCommand {
  private final Console console;

  SetIpCommand(Environment environment, Console console) {
    super(
        environment,
        new Usage(
            "set-ip",
            List.of(
                "Plans where an IP is to be, while the mode is Passive or Manual.",
                "The operator carries it out once, when the mode is not Passive."),
            List.of(
                new Parameter("IP", "A virtual IP of a role.", true),
                new Parameter("HOST", "The host that is to hold it.", true))));
    this.console = console;
  }

  @Override
  ExitStatus run(Call call) throws ClusterException {
    return new SetIp(call.pairs(), Time.SYSTEM)
        .run(call.pair(), call.parameter(0, ""), call.parameter(1, ""))
        .tell(console);
  }
}
