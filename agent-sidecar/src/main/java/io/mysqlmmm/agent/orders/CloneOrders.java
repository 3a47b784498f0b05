package io.mysqlmmm.agent.orders;

import io.mysqlmmm.agent.Board;
import io.mysqlmmm.agent.Deadline;
import io.mysqlmmm.agent.mysql.CloneServer;
import io.mysqlmmm.agent.mysql.CloneServer.Progress;
import io.mysqlmmm.agent.process.DataVolume;
import io.mysqlmmm.shared.agent.AgentRules.Ruling;
import io.mysqlmmm.shared.agent.Clone;
import io.mysqlmmm.shared.agent.Mysqld.Running;
import io.mysqlmmm.shared.agent.Order;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins a clone over this host's data set (S21). Whatever can be found out is found out before
 * anything is given up. Then it is written down that the data set serves for nothing any more;
 * {@link CloneWatch} sees to the end, also after a restart of agent or mysqld.
 */
public final class CloneOrders {
  private static final Logger log = LoggerFactory.getLogger(CloneOrders.class);
  private static final Duration QUICK = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofMillis(20);

  /** Dropping a few schemas takes about a second. */
  private static final Duration CLOSING = Duration.ofSeconds(2);

  private final Host host;
  private final Board board;
  private final CloneServer server;
  private final DataVolume volume;
  private final CloneRun run;

  CloneOrders(Host host, Board board, CloneServer server, DataVolume volume, CloneRun run) {
    this.host = host;
    this.board = board;
    this.server = server;
    this.volume = volume;
    this.run = run;
  }

  Outcome begin(Order.Clone order, Deadline deadline)
      throws IOException, SQLException, InterruptedException {
    if (host.keeper().rule(order) instanceof Ruling.Refuse refuse) {
      return new Outcome.Refused(refuse);
    }
    if (host.keeper().kept().lastClone().filter(Clone::running).isPresent()) {
      return Outcome.DONE;
    }
    if (!(host.mysql().observe() instanceof Running running)) {
      return new Outcome.Failed("mysqld is not running");
    }
    Optional<String> obstacle = obstacle(order, running);
    if (obstacle.isPresent()) {
      return new Outcome.Failed(obstacle.get());
    }
    // CloneWatch must not take for cut off what is only about to begin.
    run.expect();
    try {
      return begin(order, running, deadline);
    } finally {
      run.expectNoMore();
    }
  }

  private Outcome begin(Order.Clone order, Running running, Deadline deadline)
      throws IOException, InterruptedException {
    Clone begun =
        Clone.begun(
            order.donor(),
            running.serverUuid(),
            order.requestedAt(),
            host.keeper().standing().cloneGuard().replacing(),
            Instant.now());
    Ruling ruling =
        host.keeper().obey(order, kept -> kept.withRoles(List.of(), kept.managed()).cloning(begun));
    if (ruling instanceof Ruling.Refuse refuse) {
      return new Outcome.Refused(refuse);
    }
    board.lastClone(begun);
    log.warn(
        "the data set {} is given up and cloned from {} ({})",
        begun.over(),
        begun.donor(),
        order.donor().address());
    return perform(order, begun, deadline);
  }

  /** What is in the way; nothing was given up yet. */
  private Optional<String> obstacle(Order.Clone order, Running running)
      throws IOException, SQLException {
    if (!running.superReadOnly()) {
      return Optional.of("mysqld is not read-only");
    }
    if (!series(order.version()).equals(series(running.version()))) {
      return Optional.of(
          "mysqld is %s here and %s on %s: only the same series can be cloned"
              .formatted(running.version(), order.version(), order.donor().host()));
    }
    if (!server.plugin(QUICK)) {
      return Optional.of(
          "mysqld runs without its plugin clone: it is loaded when mysqld starts with the my.cnf of"
              + " this operator, and mysql_clone.so has to be in the image");
    }
    long room = volume.free() + volume.used();
    return order.bytes() > room
        ? Optional.of(
            "the volume is too small: the data of %s take %d MiB, there is room for %d MiB"
                .formatted(order.donor().host(), order.bytes() >> 20, room >> 20))
        : Optional.empty();
  }

  /** 9.7 of 9.7.4-2. */
  private static String series(String version) {
    String[] parts = version.split("[.]", 3);
    return parts.length < 2 ? version : parts[0] + "." + parts[1];
  }

  private Outcome perform(Order.Clone order, Clone begun, Deadline deadline)
      throws IOException, InterruptedException {
    try {
      var _ = host.vips().reconcile();
      host.mysql().stopReplica(deadline.left());
      server.prepare(order, deadline.left());
      int _ = host.mysql().killClients(deadline.left());
      run.start(order.donor());
      awaitClosable(begun, Deadline.in(CLOSING, host.ticker()));
    } catch (SQLException e) {
      if (!run.running()) {
        fail(begun, String.valueOf(e.getMessage()));
        return new Outcome.Failed(String.valueOf(e.getMessage()));
      }
      log.warn("after the beginning of the clone: {}", e.getMessage());
    }
    return Outcome.DONE;
  }

  /** Closes the server when it may be closed; for what takes longer CloneWatch does it. */
  private void awaitClosable(Clone begun, Deadline patience)
      throws SQLException, InterruptedException {
    while (run.open() && !patience.over()) {
      Progress now = server.progress(QUICK);
      if (now.mayClose() && CloneWatch.isOf(now, begun)) {
        run.close();
      } else {
        Thread.sleep(PAUSE);
      }
    }
    if (!run.open()) {
      host.mysql().setReadOnly(QUICK);
    }
  }

  private void fail(Clone begun, String why) throws IOException {
    Clone failed = begun.failed(why, false, Instant.now());
    host.keeper().cloned(failed, failed.dropped());
    board.lastClone(failed);
  }
}
