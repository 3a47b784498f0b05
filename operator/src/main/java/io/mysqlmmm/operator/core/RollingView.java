package io.mysqlmmm.operator.core;

import io.mysqlmmm.operator.core.PodsSeen.Pod;
import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Mysqld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Facts of hosts that a rollout asks for. */
record RollingView(Snapshot seen, PodsSeen pods, RollingMemory memory) {

  private Optional<Pair> pair() {
    return seen.ledger().map(ledger -> Pair.of(seen, ledger));
  }

  /** Replicas, the standby, the writer's host; without those that left the spec. */
  List<String> order() {
    List<String> hosts = new ArrayList<>();
    for (Topology.Host host : seen.topology().hosts()) {
      if (host.kind() == Topology.Kind.REPLICA && !pods.leaving().contains(host.name())) {
        hosts.add(host.name());
      }
    }
    List<String> masters = seen.topology().masters().stream().map(Topology.Host::name).toList();
    masters.stream().filter(host -> !isWriter(host)).forEach(hosts::add);
    masters.stream().filter(this::isWriter).forEach(hosts::add);
    return hosts;
  }

  /** Whether the role is being moved, or somebody has asked for it. */
  boolean isMoving() {
    return seen.move().isPresent() || seen.request().filter(r -> !r.byOperator()).isPresent();
  }

  boolean isWriter(String host) {
    return seen.ledger().filter(l -> l.writer().equals(host)).isPresent();
  }

  boolean writerServes() {
    return pair().filter(Pair::writerServes).isPresent();
  }

  /** Whether the peer is about to take over from a writer that does not serve, or may be. */
  boolean peerMayTakeOver() {
    return pair().filter(Pair::peerPromotable).isPresent();
  }

  /**
   * Whether a host does its part: the writer serves, the standby is in sync and replicates, a
   * replica runs (what it lacks does not endanger the pair).
   */
  boolean isInPlace(String host) {
    if (pair().isEmpty() || pods.pod(host).filter(p -> p.ready() && !p.ending()).isEmpty()) {
      return false;
    }
    Pair pair = pair().get();
    if (isWriter(host)) {
      return pair.writerServes();
    }
    return seen.topology().host(host).kind() == Topology.Kind.REPLICA
        ? seen.running(host).isPresent()
        : !pair.ledger().solo() && pair.isInSync(host) && pair.replicates(host, pair.writer());
  }

  /** Whether its server does not come up as it is. */
  boolean isStuck(String host) {
    return seen.running(host).isEmpty()
        && (memory.startError(host).isPresent()
            || pods.pod(host).flatMap(Pod::problem).isPresent());
  }

  /** Whether its agent cannot be heard where the spec says that the host is. */
  boolean isElsewhere(String host) {
    return seen.silentFor(host).compareTo(seen.topology().timing().leaseTtl()) > 0;
  }

  Optional<String> replicationError(String host) {
    return seen.running(host)
        .flatMap(Mysqld.Running::channel)
        .map(Mysqld.Channel::error)
        .filter(error -> !error.isEmpty());
  }

  String reason(String host) {
    String reason = seen.life(host).reason();
    return reason.isEmpty() ? "it catches up" : reason;
  }

  /** No IP is on it: seen so, or silent for longer than the kernel keeps one. */
  boolean holdsNothing(String host) {
    Duration kept = seen.topology().timing().leaseTtl().plusSeconds(1);
    return seen.agent(host)
            .map(AgentState::network)
            .filter(network -> network.vips().isEmpty())
            .isPresent()
        || seen.silentFor(host).compareTo(kept) > 0;
  }
}
