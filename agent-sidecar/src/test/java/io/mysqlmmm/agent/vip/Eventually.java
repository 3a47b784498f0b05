package io.mysqlmmm.agent.vip;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits on a condition, with a deadline. */
final class Eventually {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final Duration STEP = Duration.ofMillis(5);

  private Eventually() {}

  /** Returns as soon as {@code assertion} holds; fails with its error when it does not in time. */
  static void eventually(Runnable assertion) {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (true) {
      try {
        assertion.run();
        return;
      } catch (AssertionError notYet) {
        if (System.nanoTime() - end > 0) {
          throw notYet;
        }
        LockSupport.parkNanos(STEP.toNanos());
      }
    }
  }
}
