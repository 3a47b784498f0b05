package io.mysqlmmm.e2e;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for a condition, and says what was seen last when it does not come. */
public final class Eventually {
  private Eventually() {}

  /** An assertion to be tried. */
  public interface Assertion {
    void check() throws Exception;
  }

  /** Tries until it passes; the last failure when it does not within {@code bound}. */
  public static void within(Duration bound, Assertion assertion) {
    long end = System.nanoTime() + bound.toNanos();
    while (true) {
      try {
        assertion.check();
        return;
      } catch (Exception | AssertionError e) {
        if (System.nanoTime() > end) {
          throw new AssertionError("not within " + bound + ": " + e.getMessage(), e);
        }
      }
      pause();
    }
  }

  /** Tries until a value is given. */
  public static <T> T get(Duration bound, Callable<T> call) {
    long end = System.nanoTime() + bound.toNanos();
    while (true) {
      try {
        return call.call();
      } catch (Exception | AssertionError e) {
        if (System.nanoTime() > end) {
          throw new AssertionError("not within " + bound + ": " + e.getMessage(), e);
        }
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
