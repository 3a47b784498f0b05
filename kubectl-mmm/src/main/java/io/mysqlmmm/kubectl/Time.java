package io.mysqlmmm.kubectl;

import java.time.Duration;
import java.time.Instant;

/** The clocks, so that tests have their own. */
interface Time {
  Time SYSTEM =
      new Time() {
        @Override
        public Instant now() {
          return Instant.now();
        }

        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public void pause(Duration length) throws InterruptedException {
          Thread.sleep(length);
        }
      };

  /** Of the calendar. */
  Instant now();

  /** Monotonic, from any origin. */
  long nanos();

  void pause(Duration length) throws InterruptedException;
}
