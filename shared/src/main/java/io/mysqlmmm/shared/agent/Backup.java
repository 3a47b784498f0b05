package io.mysqlmmm.shared.agent;

import java.time.Instant;
import java.util.Optional;

/**
 * The last backup of a host's data, by MySQL's CLONE LOCAL, since its agent's start.
 *
 * @param name of its directory
 * @param requestedAt time of the person's request, which tells it from others
 * @param outcome whether it is over, and how
 * @param bytesDone bytes that are there so far
 * @param bytesTotal bytes that the data took when it began
 * @param startedAt by this host's wall clock
 * @param finishedAt likewise; empty: it runs
 * @param error why it failed; empty otherwise
 */
public record Backup(
    String name,
    String requestedAt,
    Clone.Outcome outcome,
    long bytesDone,
    long bytesTotal,
    Instant startedAt,
    Optional<Instant> finishedAt,
    String error) {

  /** One that begins now. */
  public static Backup begun(String name, String requestedAt, long total, Instant now) {
    return new Backup(
        name, requestedAt, Clone.Outcome.RUNNING, 0, total, now, Optional.empty(), "");
  }

  public boolean running() {
    return outcome == Clone.Outcome.RUNNING;
  }

  /** The same, so far. */
  public Backup at(long done) {
    return new Backup(name, requestedAt, outcome, done, bytesTotal, startedAt, finishedAt, error);
  }

  public Backup done(Instant now) {
    return ended(Clone.Outcome.DONE, "", now);
  }

  /** Over without success. */
  public Backup failed(String why, Instant now) {
    return ended(Clone.Outcome.FAILED, why, now);
  }

  private Backup ended(Clone.Outcome how, String why, Instant now) {
    return new Backup(
        name, requestedAt, how, bytesDone, bytesTotal, startedAt, Optional.of(now), why);
  }
}
