package io.mysqlmmm.agent.vip;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Lets one through per key and interval. Safe for use by many threads. */
final class RateLimit<K> {
  /** Keys kept at most; beyond it the memory starts anew, so nobody can fill it. */
  private static final int MAX_KEYS = 1000;

  private final InstantSource clock;
  private final Duration interval;
  private final Map<K, Instant> last = new HashMap<>();

  RateLimit(InstantSource clock, Duration interval) {
    this.clock = clock;
    this.interval = interval;
  }

  /** The time now if {@code key} may pass; empty if it passed within the interval. */
  synchronized Optional<Instant> pass(K key) {
    Instant now = clock.instant();
    Instant before = last.getOrDefault(key, Instant.MIN);
    // A clock that was set back must not hold anything up.
    boolean tooSoon = !now.isBefore(before) && now.minus(interval).isBefore(before);
    if (tooSoon) {
      return Optional.empty();
    }
    if (last.size() >= MAX_KEYS) {
      last.clear();
    }
    last.put(key, now);
    return Optional.of(now);
  }
}
