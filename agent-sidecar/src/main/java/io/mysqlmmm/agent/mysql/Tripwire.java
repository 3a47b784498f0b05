package io.mysqlmmm.agent.mysql;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A connection that sleeps in the server and does nothing but break when mysqld ends or shuts down:
 * the second way to learn of it, which needs no view of the process.
 */
final class Tripwire {
  /** Not for ever: the server does not notice that its client is gone, and sleeps to the end. */
  private static final String SLEEP = "DO SLEEP(60)";

  private static final Duration LONGER = Duration.ofSeconds(90);

  private final Session session;
  private final Runnable broken;
  private final AtomicBoolean armed = new AtomicBoolean();

  /** {@code broken} is called on a thread of its own. */
  Tripwire(Session session, Runnable broken) {
    this.session = session;
    this.broken = broken;
  }

  /** Lays the wire; nothing when it lies already. Returns at once. */
  void arm() {
    if (armed.compareAndSet(false, true)) {
      Thread _ = Thread.ofVirtual().name("tripwire").start(() -> hold());
    }
  }

  private void hold() {
    try {
      while (true) {
        session.call(LONGER, s -> s.execute(SLEEP));
      }
    } catch (SQLException _) {
      // Broken: that is what it is for. A login that failed looks the same, and harms as little.
    } finally {
      armed.set(false);
    }
    broken.run();
  }
}
