package io.mysqlmmm.agent.orders;

import io.mysqlmmm.agent.Deadline;
import io.mysqlmmm.agent.process.MysqldProcess;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.Mysqld.Running;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure that this host acknowledges nothing more, in S19's order: VIP off, super_read_only
 * within a bound, client connections ended; or else mysqld dead. The durable record is the caller's
 * and comes first. Semi-sync stays as it is, and nothing polite is sent: either would acknowledge
 * what the peer does not have (seen).
 */
public final class Fence {
  private static final Logger log = LoggerFactory.getLogger(Fence.class);
  private static final Duration DYING = Duration.ofSeconds(2);

  /** A server that has not answered for so long is not asked once more, which takes 1 to 2 s. */
  private static final Duration HOPELESS = Duration.ofSeconds(2);

  private final Host host;
  private final MysqldProcess process;

  public Fence(Host host, MysqldProcess process) {
    this.host = host;
    this.process = process;
  }

  /** Done when nothing is acknowledged here any more; takes {@code bound}, or two seconds more. */
  Outcome fence(Duration bound) {
    var network = host.vips().reconcile();
    Mysqld known = host.mysql().known();
    boolean hopeless =
        known instanceof Mysqld.Unresponsive(String _, long millis) && millis > HOPELESS.toMillis();
    Outcome closed =
        switch (hopeless ? known : host.mysql().observe()) {
          case Mysqld.Absent _, Mysqld.Starting _ -> Outcome.DONE;
          case Mysqld.Unresponsive(String cause, long _) -> kill("it does not answer: " + cause);
          case Running _ -> close(bound);
        };
    return closed instanceof Outcome.Done
            && host.keeper().kept().writerVips().stream().anyMatch(network.vips()::contains)
        ? new Outcome.Failed("the writer's IP is still here: " + network.problem())
        : closed;
  }

  private Outcome close(Duration bound) {
    Deadline deadline = Deadline.in(bound, host.ticker());
    try {
      host.mysql().setReadOnly(bound);
      int _ = host.mysql().killClients(deadline.left());
      return host.mysql().observe() instanceof Running now && now.superReadOnly()
          ? Outcome.DONE
          : kill("super_read_only was set and is not seen");
    } catch (SQLException e) {
      return host.mysql().observe() instanceof Running now && now.superReadOnly()
          ? Outcome.DONE
          : kill("super_read_only cannot be had: " + e.getMessage());
    }
  }

  /** SIGKILL; done when the process can do nothing any more. */
  Outcome kill(String why) {
    OptionalLong pid = process.find();
    if (pid.isEmpty()) {
      return Outcome.DONE;
    }
    log.warn("mysqld is killed: {}", why);
    process.kill(pid.getAsLong());
    Deadline deadline = Deadline.in(DYING, host.ticker());
    try {
      while (!process.gone(pid.getAsLong()) && !deadline.over()) {
        Thread.sleep(5);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    Mysqld _ = host.mysql().observe();
    return process.gone(pid.getAsLong())
        ? Outcome.DONE
        : new Outcome.Failed("SIGKILL was sent to mysqld, and it is still there");
  }
}
