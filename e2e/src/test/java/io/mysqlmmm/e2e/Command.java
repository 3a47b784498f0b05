package io.mysqlmmm.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command run to its end, and what it printed. */
public record Command(int exit, String output) {

  /** Runs a command; its standard error is part of the output. Fails after a minute. */
  public static Command run(String... words) {
    return run(Duration.ofMinutes(1), words);
  }

  public static Command run(Duration bound, String... words) {
    try {
      Path output = Files.createTempFile("command", null);
      try {
        return run(bound, words, output);
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Into a file: a pipe would have to be read to its end before the time could be looked at. */
  private static Command run(Duration bound, String[] words, Path output)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    process.getOutputStream().close();
    if (!process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(
          "%s did not end within %s; so far it printed:%n%s"
              .formatted(List.of(words), bound, read(output)));
    }
    return new Command(process.exitValue(), read(output));
  }

  private static String read(Path output) throws IOException {
    return new String(Files.readAllBytes(output), StandardCharsets.UTF_8).strip();
  }

  /** The output of a command that must succeed. */
  public static String require(String... words) {
    Command ran = run(words);
    if (ran.exit() != 0) {
      throw new AssertionError(List.of(words) + " ended with " + ran.exit() + ":\n" + ran.output());
    }
    return ran.output();
  }
}
