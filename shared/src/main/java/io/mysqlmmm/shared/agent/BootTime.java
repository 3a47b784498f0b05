package io.mysqlmmm.shared.agent;

import java.time.Duration;

/**
 * A moment on one boot's CLOCK_BOOTTIME. Moments of different boots cannot be compared (S9).
 *
 * @param bootId the kernel's boot id
 * @param sinceBoot time since then, suspend included
 */
public record BootTime(String bootId, Duration sinceBoot) {

  /** No moment: before every other, in no boot. */
  public static final BootTime NEVER = new BootTime("", Duration.ZERO);

  public BootTime plus(Duration time) {
    return new BootTime(bootId, sinceBoot.plus(time));
  }

  /** Whether this is a moment of the same boot as {@code other}, and later. */
  public boolean after(BootTime other) {
    return bootId.equals(other.bootId) && sinceBoot.compareTo(other.sinceBoot) > 0;
  }

  /** How long it is from {@code now} until this moment; zero when it is over or of another boot. */
  public Duration leftAt(BootTime now) {
    return after(now) ? sinceBoot.minus(now.sinceBoot) : Duration.ZERO;
  }
}
