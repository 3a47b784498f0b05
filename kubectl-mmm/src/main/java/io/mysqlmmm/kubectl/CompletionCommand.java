package io.mysqlmmm.kubectl;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code completion bash|zsh|fish}: the shell's part of completion. Asks no cluster. */
final class CompletionCommand implements Verb {
  private static final List<String> SHELLS = List.of("bash", "zsh", "fish");

  private final Console console;

  CompletionCommand(Console console) {
    this.console = console;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("completion");
    spec.usageMessage()
        .description(
            "Prints what makes a shell complete 'kubectl-mmm'.",
            "Use it as in: source <(kubectl mmm completion bash)",
            "For 'kubectl mmm' kubectl's own completion does, once kubectl_complete-mmm is in PATH.");
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0")
            .arity("1")
            .paramLabel(String.join("|", SHELLS))
            .type(String.class)
            .description("The shell.")
            .build());
    return spec;
  }

  @Override
  public ExitStatus run(ParseResult line) throws UsageException {
    String shell = line.matchedPositionalValue(0, "");
    if (!SHELLS.contains(shell)) {
      throw new UsageException(
          "There is no completion for '%s': use one of %s."
              .formatted(shell, String.join(", ", SHELLS)));
    }
    console.out().print(script(shell));
    return ExitStatus.DONE;
  }

  private static String script(String shell) {
    try (InputStream script =
        Objects.requireNonNull(
            CompletionCommand.class.getResourceAsStream("completion." + shell))) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
