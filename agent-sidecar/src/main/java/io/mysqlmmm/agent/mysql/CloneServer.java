package io.mysqlmmm.agent.mysql;

import io.mysqlmmm.shared.agent.Order;
import io.mysqlmmm.shared.agent.Order.Source;
import io.mysqlmmm.shared.gtid.GtidSet;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/**
 * MySQL's clone plugin in the mysqld beside the agent, as the recipient of a clone, and to make a
 * copy of its own data.
 */
public interface CloneServer {

  /** What the server itself says of its last clone; it keeps that over a restart. */
  enum State {
    NONE,
    RUNNING,
    FAILED,
    COMPLETED
  }

  /**
   * How far the last clone is.
   *
   * @param begun by the machine's wall clock
   * @param dropped whether the data that were here before are being dropped, or are gone
   * @param mayClose whether super_read_only harms it no more: it fails the drop (seen), and nothing
   *     after it
   * @param stage the stage that is under way; empty between two
   * @param executed what the new data set has; empty until it is complete
   */
  record Progress(
      State state,
      Instant begun,
      boolean dropped,
      boolean mayClose,
      String stage,
      long done,
      long total,
      String error,
      GtidSet executed) {
    static final Progress NONE =
        new Progress(State.NONE, Instant.EPOCH, false, false, "", 0, 0, "", GtidSet.empty());
  }

  /** Whether the plugin is there and active. */
  boolean plugin(Duration bound) throws SQLException;

  /** Sets the donor, the limits and the CA. Changes no data. */
  void prepare(Order.Clone order, Duration bound) throws SQLException;

  /**
   * Runs the statement to its end, for hours if it must be. It begins by lifting super_read_only
   * (CLONE is refused under it, seen), while read_only stays on: nobody but the operator's accounts
   * and root can write, and the caller sets it again as soon as the old data are dropped.
   *
   * @throws SQLException it failed; or it succeeded, and mysqld ended, as it does to take the new
   *     data set into use
   */
  void run(Source donor) throws SQLException;

  /**
   * Makes a copy of the data in a new directory, for hours if it must be; the server serves
   * meanwhile.
   *
   * @param directory that is not there, by the path that mysqld knows it by
   */
  void copy(Path directory) throws SQLException;

  Progress progress(Duration bound) throws SQLException;

  /**
   * Rolls back XA transactions that are prepared here. They outlive their sessions and mysqld, and
   * the drop of a table that they touched waits for them as long as they are there (seen). To be
   * called only while the old data are being dropped: they are given up with them.
   */
  void giveUpPrepared(Duration bound) throws SQLException;

  /** Forgets the replication that the donor was configured for, and its relay logs. */
  void settle(Duration bound) throws SQLException;
}
