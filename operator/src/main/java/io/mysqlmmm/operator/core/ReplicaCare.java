package io.mysqlmmm.operator.core;

import io.mysqlmmm.operator.core.Command.WriteLedger;
import io.mysqlmmm.shared.agent.AgentState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * MMM's slaves: they follow the writer, compared before they are repointed (S18), and are cloned
 * when they cannot. Never in the path of a switch.
 */
final class ReplicaCare {
  private ReplicaCare() {}

  /** A write of the ledger is alone: nothing else is done in its step. */
  static List<Command> decide(Pair pair) {
    List<Command> commands = new ArrayList<>();
    for (Topology.Host host : pair.seen().topology().hosts()) {
      if (host.kind() != Topology.Kind.REPLICA) {
        continue;
      }
      for (Command command : decide(pair, host)) {
        if (command instanceof WriteLedger) {
          return List.of(command);
        }
        commands.add(command);
      }
    }
    return commands;
  }

  private static List<Command> decide(Pair pair, Topology.Host host) {
    Optional<AgentState> agent = pair.seen().agent(host.name());
    if (PeerCare.setOffline(pair, host.name())) {
      return agent.isPresent() && PeerCare.connected(pair, host.name())
          ? List.of(new Orders(pair.seen(), pair.ledger()).hold(agent.get()))
          : List.of();
    }
    Optional<CloneCare.Care> clone = CloneCare.of(pair, host.name());
    if (clone.isPresent()) {
      return clone.get().commands();
    }
    boolean follow =
        agent.isPresent()
            && pair.seen().running(host.name()).isPresent()
            && agent.get().standing().promised() < pair.ledger().epoch()
            && CloneNeed.of(pair, host.name()) == CloneNeed.NONE
            && !pair.replicates(host.name(), pair.writer());
    AgentState writer = pair.writerAgent().orElseThrow();
    return follow
        ? List.of(
            new Orders(pair.seen(), pair.ledger())
                .replicate(agent.get(), pair.writer(), writer.standing().serverUuid()))
        : List.of();
  }
}
