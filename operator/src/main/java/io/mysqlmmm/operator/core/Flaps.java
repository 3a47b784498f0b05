package io.mysqlmmm.operator.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * MMM's flap guard (MMM Monitor/Agent.pm): how often a host has left ONLINE in a window that the
 * first time opens. Past the limit it is flapping, until somebody sets it online.
 *
 * @param since when the window was opened; empty: it never left
 */
public record Flaps(int count, Optional<Instant> since, boolean flapping) {
  public static final Flaps NONE = new Flaps(0, Optional.empty(), false);

  /**
   * After it left ONLINE once more.
   *
   * @param limit how often it may; 0: as often as it likes
   */
  Flaps left(Instant now, int limit, Duration window) {
    boolean anew = since.filter(s -> now.isBefore(s.plus(window))).isEmpty();
    int times = anew ? 1 : count + 1;
    return new Flaps(
        times, anew ? Optional.of(now) : since, flapping || (limit > 0 && times > limit));
  }
}
