package io.mysqlmmm.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      process.getOutputStream().close();
      byte[] output = process.getInputStream().readAllBytes();
      if (!process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(List.of(words) + " did not end within " + bound);
      }
      return new Command(process.exitValue(), new String(output, StandardCharsets.UTF_8).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
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
