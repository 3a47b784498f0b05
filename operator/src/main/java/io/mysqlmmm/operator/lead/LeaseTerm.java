package io.mysqlmmm.operator.lead;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When a Lease may be taken and for how long it is ours. Pure: times are given, on one monotonic
 * clock.
 *
 * <ol>
 *   <li>Ours until {@link #TTL} after the <em>sending</em> of the last renewal that succeeded: a
 *       slow answer never makes the term longer (S4).
 *   <li>Another's is taken only after its record was seen unchanged for {@link #PATIENCE}, longer
 *       than any holder keeps acting on it.
 *   <li>One that nobody holds is taken at once, but by who resigned only after {@link #PATIENCE}.
 * </ol>
 */
public final class LeaseTerm {
  /**
   * How long a leader acts on a renewal: two more may fail, each within its second. A shorter term
   * would be lost to every hiccup of the API server; a longer one is a longer time without a leader
   * when its node is lost together with a pair's standby, and writes wait for that.
   */
  public static final Duration TTL = Duration.ofMillis(2500);

  /** How long a record must be seen unchanged; more than TTL, for clocks that drift. */
  public static final Duration PATIENCE = Duration.ofSeconds(3);

  private @Nullable String record;
  private Duration recordSeen = Duration.ZERO;
  private @Nullable Duration until;
  private @Nullable Duration leftUntil;

  /** Notes another holder's record; true when it may be taken over now. */
  public boolean expired(String seen, Duration now) {
    if (!Objects.equals(seen, record)) {
      record = seen;
      recordSeen = now;
    }
    return now.minus(recordSeen).compareTo(PATIENCE) > 0;
  }

  public void renewed(Duration sentAt) {
    until = sentAt.plus(TTL);
  }

  public void ended() {
    until = null;
  }

  /** Ours no longer, and left to who asked for it. */
  public void resigned(Duration now) {
    until = null;
    leftUntil = now.plus(PATIENCE);
  }

  /** Whether a Lease that nobody holds may be taken now. */
  public boolean mayTakeFree(Duration now) {
    return leftUntil == null || now.compareTo(leftUntil) >= 0;
  }

  public boolean ours(Duration now) {
    Duration end = until;
    return end != null && now.compareTo(end) < 0;
  }
}
