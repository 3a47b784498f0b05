package io.mysqlmmm.agent.vip;

import java.time.Duration;
import java.util.Optional;

/**
 * How long the kernel may keep a VIP, so that it is gone before the lease is over (safety.md S12).
 * Pure.
 *
 * <p>The kernel counts whole seconds and is late. Its lateness grows with the time it was set to:
 * the work that removes addresses is rounded to a full second when one is within 250 ms
 * (ADDRCONF_TIMER_FUZZ, net/ipv4/devinet.c and net/ipv6/addrconf.c), and it stands in the timer
 * wheel, whose step is up to 8/63 of the time to wait (kernel/time/timer.c, LVL_CLK_SHIFT 3). Seen
 * on Linux 6.18, 3,200 expiries, both families, on a busy machine: at most 0.29 s after 1 s, 0.58 s
 * after 2 s, 0.47 s after 3 s, 0.54 s after 8 s; the median was 0.02 to 0.18 s.
 */
public final class VipLifetime {
  /**
   * How much later than asked for a call to {@link VipPort#hold} may take effect without being
   * corrected; part of what {@link #within} keeps free.
   */
  public static final Duration CALL_SLACK = Duration.ofMillis(20);

  /** No lease is longer; keeps the arithmetic far from overflow. */
  private static final long MAX_SECONDS = 3600;

  private static final Duration TIMER_FUZZ = Duration.ofMillis(250);

  /** Until a due worker runs. No bound: a machine without a free CPU can be later still. */
  private static final Duration SCHEDULING = Duration.ofMillis(100);

  private VipLifetime() {}

  /**
   * The valid_lft for a VIP under a lease: the most whole seconds that, with the kernel's {@link
   * #overrun} and {@link #CALL_SLACK} added, still leave {@code margin} of the lease. That is S12's
   * {@code floor(remaining - margin)} with the kernel's lateness accounted for here, so {@code
   * margin} has to cover only the drift of the clocks.
   *
   * <p>Empty when that is below one second: there is no lifetime to set, and S12 has the VIP
   * removed.
   *
   * @param remainingLease until the lease is over; may be negative
   * @param margin of the lease, left over even when the kernel is as late as it can be
   * @return whole seconds, from one
   */
  public static Optional<Duration> within(Duration remainingLease, Duration margin) {
    Duration usable = remainingLease.minus(margin);
    long seconds = wholeSeconds(usable);
    while (seconds > 0 && latestEnd(seconds).compareTo(usable) > 0) {
      seconds--;
    }
    return seconds > 0 ? Optional.of(Duration.ofSeconds(seconds)) : Optional.empty();
  }

  /**
   * How long after its valid_lft of {@code seconds} an address can still be there, on a machine
   * that runs its kernel's work within 0.1 s and whose rtnl lock is free.
   */
  public static Duration overrun(long seconds) {
    Duration wheelStep = Duration.ofSeconds(seconds).plus(TIMER_FUZZ).multipliedBy(8).dividedBy(63);
    return TIMER_FUZZ.plus(wheelStep).plus(SCHEDULING);
  }

  /** The whole seconds in {@code lifetime}, from 0; at most an hour. */
  static int wholeSeconds(Duration lifetime) {
    return (int) Math.clamp(lifetime.toSeconds(), 0, MAX_SECONDS);
  }

  private static Duration latestEnd(long seconds) {
    return Duration.ofSeconds(seconds).plus(overrun(seconds)).plus(CALL_SLACK);
  }
}
