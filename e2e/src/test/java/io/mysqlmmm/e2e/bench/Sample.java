package io.mysqlmmm.e2e.bench;

import java.time.Duration;
import java.util.List;

/**
 * Durations that were measured the same way, in ascending order. Pure.
 *
 * @param sorted not empty
 */
record Sample(List<Duration> sorted) {

  Sample {
    sorted = sorted.stream().sorted().toList();
    if (sorted.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
  }

  int size() {
    return sorted.size();
  }

  /** The smallest value that so many percent of all do not exceed (the nearest rank). */
  Duration percentile(int percent) {
    int rank = Math.ceilDiv(percent * sorted.size(), 100);
    return sorted.get(Math.max(rank, 1) - 1);
  }

  Duration max() {
    return sorted.getLast();
  }

  /** For a table: p50 and the highest; p99 too where it is another value than the highest. */
  String text() {
    String p99 = size() > 100 ? "p99 %s, ".formatted(text(percentile(99))) : "";
    return size() == 1
        ? text(max())
        : "p50 %s, %smax %s".formatted(text(percentile(50)), p99, text(max()));
  }

  /** Milliseconds below ten seconds, else seconds. */
  static String text(Duration time) {
    return time.toSeconds() < 10
        ? time.toMillis() + " ms"
        : "%.1f s".formatted(time.toMillis() / 1000.0);
  }
}
