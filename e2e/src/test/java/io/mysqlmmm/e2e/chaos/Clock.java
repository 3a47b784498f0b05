package io.mysqlmmm.e2e.chaos;

import java.time.Duration;

/** Nanoseconds since the campaign's start, by the monotonic clock. */
public final class Clock {
  private final long start = System.nanoTime();

  public long now() {
    return System.nanoTime() - start;
  }

  /** Waits for a time that was chosen: a fault's duration, a client's pace. */
  public static void pass(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
