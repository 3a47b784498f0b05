package io.mysqlmmm.kubectl;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code help [COMMAND]}. */
final class HelpCommand implements Verb {
  private final Console console;

  HelpCommand(Console console) {
    this.console = console;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("help");
    spec.usageMessage().description("Shows how to use the plugin or one of its commands.");
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0")
            .arity("0..1")
            .paramLabel("COMMAND")
            .type(String.class)
            .description("The command.")
            .build());
    return spec;
  }

  @Override
  public ExitStatus run(ParseResult line) throws UsageException {
    CommandLine root = Objects.requireNonNull(line.commandSpec().parent()).commandLine();
    @Nullable String name = line.matchedPositionalValue(0, null);
    CommandLine described = name == null ? root : root.getSubcommands().get(name);
    if (described == null) {
      throw new UsageException("There is no command '%s'.".formatted(name));
    }
    described.usage(console.out());
    return ExitStatus.DONE;
  }
}
