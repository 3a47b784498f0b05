package io.mysqlmmm.operator.core;

import io.mysqlmmm.operator.core.Command.WriteLedger;
import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.Standing;
import io.mysqlmmm.shared.ledger.Ledger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * No ledger: the pair is new, or its ledger was lost. Only both masters' words together tell which
 * (S6); one alone proves nothing.
 */
public final class Bootstrap {
  /**
   * How far above what the agents have seen a rebuilt ledger begins. One would do if each ledger
   * had been seen; but claims and designations may have been lost with it before an agent heard of
   * them, and their orders may still be under way (docs/decisions/008). Each takes a leader some
   * seconds.
   */
  private static final long LEAP = 10_000;

  /**
   * How long after the loss both must have spoken: the longest budget of an order is 5 s, and its
   * sender waits a second more. Before that an ACTIVATE may still arrive, whose writes the words
   * heard know nothing of. The writer goes on meanwhile.
   */
  private static final Duration SETTLING = Duration.ofSeconds(7);

  private Bootstrap() {}

  static Decision decide(Snapshot seen) {
    List<Topology.Host> masters = seen.topology().masters();
    String missing =
        masters.stream()
            .filter(host -> isMissing(seen, host.name()))
            .map(host -> "%s: %s".formatted(host.name(), whatIsMissing(seen, host)))
            .collect(Collectors.joining("; of "));
    if (!missing.isEmpty()) {
      return Decision.wait(Verdict.AWAITING_BOTH_MASTERS, "waiting for mysqld of " + missing);
    }
    Map<String, String> foreign = foreignIps(seen);
    if (!foreign.isEmpty()) {
      return Decision.wait(
          Verdict.IP_IN_USE,
          "virtual IPs are used by other machines: %s; free them or choose others in spec.roles"
              .formatted(foreign));
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
    return rebuild(seen, one, two);
  }

  /**
   * Those that answer, and are held by no host of the pair: when a ledger is lost, hosts hold their
   * IPs.
   */
  private static Map<String, String> foreignIps(Snapshot seen) {
    Map<String, String> foreign = new TreeMap<>(seen.ipsInUse());
    foreign.keySet().removeAll(seen.readers().keySet());
    for (Topology.Host host : seen.topology().hosts()) {
      seen.agent(host.name())
          .map(AgentState::network)
          .ifPresent(network -> foreign.keySet().removeAll(network.vips()));
    }
    return foreign;
  }

  private static boolean isMissing(Snapshot seen, String host) {
    return seen.running(host).isEmpty() && seen.agent(host).filter(StartCare::waits).isEmpty();
  }

  private static String whatIsMissing(Snapshot seen, Topology.Host host) {
    return switch (seen.agents().get(host.name())) {
      case null -> "its agent was not asked yet";
      case Reading.Unreachable<AgentState> unreachable ->
          "its agent does not answer (" + unreachable.cause() + ")";
      case Reading.Known<AgentState> known ->
          switch (known.value().mysqld()) {
            case Mysqld.Absent absent -> absent.startError().orElse(absent.cause());
            case Mysqld.Starting _ -> "it is starting";
            case Mysqld.Unresponsive unresponsive -> unresponsive.cause();
            case Mysqld.Running _ -> "it runs";
          };
    };
  }

  private static Decision designateFirst(Snapshot seen, AgentState one, AgentState two) {
    Optional<String> adopted = seen.topology().adopted();
    if (adopted.isPresent()) {
      return adopt(seen, one.host().equals(adopted.get()) ? one : two);
    }
    for (Topology.Host host : seen.topology().hosts()) {
      // A replica may have what both masters lost.
      if (seen.running(host.name()).filter(m -> !m.executed().isEmpty()).isPresent()) {
        return Decision.wait(
            Verdict.UNKNOWN_DATA,
            "%s has data that this operator did not make; it is left alone".formatted(host.name()));
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

  /** The data set that a person named; the others are new, and hold nothing. */
  private static Decision adopt(Snapshot seen, AgentState writer) {
    Optional<String> obstacle = Adoption.obstacle(seen, writer.host());
    return obstacle.isPresent()
        ? Decision.wait(Verdict.UNKNOWN_DATA, obstacle.get())
        : Decision.act(
            Verdict.DESIGNATING,
            "the data set of %s is adopted: it is the first writer".formatted(writer.host()),
            new WriteLedger(Ledger.first(writer.host(), writer.standing().serverUuid())));
  }

  /** S6: epoch and version above all that may be, in sync the last active writer alone. */
  private static Decision rebuild(Snapshot seen, AgentState one, AgentState two) {
    Duration settled = seen.lostSince().orElse(seen.now()).plus(SETTLING);
    for (AgentState agent : List.of(one, two)) {
      if (!heardSince(seen, agent.host(), settled)) {
        return new Decision(
            Verdict.AWAITING_BOTH_MASTERS,
            "the ledger is lost: waiting until no order given under it can be under way",
            List.of(),
            Optional.of(Duration.ofSeconds(1)));
      }
    }
    for (AgentState agent : List.of(one, two)) {
      if (agent.standing().versionSeen() == 0) {
        // It may have been the last writer, with a disk that is gone.
        return Decision.wait(
            Verdict.UNKNOWN_DATA,
            "there is no ledger, and the data set of %s is new: which host wrote last is not known"
                .formatted(agent.host()));
      }
    }
    AgentState writer = one.standing().activeEpoch() >= two.standing().activeEpoch() ? one : two;
    if (writer.standing().activeEpoch() == 0) {
      return Decision.wait(
          Verdict.UNKNOWN_DATA, "there is no ledger and no host remembers having been the writer");
    }
    long version =
        LEAP
            + Math.max(
                seen.newestLedger().map(Ledger::version).orElse(0L),
                Math.max(one.standing().versionSeen(), two.standing().versionSeen()));
    long epoch =
        LEAP
            + Math.max(
                seen.newestLedger().map(Ledger::epoch).orElse(0L),
                Math.max(highest(one.standing()), highest(two.standing())));
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

  private static boolean heardSince(Snapshot seen, String host, Duration then) {
    return seen.agents().get(host) instanceof Reading.Known<AgentState>(var _, var at)
        && at.compareTo(then) >= 0;
  }

  /** The newest epoch that an agent has heard of. */
  public static long highest(Standing standing) {
    return Math.max(standing.activeEpoch(), Math.max(standing.promised(), standing.released()));
  }
}
