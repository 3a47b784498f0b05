package io.mysqlmmm.operator.core;

import io.mysqlmmm.operator.core.Command.WriteLedger;
import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Mysqld;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * MMM's slaves: they follow the writer, and are never in the path of a switch. One that is set to
 * another host is held first: until then it may receive there what nobody acknowledged, so only
 * what it has once it is held can be compared with the writer's (S18, docs/decisions/016). With a
 * surplus it stays held until it is cloned, and while somebody has set it offline.
 */
final class ReplicaCare {
  private ReplicaCare() {}

  /** The writer serves. A write of the ledger is alone: nothing else is done in its step. */
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
    boolean offline = pair.setOffline(host.name());
    boolean held =
        offline
            || !pair.surplus(host.name()).isEmpty()
            || !pair.follows(host.name(), pair.writer());
    if (agent.isPresent() && pair.connected(host.name()) && held) {
      return List.of(new Orders(pair.seen(), pair.ledger()).hold(agent.get()));
    }
    if (offline) {
      return List.of();
    }
    Optional<CloneCare.Care> clone = CloneCare.of(pair, host.name());
    return clone.map(CloneCare.Care::commands).orElseGet(() -> follow(pair, host, agent));
  }

  private static List<Command> follow(Pair pair, Topology.Host host, Optional<AgentState> agent) {
    boolean follow =
        agent.isPresent()
            && pair.seen().running(host.name()).isPresent()
            && agent.get().standing().promised() < pair.ledger().epoch()
            && CloneNeed.of(pair, host.name()) == CloneNeed.NONE
            && !(pair.replicates(host.name(), pair.writer()) && keepsItsDelay(pair, host));
    AgentState writer = pair.writerAgent().orElseThrow();
    return follow
        ? List.of(
            new Orders(pair.seen(), pair.ledger())
                .replicate(agent.get(), pair.writer(), writer.standing().serverUuid()))
        : List.of();
  }

  /** In whole seconds, as MySQL has it. What an older agent does not tell is not corrected. */
  private static boolean keepsItsDelay(Pair pair, Topology.Host host) {
    return pair.seen()
        .running(host.name())
        .flatMap(Mysqld.Running::channel)
        .flatMap(Mysqld.Channel::delay)
        .map(d -> d.toSeconds() == host.delay().toSeconds())
        .orElse(true);
  }
}
