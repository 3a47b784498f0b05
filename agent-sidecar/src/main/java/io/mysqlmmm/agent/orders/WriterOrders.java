package io.mysqlmmm.agent.orders;

import io.mysqlmmm.agent.Deadline;
import io.mysqlmmm.shared.agent.AgentRules.Ruling;
import io.mysqlmmm.shared.agent.AgentState.NetworkState;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.Mysqld.Running;
import io.mysqlmmm.shared.agent.Order.Activate;
import io.mysqlmmm.shared.agent.Order.Lease;
import io.mysqlmmm.shared.agent.Order.Release;
import io.mysqlmmm.shared.agent.Order.Solo;
import io.mysqlmmm.shared.agent.WriteMode;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;

/** Orders about writing: to begin, to end, and whether commits wait for the peer. */
final class WriterOrders {
  /** For a fence: long for a server that can be made read-only at all (9 ms seen). */
  private static final Duration FENCE = Duration.ofMillis(500);

  private static final Duration PAUSE = Duration.ofMillis(10);

  /** How often trouble with the IPs is looked at again, before the order has failed. */
  private static final int TRIES = 20;

  private final Host host;
  private final Drain drain;
  private final Fence fence;

  WriterOrders(Host host, Fence fence) {
    this.host = host;
    this.fence = fence;
    this.drain = new Drain(host.mysql());
  }

  /**
   * S19, MMM's order. Semi-sync stays as it is: switching it off would acknowledge what the peer
   * does not have.
   */
  Outcome release(Release order, Deadline deadline)
      throws IOException, SQLException, InterruptedException {
    return Obeying.obey(
        host.keeper(), order, () -> order.kill() ? fence.fence(FENCE) : releaseAsked(deadline));
  }

  private Outcome releaseAsked(Deadline deadline) throws SQLException {
    return switch (host.mysql().observe()) {
      case Mysqld.Absent _ -> vipOff();
      case Mysqld.Starting _ -> failedButVipOff("mysqld is starting");
      case Mysqld.Unresponsive(String cause, long _) ->
          failedButVipOff("mysqld does not answer: " + cause);
      case Running _ -> releaseRunning(deadline);
    };
  }

  private Outcome releaseRunning(Deadline deadline) throws SQLException {
    try {
      host.mysql().setReadOnly(deadline.share(2, 3));
    } catch (SQLTimeoutException e) {
      return failedButVipOff(
          "super_read_only %s: %s".formatted(e.getMessage(), host.mysql().blockers()));
    }
    int _ = host.mysql().killClients(deadline.left());
    Outcome off = vipOff();
    return host.mysql().observe() instanceof Running now && !now.superReadOnly()
        ? new Outcome.Failed("super_read_only was set and is off again")
        : off;
  }

  private Outcome vipOff() {
    NetworkState network = host.vips().reconcile();
    return host.keeper().kept().writerVips().stream().anyMatch(network.vips()::contains)
        ? new Outcome.Failed("the writer's IP is still here: " + network.problem())
        : Outcome.DONE;
  }

  private Outcome failedButVipOff(String reason) {
    NetworkState _ = host.vips().reconcile();
    return new Outcome.Failed(reason);
  }

  /** Promotion, step 5. */
  Outcome activate(Activate order, Deadline deadline)
      throws IOException, SQLException, InterruptedException {
    if (host.keeper().rule(order) instanceof Ruling.Refuse refuse) {
      return new Outcome.Refused(refuse);
    }
    if (host.duty().fenced()) {
      return new Outcome.Failed("mysqld is being stopped");
    }
    if (!(host.mysql().observe() instanceof Running running)) {
      return new Outcome.Failed("mysqld is not running");
    }
    if (!isActive(order, running)) {
      long older = order.target().epoch() - 1;
      host.keeper().change(s -> s.promising(older));
      Outcome drained = drain.receiveNoMoreAndApply(deadline);
      if (drained instanceof Outcome.Failed) {
        return drained;
      }
    }
    return Obeying.obey(
        host.keeper(),
        order,
        kept -> kept.activated(order.vips(), order.lossless()),
        () -> becomeWriter(order, deadline));
  }

