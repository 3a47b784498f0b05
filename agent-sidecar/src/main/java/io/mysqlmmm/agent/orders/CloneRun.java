package io.mysqlmmm.agent.orders;

import io.mysqlmmm.agent.mysql.CloneServer;
import io.mysqlmmm.shared.agent.Order.Source;
import java.sql.SQLException;

/** The CLONE statement of this process, if there is one, on a thread of its own. */
final class CloneRun {
  private final CloneServer server;
  private volatile boolean expected;
  private volatile boolean running;
  private volatile boolean open;
  private volatile String error = "";

  CloneRun(CloneServer server) {
    this.server = server;
  }

  void start(Source donor) {
    running = true;
    open = true;
    error = "";
    Thread _ = Thread.ofPlatform().daemon().name("clone").start(() -> run(donor));
  }

  private void run(Source donor) {
    try {
      server.run(donor);
    } catch (SQLException e) {
      // Also when it succeeded: mysqld ends. Which of the two, the server itself knows.
      error = String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
    } finally {
      running = false;
    }
  }

  /** One is about to begin: it is written down before the server is asked. */
  void expect() {
    expected = true;
  }

  /** It has begun, or will not. */
  void expectNoMore() {
    expected = false;
  }

  /** Whether one is under way, or about to be. */
  boolean underWay() {
    return expected || running;
  }

  boolean running() {
    return running;
  }

  /** Whether the server must not be made read-only, because the old data are being dropped. */
  boolean open() {
    return open && running;
  }

  /** The old data are dropped. */
  void close() {
    open = false;
  }

  /** What the statement ended with; empty while it runs, and when this process began none. */
  String error() {
    return error;
  }
}
