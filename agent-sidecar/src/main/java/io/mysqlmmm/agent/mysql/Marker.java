package io.mysqlmmm.agent.mysql;

import java.sql.SQLException;
import java.sql.Statement;

/**
 * The marker row (S15): its commit comes back when the peer has acknowledged it, and with it all
 * that stood in the binary log before it.
 */
final class Marker {
  /** ER_BAD_DB_ERROR and ER_NO_SUCH_TABLE. */
  private static final int NO_DATABASE = 1049;

  private static final int NO_TABLE = 1146;

  private Marker() {}

  static void write(Statement statement, long version, long epoch) throws SQLException {
    String row =
        "REPLACE INTO mmm.marker (id, version, epoch, at) VALUES (1, %d, %d, NOW(6))"
            .formatted(version, epoch);
    try {
      statement.execute(row);
    } catch (SQLException e) {
      if (e.getErrorCode() != NO_DATABASE && e.getErrorCode() != NO_TABLE) {
        throw e;
      }
      statement.execute("CREATE DATABASE IF NOT EXISTS mmm");
      statement.execute(
          """
          CREATE TABLE IF NOT EXISTS mmm.marker (
            id INT PRIMARY KEY, version BIGINT NOT NULL, epoch BIGINT NOT NULL,
            at TIMESTAMP(6) NOT NULL) ENGINE = InnoDB""");
      statement.execute(row);
    }
  }
}
