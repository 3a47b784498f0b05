package io.mysqlmmm.agent.mysql;

import io.mysqlmmm.agent.preflight.AheadRules;
import io.mysqlmmm.agent.preflight.PreflightWatch;
import io.mysqlmmm.shared.agent.Preflight;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/**
 * Looks at the server that a package runs on the node, at the port that will be this host's, as
 * long as no mysqld is started for this host. Reads only, and only as an account that the server's
 * owner made for it.
 */
public final class JdbcAhead implements PreflightWatch.Ahead {
  /** ER_HOST_NOT_PRIVILEGED: no account for 127.0.0.1 at all. */
  private static final int NO_SUCH_HOST = 1130;

  /** Of a connection that could not be made, or broke. */
  private static final String NO_CONNECTION = "08";

  private static final String PRIVILEGES =
      """
      SELECT PRIVILEGE_TYPE FROM information_schema.USER_PRIVILEGES
       WHERE GRANTEE = '''%s''@''127.0.0.1'''"""
          .formatted(InitSql.AGENT);

  private final Logins logins;

  public JdbcAhead(Logins logins) {
    this.logins = logins;
  }

  @Override
  public Optional<Preflight> look() throws SQLException {
    // Each time anew: a connection keeps the privileges that it began with.
    try (Connection connection = logins.nodesServer();
        Statement statement = connection.createStatement()) {
      connection.setNetworkTimeout(Runnable::run, Math.toIntExact(JdbcPreflight.BOUND.toMillis()));
      return Optional.of(look(statement));
    } catch (SQLException e) {
      if (e.getErrorCode() == Logins.DENIED || e.getErrorCode() == NO_SUCH_HOST) {
        return Optional.of(AheadRules.withoutAccount(InitSql.AGENT));
      }
      if (String.valueOf(e.getSQLState()).startsWith(NO_CONNECTION)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static Preflight look(Statement statement) throws SQLException {
    List<String> lacking = AheadRules.lacking(JdbcPreflight.texts(statement, PRIVILEGES));
    return lacking.isEmpty()
        ? AheadRules.judge(JdbcPreflight.look(statement))
        : AheadRules.withoutGrants(InitSql.AGENT, lacking);
  }
}
