package io.mysqlmmm.kubectl;

import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code version}: which build of the plugin this is. Asks no cluster. */
final class VersionCommand implements Verb {
  private final Console console;

  VersionCommand(Console console) {
    this.console = console;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("version");
    spec.usageMessage().description("Shows the plugin's version.");
    return spec;
  }

  @Override
  public ExitStatus run(ParseResult line) {
    // The jar's manifest has it; a directory of classes has none.
    String version =
        Optional.ofNullable(VersionCommand.class.getPackage().getImplementationVersion())
            .orElse("(not packaged)");
    console.out().println("kubectl-mmm %s (Java %s)".formatted(version, Runtime.version()));
    return ExitStatus.DONE;
  }
}
