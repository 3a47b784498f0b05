package io.mysqlmmm.agent.mysql;

/** Names and strings as SQL text, for statements that take no parameters. */
final class SqlText {
  private SqlText() {}

  /** A string literal, right under every sql_mode without NO_BACKSLASH_ESCAPES. */
  static String literal(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  /** A quoted identifier. */
  static String name(String identifier) {
    return "`" + identifier.replace("`", "``") + "`";
  }

  /** A database's name in a GRANT and in mysql.db, where _ and % would be wildcards. */
  static String wildcardsEscaped(String database) {
    return database.replace("_", "\\_").replace("%", "\\%");
  }
}
