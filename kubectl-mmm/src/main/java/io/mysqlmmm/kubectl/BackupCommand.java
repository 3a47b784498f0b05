package io.mysqlmmm.kubectl;

import io.mysqlmmm.kubectl.cluster.ClusterException;
import io.mysqlmmm.kubectl.cluster.Environment;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/** {@code backup HOST [NAME]}. */
final class BackupCommand extends CopyCommand {
  private static final String NAME = "--name";

  BackupCommand(Environment environment, Console console) {
    super(
        environment,
        console,
        new Usage(
            "backup",
            List.of(
                "Makes a copy of a host's data where spec.mysql.backup says, and waits for it.",
                "The writer is backed up only when no other host can be."),
            List.of(new Parameter("HOST", "The host whose data is copied.", true))));
  }

  @Override
  OptionSpec option() {
    return OptionSpec.builder(NAME)
        .paramLabel("BACKUP")
        .type(String.class)
        .description("Name of the backup, and of its directory. Default: the time.")
        .build();
  }

  @Override
  ExitStatus run(Call call) throws ClusterException {
    return new BackupHost(call.pairs(), Time.SYSTEM)
        .ask(
            call.pair(),
            call.parameter(0, ""),
            Optional.ofNullable(call.line().matchedOptionValue(NAME, null)),
            patience(call))
        .tell(console());
  }
}
