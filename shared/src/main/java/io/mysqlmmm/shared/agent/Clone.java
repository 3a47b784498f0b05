package io.mysqlmmm.shared.agent;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The last clone over a host's data set: its progress while it runs, its outcome after. Outlives
 * the agent and the data set.
 *
 * @param donor name of the host that it comes from
 * @param donorUuid that host's data set
 * @param over the data set that is replaced; the new one has another name
 * @param requestedAt time of the person's request, which is its name; empty: nobody asked
 * @param outcome whether it is over, and how
 * @param stage MySQL's name of the stage ({@code performance_schema.clone_progress}); empty before
 * @param bytesDone bytes copied so far
 * @param bytesTotal bytes to copy, as the donor estimates them; 0: not known yet
 * @param dropped whether the data that were here before are gone
 * @param startedAt by this host's wall clock
 * @param finishedAt likewise; empty: it runs
 * @param error why it failed; empty otherwise
 */
public record Clone(
    String donor,
    String donorUuid,
    String over,
    String requestedAt,
    Outcome outcome,
    String stage,
    long bytesDone,
    long bytesTotal,
    boolean dropped,
    Instant startedAt,
    Optional<Instant> finishedAt,
    String error) {

  /** Whether a clone is over, and how. */
  public enum Outcome {
    RUNNING,
    DONE,
    FAILED
  }

  /**
   * What another host, or the operator, has to know before a clone.
   *
   * @param made server_uuid of the data set that launch.sh made here, empty; empty text: none that
   *     is known of
   */
  public record Facts(boolean plugin, long dataBytes, long freeBytes, String made) {
    public Facts {
      // Jackson leaves an absent component null, whatever the type says.
      made = Objects.requireNonNullElse(made, "");
    }
  }

  /** One that begins now. */
  public static Clone begun(
      Order.Source from, String over, String requestedAt, boolean dropped, Instant now) {
    return new Clone(
        from.host(),
        from.serverUuid(),
        over,
        requestedAt,
        Outcome.RUNNING,
        "",
        0,
        0,
        dropped,
        now,
        Optional.empty(),
        "");
  }

  public boolean running() {
    return outcome == Outcome.RUNNING;
  }

  /** The same, so far. */
  public Clone at(String nowIn, long done, long total, boolean gone) {
    return new Clone(
        donor,
        donorUuid,
        over,
        requestedAt,
        outcome,
        nowIn,
        done,
        total,
        dropped || gone,
        startedAt,
        finishedAt,
        error);
  }

  public Clone done(Instant now) {
    return ended(Outcome.DONE, dropped, "", now);
  }

  /**
   * Over without success.
   *
   * @param gone whether the data that were here before are gone
   */
  public Clone failed(String why, boolean gone, Instant now) {
    return ended(Outcome.FAILED, dropped || gone, why, now);
  }

  private Clone ended(Outcome how, boolean gone, String why, Instant now) {
    return new Clone(
        donor,
        donorUuid,
        over,
        requestedAt,
        how,
        stage,
        bytesDone,
        bytesTotal,
        gone,
        startedAt,
        Optional.of(now),
        why);
  }
}
