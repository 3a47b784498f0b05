package io.mysqlmmm.agent.vip;

import io.mysqlmmm.shared.agent.VipLifetime;
import java.time.Duration;

/**
 * What one order to hold allows: so many seconds, and none of them after {@code latestEnd}. Pure.
 *
 * @param seconds to be set at most; 0: not to be held
 * @param latestEnd on the clock of {@code PosixC.bootTime}
 */
record VipTerm(int seconds, Duration latestEnd) {
  /** An order for {@code lifetime}, given at {@code now}. */
  static VipTerm of(Duration lifetime, Duration now) {
    return new VipTerm(
        VipLifetime.wholeSeconds(lifetime), now.plus(lifetime).plus(VipLifetime.CALL_SLACK));
  }

  /** What may still be set at {@code now}: 0 when less than a second is left. */
  int secondsAt(Duration now) {
    return Math.min(seconds, VipLifetime.wholeSeconds(latestEnd.minus(now)));
  }

  /**
   * Whether {@code set} seconds, counted by the kernel from {@code now} at the latest, are right.
   */
  boolean allows(int set, Duration now) {
    return now.plusSeconds(set).compareTo(latestEnd) <= 0;
  }
}
