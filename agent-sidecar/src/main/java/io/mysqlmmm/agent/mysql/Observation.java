package io.mysqlmmm.agent.mysql;

import io.mysqlmmm.shared.agent.Mysqld.Channel;
import io.mysqlmmm.shared.agent.Mysqld.Running;
import io.mysqlmmm.shared.agent.Mysqld.SemiSync;
import io.mysqlmmm.shared.agent.Mysqld.ThreadState;
import io.mysqlmmm.shared.gtid.GtidSet;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The server's state in one statement (0.3 ms of its CPU, seen), and what costs more or changes
 * seldom in a second one.
 */
final class Observation {
  private Observation() {}

  /** Sessions of users, not of the server, its replicas or this operator. */
  static final String CLIENT_SESSIONS =
      """
      performance_schema.processlist
       WHERE USER NOT IN ('system user', 'event_scheduler') AND USER NOT LIKE 'mmm\\_%'
         AND COMMAND NOT LIKE 'Binlog Dump%' AND ID <> CONNECTION_ID()""";

  /** Accounts that nobody can log in with: the server has not their authentication plugin. */
  static final String SHUT_OUT =
      """
      mysql.user
       WHERE account_locked = 'N' AND plugin NOT IN (
         SELECT PLUGIN_NAME FROM information_schema.PLUGINS WHERE PLUGIN_STATUS = 'ACTIVE')""";

  /**
   * What a commit does that stands behind another one, which waits for the peer: semi-sync counts
   * only the one in front (seen).
   */
  private static final String BEHIND =
      "SELECT COUNT(*) FROM " + CLIENT_SESSIONS + " AND STATE = 'waiting for handler commit'";

  private static final String NOW =
      """
      SELECT @@GLOBAL.server_uuid, @@GLOBAL.version, @@GLOBAL.super_read_only,
        @@GLOBAL.gtid_executed, @@GLOBAL.gtid_purged,
        @@GLOBAL.rpl_semi_sync_source_enabled, @@GLOBAL.rpl_semi_sync_replica_enabled,
        (SELECT VARIABLE_VALUE FROM performance_schema.global_status
          WHERE VARIABLE_NAME = 'Rpl_semi_sync_source_wait_sessions'),
        config.HOST, config.PORT,
        receiver.SOURCE_UUID, receiver.SERVICE_STATE, receiver.RECEIVED_TRANSACTION_SET,
        receiver.LAST_ERROR_MESSAGE, applier.SERVICE_STATE,
        (SELECT GROUP_CONCAT(e.M SEPARATOR '; ') FROM
          (SELECT LAST_ERROR_MESSAGE M FROM performance_schema.replication_applier_status_by_worker
            WHERE CHANNEL_NAME = '' AND LAST_ERROR_NUMBER <> 0
           UNION SELECT LAST_ERROR_MESSAGE
            FROM performance_schema.replication_applier_status_by_coordinator
            WHERE CHANNEL_NAME = '' AND LAST_ERROR_NUMBER <> 0) e),
        (SELECT TIMESTAMPDIFF(MICROSECOND,
              MIN(NULLIF(APPLYING_TRANSACTION_ORIGINAL_COMMIT_TIMESTAMP, 0)), NOW(6)) DIV 1000
          FROM performance_schema.replication_applier_status_by_worker
          WHERE CHANNEL_NAME = '' AND APPLYING_TRANSACTION <> ''),
        (SELECT TIMESTAMPDIFF(MICROSECOND,
              MAX(NULLIF(LAST_APPLIED_TRANSACTION_ORIGINAL_COMMIT_TIMESTAMP, 0)), NOW(6)) DIV 1000
          FROM performance_schema.replication_applier_status_by_worker WHERE CHANNEL_NAME = ''),
        (SELECT VARIABLE_VALUE FROM performance_schema.global_status
          WHERE VARIABLE_NAME = 'Rpl_semi_sync_source_yes_tx'),
        (SELECT DESIRED_DELAY FROM performance_schema.replication_applier_configuration
          WHERE CHANNEL_NAME = '')
      FROM (SELECT 1) one
      LEFT JOIN performance_schema.replication_connection_configuration config
        ON config.CHANNEL_NAME = ''
      LEFT JOIN performance_schema.replication_connection_status receiver
        ON receiver.CHANNEL_NAME = ''
      LEFT JOIN performance_schema.replication_applier_status applier
        ON applier.CHANNEL_NAME = ''
      """;

