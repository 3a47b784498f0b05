package io.mysqlmmm.agent.orders;

import io.mysqlmmm.agent.Deadline;
import io.mysqlmmm.agent.process.MysqldProcess;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.Mysqld.Running;
import io.mysqlmmm.shared.agent.Standing;
import io.mysqlmmm.shared.agent.WriteMode;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fences this host before its mysqld is stopped politely: a stop with sessions that wait for the
 * peer would acknowledge what the peer does not have (seen). In the order of S19's fence: durable
 * record, VIP off, super_read_only within its bound, connections killed; else SIGKILL. A solo
 * writer records nothing: nobody else may be promoted, and it goes on after the restart.
 */
public final class StopFence {
  private static final Logger log = LoggerFactory.getLogger(StopFence.class);
  private static final Duration BOUND = Duration.ofSeconds(3);
  private static final Duration KILLING = Duration.ofSeconds(2);

  private final Host host;
  private final Actions actions;
  private final MysqldProcess process;

  public StopFence(Host host, Actions actions, MysqldProcess process) {
    this.host = host;
    this.actions = actions;
    this.process = process;
  }

  /** Returns when nothing is acknowledged here any more, within 5 s or so. */
  public void fence(String why) {
    log.info("fencing: {}", why);
    Deadline deadline = Deadline.in(BOUND, host.ticker());
    host.duty().fence();
    boolean recorded = record();
    var _ = host.vips().reconcile();
    if (!recorded || !quiet(deadline)) {
      killAndWait();
    }
  }

  /** Before the next start of mysqld. */
  public void lift() {
    host.duty().unfence();
  }

  private boolean record() {
    Standing standing = host.keeper().standing();
    if (!standing.mayWrite() || standing.mode() != WriteMode.PAIRED) {
      return true;
    }
    try {
      host.keeper().change(s -> s.releasing(s.activeEpoch()));
      return true;
    } catch (IOException e) {
      log.error("the release cannot be written down", e);
      return false;
    }
  }

  /** Whether a polite stop can do no harm now. */
  private boolean quiet(Deadline deadline) {
    boolean locked = false;
    try {
      locked = actions.lock().tryLock(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
      return locked
          && switch (host.mysql().observe()) {
            case Mysqld.Absent _, Mysqld.Starting _ -> true;
            case Mysqld.Unresponsive _ -> false;
            case Running running -> readOnly(running, deadline);
          };
    } catch (SQLException e) {
      log.warn("fencing failed: {}", e.getMessage());
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      if (locked) {
        actions.lock().unlock();
      }
    }
  }

  private boolean readOnly(Running running, Deadline deadline) throws SQLException {
    if (!running.superReadOnly()) {
      host.mysql().setReadOnly(deadline.left());
    }
    int _ = host.mysql().killClients(deadline.left());
    return host.mysql().observe() instanceof Running now && now.superReadOnly();
  }

  private void killAndWait() {
    OptionalLong pid = process.find();
    if (pid.isEmpty()) {
      return;
    }
    process.kill(pid.getAsLong());
    Deadline deadline = Deadline.in(KILLING, host.ticker());
    try {
      while (!process.gone(pid.getAsLong()) && !deadline.over()) {
        Thread.sleep(5);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    Mysqld _ = host.mysql().observe();
  }
}
