package io.mysqlmmm.agent.mysql;

import io.mysqlmmm.shared.agent.Order.Database;
import io.mysqlmmm.shared.agent.Password;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Databases and their users. Looks first, so that asking again writes nothing to the binary log;
 * whether a password is right is found by logging in.
 */
final class Databases {
  private final Logins logins;

  Databases(Logins logins) {
    this.logins = logins;
  }

  void provide(Statement statement, Database wanted) throws SQLException {
    if (!found(
        statement,
        "information_schema.SCHEMATA WHERE SCHEMA_NAME = " + SqlText.literal(wanted.name()))) {
      statement.execute("CREATE DATABASE IF NOT EXISTS " + SqlText.name(wanted.name()));
    }
    provideUser(statement, wanted);
    provideGrant(statement, wanted);
  }

  private void provideUser(Statement statement, Database wanted) throws SQLException {
    String who = account(wanted.user());
    String how = " IDENTIFIED BY " + SqlText.literal(wanted.password().value());
    String entry =
        "mysql.user WHERE User = %s AND Host = '%%'".formatted(SqlText.literal(wanted.user()));
    if (!found(statement, entry)) {
      statement.execute("CREATE USER IF NOT EXISTS " + who + how);
    } else if (!logsIn(wanted.user(), wanted.password())) {
      statement.execute("ALTER USER " + who + how);
    }
  }

  private static void provideGrant(Statement statement, Database wanted) throws SQLException {
    boolean wildcards = !found(statement, "(SELECT 1) one WHERE @@GLOBAL.partial_revokes = 1");
    String kept = wildcards ? SqlText.wildcardsEscaped(wanted.name()) : wanted.name();
    String granted =
        """
        mysql.db WHERE User = %s AND Host = '%%' AND Db = %s AND Select_priv = 'Y'
         AND Insert_priv = 'Y' AND Create_priv = 'Y' AND Drop_priv = 'Y'"""
            .formatted(SqlText.literal(wanted.user()), SqlText.literal(kept));
    if (!found(statement, granted)) {
      statement.execute(
          "GRANT ALL ON %s.* TO %s".formatted(SqlText.name(kept), account(wanted.user())));
    }
  }

  private boolean logsIn(String user, Password password) throws SQLException {
    try {
      logins.client(user, password).close();
      return true;
    } catch (SQLException e) {
      if (e.getErrorCode() == Logins.DENIED) {
        return false;
      }
      throw e;
    }
  }

  private static String account(String user) {
    return SqlText.literal(user) + "@'%'";
  }

  private static boolean found(Statement statement, String from) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM " + from)) {
      row.next();
      return row.getInt(1) > 0;
    }
  }
}
