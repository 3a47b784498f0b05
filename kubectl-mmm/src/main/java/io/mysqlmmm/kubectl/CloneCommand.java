package io.mysqlmmm.kubectl;

import io.mysqlmmm.kubectl.cluster.ClusterException;
import io.mysqlmmm.kubectl.cluster.Environment;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/** {@code clone HOST [NAME]}. */
final class CloneCommand extends CopyCommand {
  private static final String FROM = "--from";

  CloneCommand(Environment environment, Console console) {
    super(
        environment,
        console,
        new Usage(
            "clone",
            List.of(
                "Replaces the data of a host by a copy of another host's, and waits for it.",
                "What only this host had is lost. The writer is never cloned over."),
            List.of(new Parameter("HOST", "The host whose data is replaced.", true))));
  }

  @Override
  OptionSpec option() {
    return OptionSpec.builder(FROM)
        .paramLabel("HOST")
        .type(String.class)
        .description("The host to copy from. Default: the operator chooses.")
        .build();
  }

  @Override
  ExitStatus run(Call call) throws ClusterException {
    return new CloneHost(call.pairs(), Time.SYSTEM)
        .ask(
            call.pair(),
            call.parameter(0, ""),
            Optional.ofNullable(call.line().matchedOptionValue(FROM, null)),
            patience(call))
        .tell(console());
  }
}