  private boolean isActive(Activate order, Running running) {
    return host.keeper().standing().activeIn(order.target().epoch()) && !running.superReadOnly();
  }

  private Outcome becomeWriter(Activate order, Deadline deadline)
      throws IOException, SQLException, InterruptedException {
    boolean waits = order.mode() == WriteMode.PAIRED && order.lossless();
    awaitLease(deadline);
    if (!(host.mysql().observe() instanceof Running before) || !host.duty().mayWrite(before)) {
      return new Outcome.Failed(
          host.duty().lapsed()
              ? "the operator's vote came too late: there is no lease"
              : "mysqld is not there any more, or is being stopped");
    }
    if (before.semiSync().source() != waits) {
      host.mysql().setSemiSyncSource(waits, deadline.left());
    }
    host.leaseFile().tell();
    if (before.superReadOnly()) {
      host.mysql().setWritable(deadline.left());
    }
    if (!(host.mysql().observe() instanceof Running now)
        || now.superReadOnly()
        || now.semiSync().source() != waits) {
      return new Outcome.Failed("mysqld was made writable and does not show it");
    }
    NetworkState network = host.vips().reconcile();
    int troubled = 0;
    while (!network.vips().containsAll(order.vips()) && troubled < TRIES && !deadline.over()) {
      // The drain took a part of the lease, or the kernel was slow: the next votes are on their
      // way.
      Thread.sleep(PAUSE);
      network = host.vips().reconcile();
      troubled += network.problem().isEmpty() ? 0 : 1;
    }
    return network.vips().containsAll(order.vips())
        ? Outcome.DONE
        : new Outcome.Failed("the writer's IP is not held: " + network.problem());
  }

  /** The vote that came with the order may have grown old while the relay log was applied. */
  private void awaitLease(Deadline deadline) throws InterruptedException {
    while (host.duty().lapsed() && !deadline.over()) {
      Thread.sleep(PAUSE);
    }
  }

  /** S14: durable, then semi-sync off, which rightly lets waiting sessions go. */
  Outcome solo(Solo order, Deadline deadline)
      throws IOException, SQLException, InterruptedException {
    return Obeying.obey(host.keeper(), order, () -> semiSync(false, deadline));
  }

  /** S15: semi-sync on, then durable, then the lease taken up, then confirmed. */
  Outcome lease(Lease order, Deadline deadline)
      throws IOException, SQLException, InterruptedException {
    if (host.keeper().rule(order) instanceof Ruling.Refuse refuse) {
      return new Outcome.Refused(refuse);
    }
    if (!host.vips().fitsLease()) {
      return new Outcome.Failed("no vote for this epoch was heard lately: there is no lease");
    }
    Outcome on = semiSync(order.lossless(), deadline);
    return on instanceof Outcome.Failed
        ? on
        : Obeying.obey(
            host.keeper(), order, kept -> kept.withLossless(order.lossless()), this::takeUpLease);
  }

  /** S12: the IP's end is within the lease before the lease is confirmed. */
  private Outcome takeUpLease() throws IOException {
    host.leaseFile().tell();
    NetworkState network = host.vips().reconcile();
    return network.problem().isEmpty()
        ? Outcome.DONE
        : new Outcome.Failed("the writer's IP could not be given its end: " + network.problem());
  }

  private Outcome semiSync(boolean wanted, Deadline deadline) throws SQLException {
    if (!(host.mysql().observe() instanceof Running before)) {
      return new Outcome.Failed("mysqld is not running");
    }
    if (before.semiSync().source() == wanted) {
      return Outcome.DONE;
    }
    host.mysql().setSemiSyncSource(wanted, deadline.left());
    return host.mysql().observe() instanceof Running now && now.semiSync().source() == wanted
        ? Outcome.DONE
        : new Outcome.Failed("semi-sync was switched and does not show it");
  }
}
