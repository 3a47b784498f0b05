package io.mysqlmmm.agent.mysql;

import io.mysqlmmm.agent.vitals.HeartbeatRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * The write check's row: one for each data set that ever was the writer's. It commits as a client's
 * would, with the agent's account, to which super_read_only applies like to every other (seen), and
 * which transactions and locks that hold up a switch are not looked for with.
 *
 * <p>There is never more than one commit under way in the server. One whose connection was given up
 * may go on waiting there for the peer, also beyond this process; as long as it does, no other is
 * begun.
 */
final class Heartbeat implements HeartbeatRow {
  private static final OwnTable TABLE =
      new OwnTable("heartbeat", "server_id INT UNSIGNED PRIMARY KEY, at TIMESTAMP(6) NOT NULL");

  private static final String BEGINNING = "INSERT INTO " + TABLE.path();
  private static final String ROW =
      BEGINNING
          + " (server_id, at) VALUES (@@GLOBAL.server_id, NOW(6))"
          + " ON DUPLICATE KEY UPDATE at = NOW(6)";

  private static final String OTHERS =
      """
      SELECT COUNT(*) FROM performance_schema.processlist
       WHERE ID <> CONNECTION_ID() AND USER = '%s' AND INFO LIKE '%s%%'"""
          .formatted(InitSql.AGENT, BEGINNING.replace("_", "\\_"));

  private static final String WAITING =
      """
      SELECT COUNT(*) FROM performance_schema.processlist
       WHERE USER = '%s' AND INFO LIKE '%s%%' AND STATE LIKE 'Waiting for semi-sync ACK%%'"""
          .formatted(InitSql.AGENT, BEGINNING.replace("_", "\\_"));

  /** ER_OPTION_PREVENTS_STATEMENT and ER_READ_ONLY_MODE. */
  private static final int PREVENTED = 1290;

  private static final int READ_ONLY_MODE = 1836;

  /**
   * Until the connection is given up. How long a commit takes is what is to be found out, and a
   * server that died breaks the connection, so nothing is won by giving it up early.
   */
  private static final Duration LONG = Duration.ofHours(1);

  private static final Duration KILL = Duration.ofMillis(100);

  private final Session session;
  private final Session aid;
  private volatile boolean writing;
  private volatile boolean abandoned;
  private volatile boolean waits;
  private OptionalLong prepared = OptionalLong.empty();

  /**
   * @param aid kills what {@code session} is stuck in
   */
  Heartbeat(Session session, Session aid) {
    this.session = session;
    this.aid = aid;
  }

  @Override
  public boolean commit() throws SQLException {
    try {
      return session.call(LONG, this::write);
    } catch (SQLException e) {
      if (e.getErrorCode() == PREVENTED || e.getErrorCode() == READ_ONLY_MODE) {
        return false;
      }
      throw e;
    }
  }

  private boolean write(Statement statement) throws SQLException {
    prepare(statement);
    writing = true;
    try {
      TABLE.write(statement, ROW);
      return true;
    } finally {
      writing = false;
    }
  }

  /** Once for each connection. Whoever holds a lock on the row is told of, and not waited for. */
  private void prepare(Statement statement) throws SQLException {
    OptionalLong now = session.connection();
    if (now.equals(prepared)) {
      return;
    }
    abandoned = count(statement, OTHERS) > 0;
    if (abandoned) {
      throw new SQLException("the last row is not committed yet, on a connection given up since");
    }
    statement.execute("SET SESSION innodb_lock_wait_timeout = 1, lock_wait_timeout = 1");
    prepared = now;
  }

  private static int count(Statement statement, String question) throws SQLException {
    try (ResultSet row = statement.executeQuery(question)) {
      row.next();
      return row.getInt(1);
    }
  }

  /** Asks the server, when a commit is under way, how many there are that wait for the peer. */
  int waiting(Statement statement) throws SQLException {
    int now = writing || abandoned ? count(statement, WAITING) : 0;
    waits = now > 0;
    return now;
  }

  @Override
  public boolean awaitsPeer() {
    return waits;
  }

  /**
   * Before super_read_only: a commit under way must not hold that up, as it would when it waits for
   * somebody's lock. One that waits for the peer stays, like a client's (S19).
   */
  void kill() {
    OptionalLong id = session.connection();
    if (writing && id.isPresent()) {
      try {
        aid.call(
            KILL,
            s -> {
              Session.kill(s, List.of(id.getAsLong()));
              return true;
            });
      } catch (SQLException _) {
        // super_read_only has its own bound, and says what is in its way.
      }
    }
  }

  /** Ends the connection, as those of clients are ended. */
  void disconnect() {
    session.abort();
  }
}
