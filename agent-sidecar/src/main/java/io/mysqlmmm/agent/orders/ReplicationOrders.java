package io.mysqlmmm.agent.orders;

import io.mysqlmmm.agent.Deadline;
import io.mysqlmmm.shared.agent.AgentRules.Ruling;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.Mysqld.Channel;
import io.mysqlmmm.shared.agent.Mysqld.Running;
import io.mysqlmmm.shared.agent.Mysqld.ThreadState;
import io.mysqlmmm.shared.agent.Order.Await;
import io.mysqlmmm.shared.agent.Order.Hold;
import io.mysqlmmm.shared.agent.Order.Promise;
import io.mysqlmmm.shared.agent.Order.Replicate;
import io.mysqlmmm.shared.agent.Order.Source;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/** Orders about following another host. */
final class ReplicationOrders {
  /** How long threads that were started are given to show that they run. */
  private static final Duration CONNECTING = Duration.ofSeconds(2);

  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Host host;
  private final Drain drain;

  ReplicationOrders(Host host) {
    this.host = host;
    this.drain = new Drain(host.mysql());
  }

  /**
   * Promotion, step 1: durable, then the receiver stops. A mysqld that is gone receives nothing.
   */
  Outcome promise(Promise order, Deadline deadline)
      throws IOException, SQLException, InterruptedException {
    return Obeying.obey(
        host.keeper(),
        order,
        () -> {
          Mysqld seen = host.mysql().observe();
          if (seen instanceof Running running && isReceiving(running)) {
            host.mysql().stopReceiver(deadline.left());
            seen = host.mysql().observe();
          }
          return switch (seen) {
            case Running now when isReceiving(now) ->
                new Outcome.Failed("the receiver thread was stopped and still runs");
            case Running _, Mysqld.Absent _ -> Outcome.DONE;
            case Mysqld.Starting _ -> new Outcome.Failed("mysqld is starting");
            case Mysqld.Unresponsive(String cause, long _) ->
                new Outcome.Failed("mysqld does not answer: " + cause);
          };
        });
  }

  private static boolean isReceiving(Running running) {
    return running.channel().map(c -> c.io() != ThreadState.OFF).orElse(false);
  }

  /** Only waits, so it records nothing: an fsync would lie in the path of each switch. */
  Outcome await(Await order, Deadline deadline) throws SQLException {
    if (host.keeper().rule(order) instanceof Ruling.Refuse refuse) {
      return new Outcome.Refused(refuse);
    }
    if (!(host.mysql().observe() instanceof Running running)) {
      return new Outcome.Failed("mysqld is not running");
    }
    if (running.executed().contains(order.gtids())) {
      return Outcome.DONE;
    }
    if (running
        .channel()
        .filter(c -> c.sql() == ThreadState.OFF && c.error().isEmpty())
        .isPresent()) {
      // After a restart of mysqld nothing is applied by itself (S20).
      host.mysql().startApplier(deadline.left());
    }
    boolean applied = host.mysql().awaitApplied(order.gtids(), deadline.left());
    return applied && host.mysql().observe() instanceof Running
        ? Outcome.DONE
        : new Outcome.Failed("not all of it was applied in time");
  }

  /**
   * Points the channel at the source and starts it; a drained relay log is a condition (S18). It is
   * not even recorded while mysqld is gone: the record says that what is there was judged, and one
   * that was killed while commits waited has the end of its binlog still to be cut off.
   */
  Outcome replicate(Replicate order, Deadline deadline)
      throws IOException, SQLException, InterruptedException {
    if (!(host.mysql().observe() instanceof Running)) {
      return new Outcome.Failed("mysqld is not running");
    }
    return Obeying.obey(
        host.keeper(),
        order,
        () -> {
          if (!(host.mysql().observe() instanceof Running running)) {
            return new Outcome.Failed("mysqld is not running");
          }
          if (!running.superReadOnly() && !host.duty().mayWrite(running)) {
            // Sessions may wait here for an acknowledgement that nobody may give any more.
            return new Outcome.Failed("mysqld is not read-only, and is not the writer");
          }
          Outcome pointed = pointAt(order.source(), running, deadline);
          if (!(pointed instanceof Outcome.Done)) {
            return pointed;
          }
          host.duty().follow(order.target().epoch());
          return untilRunning(deadline);
        });
  }

