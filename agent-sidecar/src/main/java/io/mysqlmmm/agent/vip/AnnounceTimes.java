package io.mysqlmmm.agent.vip;

import java.time.Duration;
import java.util.List;

/**
 * When a VIP is announced after it was taken: at 0, 0.2, 1.1, 2.2, 3.3 and 5 s, then every 30 s
 * (design.md section 5). Pure.
 *
 * <p>A Linux neighbour ignores a change within 1 s of the last (its {@code locktime}), so a burst
 * can be lost as a whole; hence steps of more than a second (MetalLB #172). The repeats for ever
 * are for neighbours and switches that forgot.
 */
final class AnnounceTimes {
  private static final List<Duration> FIRST =
      List.of(
          Duration.ZERO,
          Duration.ofMillis(200),
          Duration.ofMillis(1100),
          Duration.ofMillis(2200),
          Duration.ofMillis(3300),
          Duration.ofSeconds(5));
  private static final Duration REPEAT = Duration.ofSeconds(30);

  private AnnounceTimes() {}

  /**
   * How long after announcement {@code number} the next one is due.
   *
   * @param number from 0
   */
  static Duration delayAfter(int number) {
    return number + 1 < FIRST.size() ? FIRST.get(number + 1).minus(FIRST.get(number)) : REPEAT;
  }
}
