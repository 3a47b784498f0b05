package io.mysqlmmm.agent.mysql;

import io.mysqlmmm.agent.config.Credentials;
import io.mysqlmmm.shared.agent.Order.Source;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The replication channel from the peer: auto position, TLS with the CA and the name verified. */
final class Channels {
  /** mysqld keeps no longer one: CHANGE REPLICATION SOURCE refuses it. */
  private static final int LONGEST_PASSWORD = 32;

  private final Credentials credentials;
  private final String sourceCa;

  Channels(Credentials credentials, String sourceCa) {
    this.credentials = credentials;
    this.sourceCa = sourceCa;
  }

  /**
   * Kills the workers, if any holds a transaction. STOP REPLICA alone waits a minute for the rest
   * of one that was received in part (SLAVE_WAIT_GROUP_DONE in the MySQL sources); with this it
   * takes 0.3 s (both seen). All of them: the one that gets the rest a moment later would be waited
   * for, and meanwhile nobody can look at the channel.
   *
   * @return how many there were
   */
  static int killApplying(Statement statement) throws SQLException {
    List<Long> ids = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery(
            """
            SELECT t.PROCESSLIST_ID FROM performance_schema.threads t
             WHERE t.NAME IN ('thread/sql/replica_worker', 'thread/sql/slave_worker')
               AND t.PROCESSLIST_ID IS NOT NULL
               AND EXISTS (SELECT 1 FROM performance_schema.replication_applier_status_by_worker w
                 WHERE w.APPLYING_TRANSACTION <> '')""")) {
      while (rows.next()) {
        ids.add(rows.getLong(1));
      }
    }
    Session.kill(statement, ids);
    return ids.size();
  }

  static Duration delay(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            """
            SELECT DESIRED_DELAY FROM performance_schema.replication_applier_configuration
             WHERE CHANNEL_NAME = ''""")) {
      return row.next() ? Duration.ofSeconds(row.getLong(1)) : Duration.ZERO;
    }
  }

  boolean follows(Statement statement, Source source) throws SQLException {
    String question =
        """
        SELECT COUNT(*) FROM mysql.slave_master_info
         WHERE Channel_name = '' AND Host = %s AND Port = %d AND User_name = %s
           AND User_password = %s AND Enabled_ssl = 1 AND Ssl_ca = %s
           AND Ssl_verify_server_cert = 1 AND Enabled_auto_position = 1
           AND EXISTS (SELECT 1 FROM performance_schema.replication_applier_configuration
             WHERE CHANNEL_NAME = '' AND DESIRED_DELAY = %d)"""
            .formatted(
                SqlText.literal(source.address()),
                source.port(),
                SqlText.literal(InitSql.REPLICATION),
                SqlText.literal(password()),
                SqlText.literal(sourceCa),
                source.delay().toSeconds());
    try (ResultSet row = statement.executeQuery(question)) {
      row.next();
      return row.getInt(1) == 1;
    }
  }

  String change(Source source) throws SQLException {
    return """
    CHANGE REPLICATION SOURCE TO SOURCE_HOST = %s, SOURCE_PORT = %d, SOURCE_USER = %s,
     SOURCE_PASSWORD = %s, SOURCE_AUTO_POSITION = 1, SOURCE_SSL = 1, SOURCE_SSL_CA = %s,
     SOURCE_SSL_VERIFY_SERVER_CERT = 1, SOURCE_HEARTBEAT_PERIOD = 1, SOURCE_CONNECT_RETRY = 1,
     SOURCE_RETRY_COUNT = 4294967295, SOURCE_DELAY = %d"""
        .formatted(
            SqlText.literal(source.address()),
            source.port(),
            SqlText.literal(InitSql.REPLICATION),
            SqlText.literal(password()),
            SqlText.literal(sourceCa),
            source.delay().toSeconds());
  }

  private String password() throws SQLException {
    try {
      String password = credentials.replication().value();
      if (password.length() > LONGEST_PASSWORD) {
        throw new SQLException(
            "replicationPassword is longer than MySQL allows (%d characters)"
                .formatted(LONGEST_PASSWORD));
      }
      return password;
    } catch (IOException e) {
      throw JdbcMysql.unreadable(e);
    }
  }
}
