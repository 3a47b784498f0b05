package io.mysqlmmm.operator.core;

import io.mysqlmmm.operator.core.Command.Send;
import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Order;
import io.mysqlmmm.shared.agent.Order.Target;
import io.mysqlmmm.shared.agent.WriteMode;
import io.mysqlmmm.shared.gtid.GtidSet;
import io.mysqlmmm.shared.ledger.Ledger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Orders resting on one ledger, addressed to the data sets that were seen. */
final class Orders {
  /** Bound on an order in the path of a switch: many times what was seen (9 ms in all). */
  private static final Duration QUICK = Duration.ofSeconds(3);

  /** Bound on an order that may have to connect or wait for the other host. */
  private static final Duration PATIENT = Duration.ofSeconds(5);

  /** Bound on a start: the end of the binlog that is cut off may be a large transaction. */
  private static final Duration CUTTING = Duration.ofSeconds(30);

  private final Snapshot seen;
  private final Ledger ledger;

  Orders(Snapshot seen, Ledger ledger) {
    this.seen = seen;
    this.ledger = ledger;
  }

  Send promise(AgentState to, long epoch) {
    return send(to, new Order.Promise(target(to, epoch, QUICK)));
  }

  Send release(AgentState to, long epoch) {
    return send(to, new Order.Release(target(to, epoch, QUICK), false));
  }

  /** A release that kills mysqld if it must. */
  Send fence(AgentState to, long epoch) {
    return send(to, new Order.Release(target(to, epoch, QUICK), true));
  }

  Send await(AgentState to, GtidSet gtids) {
    return send(to, new Order.Await(target(to, ledger.epoch(), PATIENT), gtids));
  }

  /** At the ledger's epoch, in the way that the ledger's members allow. */
  Send activate(AgentState to) {
    WriteMode mode = ledger.solo() ? WriteMode.SOLO : WriteMode.PAIRED;
    return send(
        to,
        new Order.Activate(
            target(to, ledger.epoch(), PATIENT),
            mode,
            lossless(),
            seen.topology().writerRole().ips(),
            pairedWith(to.host()),
            to.clock()));
  }

  Send solo(AgentState to) {
    return send(to, new Order.Solo(target(to, ledger.epoch(), PATIENT)));
  }

  Send lease(AgentState to, String peerUuid) {
    return send(to, new Order.Lease(target(to, ledger.epoch(), QUICK), lossless(), peerUuid));
  }

  Send mark(AgentState to) {
    return send(to, new Order.Mark(target(to, ledger.epoch(), QUICK)));
  }

  Send replicate(AgentState to, String sourceHost, String sourceUuid) {
    Duration delay = seen.topology().host(to.host()).delay();
    return send(
        to,
        new Order.Replicate(
            target(to, ledger.epoch(), PATIENT), source(sourceHost, sourceUuid, delay)));
  }

  /** Begun only; it goes on by itself. */
  Send clone(AgentState to, AgentState donor, String requestedAt) {
    Topology.MySql mysql = seen.topology().mysql();
    return send(
        to,
        new Order.Clone(
            target(to, ledger.epoch(), CUTTING),
            source(donor.host(), donor.standing().serverUuid(), Duration.ZERO),
            seen.running(donor.host()).orElseThrow().version(),
            CloneDonor.bytes(donor),
            mysql.cloneLimits().dataMib(),
            mysql.cloneLimits().networkMib(),
            requestedAt));
  }

  /** Begun only; it goes on by itself. */
  Send backup(AgentState to, BackupRequest request) {
    return send(
        to,
        new Order.Backup(
            target(to, ledger.epoch(), PATIENT), request.name(), request.requestedAt()));
  }

  private Order.Source source(String host, String uuid, Duration delay) {
    return new Order.Source(
        host, seen.topology().host(host).address(), seen.topology().mysql().port(), uuid, delay);
  }

  Send start(AgentState to, Optional<GtidSet> keep) {
    return send(to, new Order.Start(target(to, ledger.epoch(), CUTTING), keep));
  }

  Send hold(AgentState to) {
    return send(to, new Order.Hold(target(to, ledger.epoch(), PATIENT)));
  }

  /** With IPs that have left the spec: the agent has to know them to take them off. */
  Send roles(AgentState to, List<String> readers, List<String> dropped) {
    List<String> managed = new ArrayList<>(seen.topology().managedIps());
    managed.addAll(dropped);
    return send(to, new Order.Roles(target(to, ledger.epoch(), QUICK), readers, managed));
  }

  Send settings(AgentState to, List<Order.Setting> settings) {
    return send(to, new Order.Settings(target(to, ledger.epoch(), PATIENT), settings));
  }

  Send databases(AgentState to, List<Order.Database> databases) {
    return send(to, new Order.Databases(target(to, ledger.epoch(), PATIENT), databases));
  }

  /** The other member's data set; empty when there is none. */
  private String pairedWith(String writer) {
    return ledger.inSync().entrySet().stream()
        .filter(e -> !e.getKey().equals(writer))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }

  private boolean lossless() {
    return seen.topology().durability() == Topology.Durability.LOSSLESS;
  }

  private Target target(AgentState to, long epoch, Duration budget) {
    return new Target(
        seen.topology().uid(), to.standing().serverUuid(), ledger.version(), epoch, budget);
  }

  private static Send send(AgentState to, Order order) {
    return new Send(to.host(), order);
  }
}
