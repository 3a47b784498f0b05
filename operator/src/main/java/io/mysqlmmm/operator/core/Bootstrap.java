package io.mysqlmmm.operator.core;

import io.mysqlmmm.operator.core.Command.WriteLedger;
import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.Standing;
import io.mysqlmmm.shared.ledger.Ledger;
import java.util.List;
import java.util.Map;

/**
 * No ledger: the pair is new, or its ledger was lost. Only both masters' words together tell which
 * (S6); one alone proves nothing.
 */
final class Bootstrap {
  private Bootstrap() {}

  static Decision decide(Snapshot seen) {
    List<Topology.Host> masters = seen.topology().masters();
    for (Topology.Host host : masters) {
      if (seen.running(host.name()).isEmpty()) {
        return Decision.wait(
            Verdict.AWAITING_BOTH_MASTERS,
            "waiting for mysqld of %s: %s".formatted(host.name(), whatIsMissing(seen, host)));
      }
    }
    if (!seen.ipsInUse().isEmpty()) {
      return Decision.wait(
          Verdict.IP_IN_USE,
          "virtual IPs are used by other machines: %s; free them or choose others in spec.roles"
              .formatted(new java.util.TreeMap<>(seen.ipsInUse())));
    }
    for (Topology.Host host : masters) {
      String problem = seen.agent(host.name()).orElseThrow().network().problem();
      if (!problem.isEmpty()) {
        return Decision.wait(Verdict.NO_NETWORK, host.name() + ": " + problem);
      }
    }
    AgentState one = seen.agent(masters.get(0).name()).orElseThrow();
    AgentState two = seen.agent(masters.get(1).name()).orElseThrow();
    if (one.standing().untouched() && two.standing().untouched()) {
      return designateFirst(seen, one, two);
    }
    return rebuild(one, two);
  }

  private static String whatIsMissing(Snapshot seen, Topology.Host host) {
    return switch (seen.agents().get(host.name())) {
      case null -> "its agent was not asked yet";
      case Reading.Unreachable<AgentState> unreachable ->
          "its agent does not answer (" + unreachable.cause() + ")";
      case Reading.Known<AgentState> known ->
          switch (known.value().mysqld()) {
            case Mysqld.Absent absent -> absent.cause();
            case Mysqld.Starting _ -> "it is starting";
            case Mysqld.Unresponsive unresponsive -> unresponsive.cause();
            case Mysqld.Running _ -> "it runs";
          };
    };
  }

  private static Decision designateFirst(Snapshot seen, AgentState one, AgentState two) {
    for (AgentState agent : List.of(one, two)) {
      if (!seen.running(agent.host()).orElseThrow().executed().isEmpty()) {
        return Decision.wait(
            Verdict.UNKNOWN_DATA,
            "%s has data that this operator did not make; it is left alone"
                .formatted(agent.host()));
      }
    }
    Topology.Role role = seen.topology().writerRole();
    String first = role.prefer().orElse(role.hosts().getFirst());
    AgentState writer = one.host().equals(first) ? one : two;
    return Decision.act(
        Verdict.DESIGNATING,
        "both data sets are new: %s is the first writer".formatted(writer.host()),
        new WriteLedger(Ledger.first(writer.host(), writer.standing().serverUuid())));
  }

  /** S6: epoch and version the highest seen + 1, in sync the last active writer alone. */
  private static Decision rebuild(AgentState one, AgentState two) {
    AgentState writer = one.standing().activeEpoch() >= two.standing().activeEpoch() ? one : two;
    if (writer.standing().activeEpoch() == 0) {
      return Decision.wait(
          Verdict.UNKNOWN_DATA, "there is no ledger and no host remembers having been the writer");
    }
    long version = Math.max(one.standing().versionSeen(), two.standing().versionSeen()) + 1;
    long epoch = Math.max(highest(one.standing()), highest(two.standing())) + 1;
    return Decision.act(
        Verdict.DESIGNATING,
        "the ledger is rebuilt from both masters' words: %s wrote last".formatted(writer.host()),
        new WriteLedger(
            new Ledger(
                version,
                epoch,
                writer.host(),
                Map.of(writer.host(), writer.standing().serverUuid()))));
  }

  private static long highest(Standing standing) {
    return Math.max(standing.activeEpoch(), Math.max(standing.promised(), standing.released()));
  }
}
