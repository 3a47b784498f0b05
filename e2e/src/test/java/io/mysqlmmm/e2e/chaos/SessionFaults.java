package io.mysqlmmm.e2e.chaos;

import io.mysqlmmm.e2e.PairUnderTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Other users of the servers: a global read lock, a long transaction. */
final class SessionFaults {
  private static final Duration HELD = Duration.ofSeconds(6);
  private static final int ROWS = 500;

  private SessionFaults() {}

  static List<Fault> all() {
    List<Fault> all = new ArrayList<>();
    for (Side side : Side.values()) {
      all.add(
          Fault.lasting(
                  side.word() + "-read-locked", HELD, scene -> readLock(scene, scene.host(side)))
              .asking());
    }
    all.add(Fault.lasting("long-transaction", HELD, SessionFaults::longTransaction));
    return all;
  }

  private static Fault.Undo readLock(Scene scene, String host) throws Exception {
    Process session =
        Administrator.of(scene.site().client())
            .session(
                host,
                "FLUSH TABLES WITH READ LOCK; DO SLEEP(%d); UNLOCK TABLES"
                    .formatted(HELD.toSeconds()));
    return session::destroyForcibly;
  }

  private static Fault.Undo longTransaction(Scene scene) throws SQLException {
    Connection connection = scene.site().application().connect(PairUnderTest.WRITER_IP);
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO chaos_bulk (text)
          WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < %d)
          SELECT REPEAT('x', 200) FROM n"""
              .formatted(ROWS));
    }
    return () -> commit(connection);
  }

  /** A server that went away in between has rolled it back. */
  private static void commit(Connection connection) throws SQLException {
    try (connection) {
      connection.commit();
    } catch (SQLException e) {
      connection.abort(Runnable::run);
    }
  }
}
