package io.mysqlmmm.kubectl;

import io.mysqlmmm.kubectl.cluster.ClusterException;
import io.mysqlmmm.kubectl.cluster.Environment;
import io.mysqlmmm.kubectl.cluster.OperatorLease;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code ping [NAME]}. */
final class PingCommand extends PairCommand {
  private static final String OPERATOR_NAMESPACE = "--operator-namespace";
  private static final String DEFAULT_NAMESPACE = "mysql-mmm-system";

  private final Console console;

  PingCommand(Environment environment, Console console) {
    super(
        environment,
        new Usage(
            "ping",
            List.of(
                "Tells whether an operator leads and looks at the resource.",
                "It leads when its Lease is being renewed; it has looked when the status is about"
                    + " the resource as it is now."),
            List.of()));
    this.console = console;
  }

  @Override
  void addOptions(CommandSpec spec) {
    spec.addOption(
        OptionSpec.builder(OPERATOR_NAMESPACE)
            .paramLabel("NAMESPACE")
            .type(String.class)
            .description("Where the operator and its Lease are. Default: mysql-mmm-system.")
            .build());
  }

  @Override
  ExitStatus run(Call call) throws ClusterException {
    String namespace = call.line().matchedOptionValue(OPERATOR_NAMESPACE, DEFAULT_NAMESPACE);
    return new Ping(call.pairs(), Time.SYSTEM, () -> OperatorLease.read(call.server(), namespace))
        .run(call.pair(), namespace)
        .tell(console);
  }
}
