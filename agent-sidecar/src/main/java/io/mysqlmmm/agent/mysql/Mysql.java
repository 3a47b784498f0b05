package io.mysqlmmm.agent.mysql;

import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.Order.Database;
import io.mysqlmmm.shared.agent.Order.Setting;
import io.mysqlmmm.shared.agent.Order.Source;
import io.mysqlmmm.shared.gtid.GtidSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The mysqld beside the agent, as orders see it. Every method returns within its bound, give or
 * take half a second; a {@link java.sql.SQLTimeoutException} says that the bound was missed.
 */
public interface Mysql {

  /** Looks now, tells everybody, and says what was seen. */
  Mysqld observe();

  /** What the last look saw; returns at once. */
  Mysqld known();

  void stopReceiver(Duration bound) throws SQLException;

  void startApplier(Duration bound) throws SQLException;

  /**
   * Ends what a worker of the applier holds and cannot finish, because it was received in part. The
   * applier is stopped then.
   */
  void dropUnfinished(Duration bound) throws SQLException;

  void stopReplica(Duration bound) throws SQLException;

  void startReplica(Duration bound) throws SQLException;

  /** Whether the channel is configured exactly so, password included. */
  boolean follows(Source source, Duration bound) throws SQLException;

  /** How long after the source the channel applies each transaction. */
  Duration delay(Duration bound) throws SQLException;

  /** Configures the channel; purges the relay log, so it must be drained and stopped. */
  void follow(Source source, Duration bound) throws SQLException;

  /** Whether all of {@code gtids} is applied before the bound is over. */
  boolean awaitApplied(GtidSet gtids, Duration bound) throws SQLException;

  /** super_read_only=ON; on a missed bound the statement is killed and writing goes on. */
  void setReadOnly(Duration bound) throws SQLException;

  void setWritable(Duration bound) throws SQLException;

  /**
   * The source side of semi-sync. Off takes a second when it was on (seen): sessions that wait for
   * an acknowledgement go on at once, but whoever logs in or reads a global variable waits.
   */
  void setSemiSyncSource(boolean on, Duration bound) throws SQLException;

  /** Ends the connections of all clients; not of replicas, nor the operator's own. */
  int killClients(Duration bound) throws SQLException;

  /** What a switch waits for, in words; empty when nothing is known to block. */
  String blockers();

  /** Commits the marker row; on a missed bound its connection is killed. */
  void mark(long version, long epoch, Duration bound) throws SQLException;

  /** Takes all settings over, or none; why not, if not. */
  Optional<String> applySettings(List<Setting> settings, Duration bound) throws SQLException;

  /** Makes the database and its user, or the user's password anew; only where needed. */
  void provide(Database database, Duration bound) throws SQLException;
}