  private static final String BURDEN =
      """
      SELECT
        (SELECT MAX(TIMESTAMPDIFF(MICROSECOND, t.TRX_STARTED, NOW(6))) DIV 1000
          FROM information_schema.INNODB_TRX t
          JOIN performance_schema.processlist p ON p.ID = t.TRX_MYSQL_THREAD_ID
          WHERE t.TRX_ROWS_MODIFIED > 0
            AND p.USER NOT IN ('system user', 'event_scheduler') AND p.USER NOT LIKE 'mmm\\_%'),
        (SELECT CONCAT(l.OBJECT_TYPE, IF(l.OBJECT_NAME IS NULL, '',
              CONCAT(' ', l.OBJECT_SCHEMA, '.', l.OBJECT_NAME)),
              ' lock held by ', t.PROCESSLIST_USER, '@', t.PROCESSLIST_HOST,
              ' (connection ', t.PROCESSLIST_ID, ')')
          FROM performance_schema.metadata_locks l
          JOIN performance_schema.threads t ON t.THREAD_ID = l.OWNER_THREAD_ID
          WHERE t.TYPE = 'FOREGROUND' AND t.PROCESSLIST_USER NOT LIKE 'mmm\\_%'
            AND l.LOCK_STATUS = 'GRANTED'
            AND (l.OBJECT_TYPE IN ('GLOBAL', 'BACKUP LOCK') AND l.LOCK_TYPE = 'SHARED'
              OR l.OBJECT_TYPE = 'TABLE' AND l.LOCK_TYPE = 'SHARED_NO_READ_WRITE')
          LIMIT 1),
        (SELECT GROUP_CONCAT(DISTINCT plugin SEPARATOR ' ') FROM\s"""
          + SHUT_OUT
          + ")";

  /** What a switch would have to wait for, or would break off, and who could not log in after. */
  record Burden(long longestTransactionMillis, String blocker, Set<String> missingPlugins) {
    static final Burden NONE = new Burden(0, "", Set.of());
  }

  /**
   * What the looks before show; the write check's session is no client that waits, but shows as
   * well as any, and without any, that nothing is acknowledged.
   */
  record Course(Stall stall, Lasting connecting, Heartbeat heartbeat) {}

  static Burden burden(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery(BURDEN)) {
      row.next();
      String missing = text(row.getString(3));
      return new Burden(
          Math.max(0, row.getLong(1)),
          text(row.getString(2)),
          missing.isEmpty() ? Set.of() : Set.of(missing.split(" ")));
    }
  }

  static Running running(Statement statement, Burden burden, Course course) throws SQLException {
    int own = course.heartbeat().waiting(statement);
    int behind = own > 0 ? behind(statement) : 0;
    try (ResultSet row = statement.executeQuery(NOW)) {
      row.next();
      int clients = Math.max(0, row.getInt(8) - own) + behind;
      GtidSet executed = GtidSet.parse(text(row.getString(4)));
      return new Running(
          text(row.getString(1)),
          text(row.getString(2)),
          row.getBoolean(3),
          executed,
          GtidSet.parse(text(row.getString(5))),
          channel(row, executed, course.connecting()),
          new SemiSync(
              row.getBoolean(6),
              row.getBoolean(7),
              clients,
              course.stall().after(clients + own, row.getLong(19)).toMillis()),
          burden.longestTransactionMillis(),
          burden.blocker(),
          Optional.of(burden.missingPlugins()));
    }
  }

  private static int behind(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery(BEHIND)) {
      row.next();
      return row.getInt(1);
    }
  }

  private static Optional<Channel> channel(ResultSet row, GtidSet executed, Lasting connecting)
      throws SQLException {
    String host = text(row.getString(9));
    ThreadState io = state(row.getString(12));
    Duration vain = connecting.after(!host.isEmpty() && io == ThreadState.CONNECTING);
    if (host.isEmpty()) {
      return Optional.empty();
    }
    ThreadState sql = state(row.getString(15));
    GtidSet retrieved = GtidSet.parse(text(row.getString(13)));
    return Optional.of(
        new Channel(
            host,
            row.getInt(10),
            text(row.getString(11)),
            io,
            sql,
            retrieved,
            executed.contains(retrieved) ? Optional.of(0L) : lag(row),
            io == ThreadState.ON && sql == ThreadState.ON
                ? ""
                : error(text(row.getString(14)), text(row.getString(16))),
            vain.toMillis(),
            Optional.of(Duration.ofSeconds(row.getLong(20)))));
  }

  /** From what is being applied; between two transactions, from the last one applied. */
  private static Optional<Long> lag(ResultSet row) throws SQLException {
    for (int column : new int[] {17, 18}) {
      long millis = row.getLong(column);
      if (!row.wasNull()) {
        return Optional.of(Math.max(0, millis));
      }
    }
    return Optional.empty();
  }

  private static String error(String receiver, String applier) {
    return receiver.isEmpty() || applier.isEmpty() ? receiver + applier : receiver + "; " + applier;
  }

  private static ThreadState state(@Nullable String text) {
    return switch (text(text)) {
      case "ON" -> ThreadState.ON;
      case "CONNECTING" -> ThreadState.CONNECTING;
      default -> ThreadState.OFF;
    };
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
