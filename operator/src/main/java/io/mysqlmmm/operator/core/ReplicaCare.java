package io.mysqlmmm.operator.core;

import io.mysqlmmm.shared.agent.AgentState;
import java.util.List;
import java.util.Optional;

/**
 * MMM's slaves: they follow the writer, and are never in the path of a switch. One that is set to
 * another host is held first: until then it may receive there what nobody acknowledged, so only
 * what it has once it is held can be compared with the writer's (S18, docs/decisions/016). With a
 * surplus it stays held, and while somebody has set it offline.
 */
final class ReplicaCare {
  private ReplicaCare() {}

  /** The writer serves. */
  static List<Command> decide(Pair pair) {
    return pair.seen().topology().hosts().stream()
        .filter(host -> host.kind() == Topology.Kind.REPLICA)
        .filter(host -> pair.seen().running(host.name()).isPresent())
        .flatMap(host -> care(pair, pair.seen().agent(host.name()).orElseThrow()).stream())
        .toList();
  }

  private static Optional<Command> care(Pair pair, AgentState replica) {
    Orders orders = new Orders(pair.seen(), pair.ledger());
    boolean heldOut = pair.setOffline(replica.host()) || !pair.surplus(replica.host()).isEmpty();
    if (pair.connected(replica.host())
        && (heldOut || !pair.follows(replica.host(), pair.writer()))) {
      return Optional.of(orders.hold(replica));
    }
    boolean may = !heldOut && replica.standing().promised() < pair.ledger().epoch();
    return may && !pair.replicates(replica.host(), pair.writer())
        ? Optional.of(
            orders.replicate(
                replica, pair.writer(), pair.writerAgent().orElseThrow().standing().serverUuid()))
        : Optional.empty();
  }
}
