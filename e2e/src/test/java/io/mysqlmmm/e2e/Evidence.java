package io.mysqlmmm.e2e;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Keeps what the lab shows when an end-to-end test fails, before anything is cleaned up, and prints
 * what is not well. Of the first failures only: those after them often have the same cause.
 */
public final class Evidence
    implements TestExecutionExceptionHandler, LifecycleMethodExecutionExceptionHandler {
  private static final int KEPT = 3;
  private static final Duration BOUND = Duration.ofMinutes(2);
  private static final AtomicInteger FAILURES = new AtomicInteger();

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    keep(context, failure);
    throw failure;
  }

  @Override
  public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    keep(context, failure);
    throw failure;
  }

  @Override
  public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    keep(context, failure);
    throw failure;
  }

  private static void keep(ExtensionContext context, Throwable failure) {
    String test = context.getRequiredTestClass().getSimpleName();
    if (!test.endsWith("E2E") || System.getenv("KUBECONFIG") == null) {
      return;
    }
    int number = FAILURES.incrementAndGet();
    if (number > KEPT) {
      return;
    }
    try {
      String name = "%d-%s".formatted(number, test);
      System.out.println(Command.run(BOUND, Lab.script(), "evidence", name).output());
    } catch (AssertionError | UncheckedIOException e) {
      failure.addSuppressed(e);
    }
  }
}
