package io.mysqlmmm.shared.agent;

import java.time.Instant;
import java.util.Optional;

/**
 * What a host could fail at while its mysqld answers. Facts and ages only: how bad they are, and
 * for how long they may last, is for others to judge. "It did not answer" is never told as "it
 * failed" (I4).
 *
 * @param wallClock the host's wall clock when this was told; nothing here is measured by it
 * @param volume the data's volume
 * @param writing whether the writer can really write
 */
public record Vitals(Instant wallClock, Volume volume, Writing writing) {

  /** Nothing is known, as of an agent too old to tell, whose clock is told as the epoch. */
  public static Vitals unknown() {
    return new Vitals(Instant.EPOCH, new Volume.Silent(0), new Writing.NotDue());
  }

  /** Whether the wall clock was told. */
  public boolean hasWallClock() {
    return !wallClock.equals(Instant.EPOCH);
  }

  /** The file system that holds the data and the agent's standing. */
  public sealed interface Volume {

    /**
     * It has not answered, or was not asked yet; nothing is known of it.
     *
     * @param millis since the question was asked
     */
    record Silent(long millis) implements Volume {}

    /**
     * The newest answer.
     *
     * @param freeBytes what mysqld, which is not root, can still use
     * @param readOnly whether the file system takes no writes at all (EROFS)
     * @param writeError why a small file could not be written, synced and removed; empty: it could
     * @param ageMillis since it was given
     */
    record Seen(
        long totalBytes, long freeBytes, boolean readOnly, String writeError, long ageMillis)
        implements Volume {

      /** Whether a small file could be written. */
      public boolean takesWrites() {
        return !readOnly && writeError.isEmpty();
      }
    }
  }

  /** The write check: a row that is committed once a second, as a client would. */
  public sealed interface Writing {

    /** This host is not to write now, or its mysqld does not serve or is read-only. */
    record NotDue() implements Writing {}

    /**
     * It is to write.
     *
     * @param successMillis since a row was committed last; empty: none since it is due
     * @param dueMillis for how long it has been due
     * @param pendingMillis for how long the commit under way has been; 0: none is
     * @param awaitsPeer whether a row waits for the peer's acknowledgement, which is no fault of
     *     this host
     * @param error why the last try failed; empty: it did not, or none is over
     */
    record Due(
        Optional<Long> successMillis,
        long dueMillis,
        long pendingMillis,
        boolean awaitsPeer,
        String error)
        implements Writing {}
  }
}
