package io.mysqlmmm.shared.agent;

import java.time.Duration;

/**
 * The lease of a paired writer: until when it may write. It ends one time to live after the newest
 * clock of its own that came back in a heartbeat (S9), whoever sent that. Pure; the numbers are
 * those of the safety protocol (docs/clustering.md).
 */
public final class LeaseRules {
  /**
   * How long before its lease ends a writer stops, so that it has stopped when it ends (S10, S19):
   * super_read_only has a bound of 0.3 s, SIGKILL shows after 0.4 ms (both seen), the rest is for a
   * busy machine.
   */
  public static final Duration FENCING = Duration.ofMillis(500);

  /**
   * What a promoter waits beyond a lease: the drift of two clocks, 200 ppm of the longest lease of
   * a minute being 12 ms, many times over.
   */
  public static final Duration MARGIN = Duration.ofMillis(100);

  private LeaseRules() {}

  /**
   * The end of the lease after a heartbeat: later than {@code end} when the heartbeat votes for
   * this writer, else {@code end}. A vote counts in exactly the epoch that the writer is active in;
   * the peer's only from the data set that the writer was paired with; a clock only of this boot,
   * and not from the future.
   */
  public static BootTime extended(
      Standing standing, String resourceUid, BootTime end, Beat beat, BootTime now, Duration ttl) {
    boolean fromOperator = beat.serverUuid().isEmpty();
    if (!beat.resourceUid().equals(resourceUid)
        || !standing.activeIn(beat.epoch())
        || !(fromOperator || beat.serverUuid().equals(standing.pairedWith()))) {
      return end;
    }
    return beat.echo().map(echo -> later(end, granted(echo, now, ttl), now)).orElse(end);
  }

  /** The end of a lease that rests on {@code echo}; never when that is no clock of this boot. */
  public static BootTime granted(BootTime echo, BootTime now, Duration ttl) {
    return echo.bootId().equals(now.bootId()) && !echo.after(now) ? echo.plus(ttl) : BootTime.NEVER;
  }

  /** The later of two ends, of which one of another boot than now's counts as never. */
  private static BootTime later(BootTime one, BootTime two, BootTime now) {
    if (!one.bootId().equals(now.bootId())) {
      return two;
    }
    return two.after(one) ? two : one;
  }

  /**
   * Whether this agent votes for the writer that it follows: never for an epoch that it has
   * promised (S9), nor before it was introduced to one (S7), nor while it writes itself.
   */
  public static boolean votes(Standing standing) {
    return standing.votingFor() > standing.promised() && !standing.mayWrite();
  }

  /**
   * Whether a host may write at {@code now}, as far as standing and lease go: alone it needs no
   * lease (S11), paired it needs one, with {@link #FENCING} left.
   */
  public static boolean mayWrite(Standing standing, BootTime end, BootTime now) {
    return standing.mayWrite()
        && (standing.mode() == WriteMode.SOLO || end.leftAt(now).compareTo(FENCING) > 0);
  }
}
