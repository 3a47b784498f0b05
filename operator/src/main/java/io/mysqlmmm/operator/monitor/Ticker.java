package io.mysqlmmm.operator.monitor;

import java.time.Duration;
import java.time.Instant;

/** The two clocks: a monotonic one for everything that is decided, and the wall's for people. */
public interface Ticker {
  /** Time since an arbitrary origin; never goes back. */
  Duration now();

  /** The wall clock. */
  Instant wall();

  /** The machine's clocks. */
  static Ticker system() {
    long origin = System.nanoTime();
    return new Ticker() {
      @Override
      public Duration now() {
        return Duration.ofNanos(System.nanoTime() - origin);
      }

      @Override
      public Instant wall() {
        return Instant.now();
      }
    };
  }
}
