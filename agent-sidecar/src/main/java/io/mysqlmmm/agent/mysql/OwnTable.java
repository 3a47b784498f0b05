package io.mysqlmmm.agent.mysql;

import java.sql.SQLException;
import java.sql.Statement;

/**
 * A table of the operator's own, in a database that no resource may ask for, made where it is
 * written to for the first time and replicated like any other.
 *
 * @param name of the table
 * @param columns as CREATE TABLE wants them
 */
record OwnTable(String name, String columns) {
  static final String DATABASE = "mysql_mmm";

  /** ER_BAD_DB_ERROR and ER_NO_SUCH_TABLE. */
  private static final int NO_DATABASE = 1049;

  private static final int NO_TABLE = 1146;

  /** As statements name it. */
  String path() {
    return DATABASE + "." + name;
  }

  /** Executes {@code text}, which writes to it, and so commits it. */
  void write(Statement statement, String text) throws SQLException {
    try {
      statement.execute(text);
    } catch (SQLException e) {
      if (e.getErrorCode() != NO_DATABASE && e.getErrorCode() != NO_TABLE) {
        throw e;
      }
      // Only where it is missing: it is in the binlog although it exists, and no cut undoes it.
      if (e.getErrorCode() == NO_DATABASE) {
        statement.execute("CREATE DATABASE IF NOT EXISTS " + DATABASE);
      }
      statement.execute(
          "CREATE TABLE IF NOT EXISTS %s (%s) ENGINE = InnoDB".formatted(path(), columns));
      statement.execute(text);
    }
  }
}
