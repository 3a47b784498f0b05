package io.mysqlmmm.agent.mysql;

import io.mysqlmmm.agent.preflight.ServerFacts;
import io.mysqlmmm.agent.preflight.SettingRules;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Asks mysqld for what the preflight's rules look at. Reads only. */
public final class JdbcPreflight implements ServerFacts.Probe {
  /** Of each statement: the dictionary of a server with 100,000 tables takes seconds to walk. */
  static final Duration BOUND = Duration.ofSeconds(20);

  private static final int SHOWN = 5;

  private static final String PLUGINS =
      "SELECT PLUGIN_NAME FROM information_schema.PLUGINS WHERE PLUGIN_STATUS = 'ACTIVE'";

  private static final String TABLES =
      """
      SELECT CONCAT(TABLE_SCHEMA, '.', TABLE_NAME, ' (', ENGINE, ')') FROM information_schema.TABLES
       WHERE TABLE_TYPE = 'BASE TABLE' AND ENGINE <> 'InnoDB'
         AND TABLE_SCHEMA NOT IN ('mysql', 'sys', 'performance_schema', 'information_schema')
       LIMIT\s"""
          + SHOWN;

  /**
   * But for the channel that a pair of this operator's left in a backup: it never starts by itself.
   */
  private static final String SOURCES =
      """
      SELECT CONCAT(IF(CHANNEL_NAME = '', '', CONCAT(CHANNEL_NAME, ': ')), HOST, ':', PORT)
        FROM performance_schema.replication_connection_configuration
       WHERE NOT (CHANNEL_NAME = '' AND USER = '%s')"""
          .formatted(InitSql.REPLICATION);

  private static final String POWERFUL =
      """
      SELECT DISTINCT GRANTEE FROM information_schema.USER_PRIVILEGES
       WHERE PRIVILEGE_TYPE IN ('SUPER', 'SYSTEM_VARIABLES_ADMIN')
         AND GRANTEE NOT LIKE '''mysql.%' AND GRANTEE NOT LIKE '''mmm\\_%' LIMIT\s"""
          + SHOWN;

  private static final String NAMESAKES =
      """
      SELECT CONCAT(User, '@', Host) FROM mysql.user
       WHERE User LIKE 'mmm\\_%%' AND NOT (User = '%s' AND Host = '127.0.0.1')
         AND NOT (User = '%s' AND Host = '%%') LIMIT %d"""
          .formatted(InitSql.AGENT, InitSql.REPLICATION, SHOWN);

  private static final String LOCKED =
      "SELECT CONCAT(User, '@', Host, ' (', plugin, ')') FROM "
          + Observation.SHUT_OUT
          + " LIMIT "
          + SHOWN;

  private static final String EVENTS =
      "SELECT COUNT(*) FROM information_schema.EVENTS WHERE STATUS = 'ENABLED'";

  private final Session session;

  public JdbcPreflight(Logins logins) {
    this.session = new Session(logins::agent);
  }

  @Override
  public ServerFacts look() throws SQLException {
    return session.call(BOUND, JdbcPreflight::look);
  }

  static ServerFacts look(Statement statement) throws SQLException {
    return new ServerFacts(
        texts(statement, "SELECT @@GLOBAL.version").getFirst(),
        variables(statement),
        texts(statement, PLUGINS),
        texts(statement, TABLES),
        texts(statement, SOURCES),
        texts(statement, "XA RECOVER").size(),
        texts(statement, POWERFUL),
        texts(statement, NAMESAKES),
        texts(statement, LOCKED),
        Integer.parseInt(texts(statement, EVENTS).getFirst()));
  }

  private static Map<String, String> variables(Statement statement) throws SQLException {
    String names =
        SettingRules.names().stream().map(SqlText::literal).collect(Collectors.joining(", "));
    String question =
        "SELECT VARIABLE_NAME, VARIABLE_VALUE FROM performance_schema.global_variables"
            + " WHERE VARIABLE_NAME IN (%s)".formatted(names);
    Map<String, String> found = new HashMap<>();
    try (ResultSet rows = statement.executeQuery(question)) {
      while (rows.next()) {
        found.put(rows.getString(1), rows.getString(2));
      }
    }
    return found;
  }

  /** The first column. */
  static List<String> texts(Statement statement, String question) throws SQLException {
    List<String> found = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(question)) {
      while (rows.next()) {
        found.add(String.valueOf(rows.getString(1)));
      }
    }
    return found;
  }
}
