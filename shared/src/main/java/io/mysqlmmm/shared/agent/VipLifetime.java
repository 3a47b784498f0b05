package io.mysqlmmm.shared.agent;

import java.time.Duration;
import java.util.Optional;

/**
 * How long the kernel may keep a VIP, so that it is gone before the lease is over (safety.md S12).
 * Pure.
 *
 * <p>The kernel counts whole seconds and is late, by three rules. (1) The work that removes
 * addresses waits for a full second of its own when one is within 250 ms (ADDRCONF_TIMER_FUZZ). (2)
 * It runs at once when any address changes, and then not again for 1 s (ADDRCONF_TIMER_FUZZ_MAX;
 * both in check_lifetime, net/ipv4/devinet.c, and addrconf_verify, net/ipv6/addrconf.c): a change
 * just before a VIP's end puts off its removal by that second, once. (3) It stands in the timer
 * wheel, whose step is up to 8/63 of the time to wait (LVL_START, kernel/time/timer.c).
 *
 * <p>Seen on Linux 6.18 at 250 Hz, both families, busy machine. Nothing else changed (3,200
 * expiries): at most 0.29 s late after 1 s, 0.58 s after 2 s, 0.47 s after 3 s, 0.54 s after 8 s;
 * the median was 0.02 to 0.18 s. Another address changed 0.1 s before the end (576): 0.90 to 1.00
 * s.
 */
public final class VipLifetime {
  /**
   * How much later than asked for a call that holds an IP may take effect without being corrected;
   * part of what {@link #within} keeps free.
   */
  public static final Duration CALL_SLACK = Duration.ofMillis(20);

  /** No lease is longer; keeps the arithmetic far from overflow. */
  private static final long MAX_SECONDS = 3600;

  private static final Duration TIMER_FUZZ = Duration.ofMillis(250);
  private static final Duration TIMER_FUZZ_MAX = Duration.ofSeconds(1);

  /** Until a due worker runs. No bound: a machine without a free CPU can be later still. */
  private static final Duration SCHEDULING = Duration.ofMillis(100);

  private VipLifetime() {}

  /**
   * How long from now on a VIP may be kept under a lease. Its whole seconds are the valid_lft to
   * set: with the kernel's {@link #overrun} and {@link #CALL_SLACK} added, they still leave {@code
   * margin} of the lease. That is S12's {@code floor(remaining - margin)} with the kernel's
   * lateness accounted for here, so {@code margin} has to cover only the drift of the clocks. The
   * fraction is what the call may be late for the same whole seconds ({@link #carriedOut}).
   *
   * <p>Empty when that is below one second: there is no lifetime to set, and S12 has the VIP
   * removed. One second needs 2.25 s of lease besides the margin, so a lease of 2 s never has one.
   *
   * @param remainingLease until the lease is over; may be negative
   * @param margin of the lease, left over even when the kernel is as late as it can be
   * @return from one second
   */
  public static Optional<Duration> within(Duration remainingLease, Duration margin) {
    Duration usable = remainingLease.minus(margin);
    long seconds = wholeSeconds(usable);
    while (seconds > 0 && latestEnd(seconds).compareTo(usable) > 0) {
      seconds--;
    }
    if (seconds == 0) {
      return Optional.empty();
    }
    Duration all = usable.minus(overrun(seconds)).minus(CALL_SLACK);
    Duration most = Duration.ofSeconds(seconds + 1).minusMillis(1);
    return Optional.of(all.compareTo(most) < 0 ? all : most);
  }

  /**
   * How long after its valid_lft of {@code seconds} an address can still be there, on a machine
   * that runs its kernel's work within 0.1 s and whose rtnl lock is free.
   */
  public static Duration overrun(long seconds) {
    Duration undisturbed = TIMER_FUZZ.plus(wheelStep(Duration.ofSeconds(seconds).plus(TIMER_FUZZ)));
    Duration disturbed = TIMER_FUZZ_MAX.plus(wheelStep(TIMER_FUZZ_MAX));
    Duration worst = undisturbed.compareTo(disturbed) > 0 ? undisturbed : disturbed;
    return worst.plus(SCHEDULING);
  }

  private static Duration wheelStep(Duration wait) {
    return wait.multipliedBy(8).dividedBy(63);
  }

  /**
   * What of a lifetime is left when it is carried out {@code late}r than it was granted: what is
   * within {@link #CALL_SLACK} costs nothing. An agent that was frozen in between must not grant
   * anew what is over.
   */
  public static Duration carriedOut(Duration lifetime, Duration late) {
    return late.compareTo(CALL_SLACK) > 0 ? lifetime.minus(late) : lifetime;
  }

  /** The whole seconds in {@code lifetime}, from 0; at most an hour. */
  public static int wholeSeconds(Duration lifetime) {
    return (int) Math.clamp(lifetime.toSeconds(), 0, MAX_SECONDS);
  }

  private static Duration latestEnd(long seconds) {
    return Duration.ofSeconds(seconds).plus(overrun(seconds)).plus(CALL_SLACK);
  }
}
