package io.mysqlmmm.agent.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One kept connection. It is opened before it is needed, because a session that waits for the
 * peer's acknowledgement of a CREATE USER keeps every new login waiting (seen). One statement at a
 * time; a connection that broke is dropped and opened anew at the next use.
 */
public final class Session {
  /** ER_NO_SUCH_THREAD: it ended by itself. */
  private static final int NO_SUCH_THREAD = 1094;

  /** Added to a bound before the connection itself is given up: KILL QUERY comes first. */
  private static final Duration GRACE = Duration.ofMillis(500);

  /** Work on a connection. */
  @FunctionalInterface
  public interface Work<T> {
    T on(Statement statement) throws SQLException;
  }

  /** How a new connection is made. */
  @FunctionalInterface
  public interface Opener {
    Connection open() throws SQLException;
  }

  private record Open(Connection connection, Statement statement, long id) {}

  private enum Phase {
    RUNNING,
    DONE,
    KILLING,
    KILLED
  }

  private final Opener opener;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Open open;

  public Session(Opener opener) {
    this.opener = opener;
  }

  /**
   * Runs {@code work}; when a single read from the server takes longer than {@code bound}, the
   * connection is given up.
   *
   * @throws SQLException also when the connection is busy for the whole bound
   */
  public <T> T call(Duration bound, Work<T> work) throws SQLException {
    acquire(bound);
    try {
      Open current = opened();
      try {
        current.connection().setNetworkTimeout(Runnable::run, millis(bound));
        return work.on(current.statement());
      } catch (SQLException e) {
        dropIfBroken(current, e);
        throw e;
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Runs {@code work}; when it is not over within {@code bound}, {@code killer} kills the statement
   * (not the connection).
   *
   * @throws SQLTimeoutException the bound was missed
   */
  public <T> T callOrKill(Duration bound, Session killer, Work<T> work) throws SQLException {
    return killing(bound, killer, "KILL QUERY ", work);
  }

  /** As {@link #callOrKill}, but the connection is killed, not only the statement. */
  public <T> T callOrDisconnect(Duration bound, Session killer, Work<T> work) throws SQLException {
    return killing(bound, killer, "KILL CONNECTION ", work);
  }

  private <T> T killing(Duration bound, Session killer, String kill, Work<T> work)
      throws SQLException {
    acquire(bound);
    try {
      Open current = opened();
      AtomicReference<Phase> phase = new AtomicReference<>(Phase.RUNNING);
      Thread watchdog =
          Thread.ofVirtual().start(() -> killAfter(bound, killer, kill + current.id(), phase));
      try {
        current.connection().setNetworkTimeout(Runnable::run, millis(bound.plus(GRACE)));
        return work.on(current.statement());
      } catch (SQLException e) {
        dropIfBroken(current, e);
        if (phase.get() != Phase.RUNNING) {
          throw new SQLTimeoutException("not done within " + bound.toMillis() + " ms", e);
        }
        throw e;
      } finally {
        if (!phase.compareAndSet(Phase.RUNNING, Phase.DONE)) {
          // The kill may still come, and would hit the next statement.
          drop(current);
        }
        watchdog.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  private static void killAfter(
      Duration bound, Session killer, String kill, AtomicReference<Phase> phase) {
    try {
      Thread.sleep(bound);
    } catch (InterruptedException _) {
      return;
    }
    if (phase.compareAndSet(Phase.RUNNING, Phase.KILLING)) {
      try {
        killer.call(GRACE, s -> s.execute(kill));
      } catch (SQLException _) {
        // The connection's own timeout ends the statement then.
      }
      phase.set(Phase.KILLED);
    }
  }

  /** Opens the connection if there is none; nothing when it is in use. */
  public void warm() throws SQLException {
    if (open == null && lock.tryLock()) {
      try {
        Open _ = opened();
      } finally {
        lock.unlock();
      }
    }
  }

  /** The server's number for the connection; empty when there is none. */
  OptionalLong connection() {
    Open current = open;
    return current == null ? OptionalLong.empty() : OptionalLong.of(current.id());
  }

  /** Breaks the connection off, from any thread, even while a statement runs. */
  public void abort() {
    Open current = open;
    if (current != null) {
      drop(current);
    }
  }

  private void acquire(Duration bound) throws SQLException {
    try {
      if (!lock.tryLock(bound.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new SQLTimeoutException("the connection was busy for " + bound.toMillis() + " ms");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted while waiting for the connection", e);
    }
  }

  private Open opened() throws SQLException {
    Open current = open;
    if (current != null) {
      return current;
    }
    Connection connection = opener.open();
    try {
      Statement statement = connection.createStatement();
      try (ResultSet row = statement.executeQuery("SELECT CONNECTION_ID()")) {
        row.next();
        current = new Open(connection, statement, row.getLong(1));
      }
    } catch (SQLException e) {
      close(connection);
      throw e;
    }
    open = current;
    return current;
  }

  private void dropIfBroken(Open current, SQLException e) {
    String state = e.getSQLState();
    boolean broken = state == null || state.startsWith("08");
    try {
      broken |= current.connection().isClosed();
    } catch (SQLException _) {
      broken = true;
    }
    if (broken) {
      drop(current);
    }
  }

  private void drop(Open current) {
    if (current.equals(open)) {
      open = null;
    }
    Thread _ = Thread.ofVirtual().name("close").start(() -> close(current.connection()));
  }

  /** Closing TLS waits for the other side, which may be dying: 250 ms were seen. */
  private static void close(Connection connection) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException _) {
      // It is gone either way.
    }
  }

  private static int millis(Duration bound) {
    return Math.clamp(bound.toMillis(), 1, Integer.MAX_VALUE);
  }

  /** Ends these connections or threads; those that are gone already are. */
  static void kill(Statement statement, List<Long> ids) throws SQLException {
    for (long id : ids) {
      try {
        statement.execute("KILL CONNECTION " + id);
      } catch (SQLException e) {
        if (e.getErrorCode() != NO_SUCH_THREAD) {
          throw e;
        }
      }
    }
  }
}