  private Outcome pointAt(Source source, Running running, Deadline deadline)
      throws IOException, SQLException {
    if (host.keeper().relayMayBeTorn()) {
      return pointAnew(source, running, deadline);
    }
    if (running.channel().isPresent() && host.mysql().follows(source, deadline.left())) {
      if (!running.channel().get().running()) {
        start(deadline);
      }
      return Outcome.DONE;
    }
    boolean delayed =
        !source.delay().isZero()
            || (running.channel().isPresent() && !host.mysql().delay(deadline.left()).isZero());
    if (delayed) {
      // Never promoted, so what it has received and not applied is nobody's only copy.
      return pointAnew(source, running, deadline);
    }
    Outcome drained = drain.receiveNoMoreAndApply(deadline);
    if (!(drained instanceof Outcome.Done)) {
      return drained;
    }
    if (running.channel().isPresent()) {
      host.mysql().stopReplica(deadline.left());
    }
    if (!(host.mysql().observe() instanceof Running now)
        || !now.executed().contains(now.received())) {
      return new Outcome.Failed("the relay log is not applied yet, and would be lost");
    }
    host.mysql().follow(source, deadline.left());
    start(deadline);
    return Outcome.DONE;
  }

  /** With an empty relay log: what was received and not applied is received once more. */
  private Outcome pointAnew(Source source, Running running, Deadline deadline)
      throws IOException, SQLException {
    if (running.channel().isPresent()) {
      host.mysql().stopReplica(deadline.left());
    }
    host.mysql().follow(source, deadline.left());
    start(deadline);
    return Outcome.DONE;
  }

  /**
   * What is acknowledged from now on is in a relay log of this boot; that is on disk before, or the
   * next order would take what was acknowledged for torn.
   */
  private void start(Deadline deadline) throws IOException, SQLException {
    host.keeper().receives();
    host.mysql().startReplica(deadline.left());
  }

  /** Both threads on; or still connecting, without an error, when there is no more time. */
  private Outcome untilRunning(Deadline deadline) throws InterruptedException {
    Deadline patience = Deadline.in(CONNECTING, host.ticker());
    while (true) {
      if (!(host.mysql().observe() instanceof Running running) || running.channel().isEmpty()) {
        return new Outcome.Failed("mysqld went away while replication was started");
      }
      Channel channel = running.channel().get();
      if (channel.running()) {
        return Outcome.DONE;
      }
      if (patience.over() || deadline.over() || !channel.error().isEmpty()) {
        return channel.error().isEmpty()
                && channel.sql() == ThreadState.ON
                && channel.io() == ThreadState.CONNECTING
            ? Outcome.DONE
            : new Outcome.Failed(
                "replication does not run (receiver %s, applier %s): %s"
                    .formatted(channel.io(), channel.sql(), channel.error()));
      }
      Thread.sleep(PAUSE);
    }
  }

  Outcome hold(Hold order, Deadline deadline)
      throws IOException, SQLException, InterruptedException {
    return Obeying.obey(
        host.keeper(),
        order,
        () -> {
          if (!(host.mysql().observe() instanceof Running running)) {
            return new Outcome.Failed("mysqld is not running");
          }
          if (isStopped(running)) {
            return Outcome.DONE;
          }
          host.mysql().stopReplica(deadline.left());
          return host.mysql().observe() instanceof Running now && isStopped(now)
              ? Outcome.DONE
              : new Outcome.Failed("replication was stopped and still runs");
        });
  }

  private static boolean isStopped(Running running) {
    return running
        .channel()
        .map(c -> c.io() == ThreadState.OFF && c.sql() == ThreadState.OFF)
        .orElse(true);
  }
}
