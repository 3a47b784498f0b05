package io.mysqlmmm.agent.mysql;

import java.sql.SQLException;
import java.sql.Statement;

/**
 * The marker row (S15): its commit comes back when the peer has acknowledged it, and with it all
 * that stood in the binary log before it.
 */
final class Marker {
  private static final OwnTable TABLE =
      new OwnTable(
          "marker",
          """
          id INT PRIMARY KEY, version BIGINT NOT NULL, epoch BIGINT NOT NULL,
          at TIMESTAMP(6) NOT NULL""");

  private Marker() {}

  static void write(Statement statement, long version, long epoch) throws SQLException {
    TABLE.write(
        statement,
        "REPLACE INTO %s (id, version, epoch, at) VALUES (1, %d, %d, NOW(6))"
            .formatted(TABLE.path(), version, epoch));
  }
}
