package io.mysqlmmm.operator.core;

import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.Order;
import io.mysqlmmm.shared.ledger.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything a decision rests on, as it was at one moment.
 *
 * @param now the leader's monotonic clock, from an arbitrary origin
 * @param ledger empty: none was ever written, or it was lost
 * @param agents each host's agent
 * @param troubledSince since when a host has not been replicating as it should; absent: it is, or
 *     nothing is heard of it
 * @param request spec.moveRole when it was not dealt with yet
 * @param requestSeen when the request was first seen
 * @param move the planned move under way
 * @param mark the last acknowledged marker
 * @param readers where the balanced IPs were put last: IP to host
 * @param databases databases and users that the writer is to have
 * @param databasesDone whether the writer confirmed exactly these
 * @param votedAt when the newest clock arrived that this leader, or one before it, may have echoed
 *     to a host (S4)
 * @param lostSince since when there is no ledger, or only an old one from a backup
 * @param newestLedger the newest that this leader has known, or tried to write
 * @param ipsInUse managed IPs that answered while there is no ledger, hosts of the pair included:
 *     IP to MAC
 * @param ipsFree managed IPs of hosts that fell silent, that nobody answers for any more
 * @param switchedOff hosts that the fencing hook has switched off, each with the epoch then
 * @param plan what is remembered of states and roles
 * @param clones what is known of clones besides what the agents tell
 * @param backups people's requests for backups that were not dealt with yet, by host
 */
public record Snapshot(
    Duration now,
    Topology topology,
    Optional<Ledger> ledger,
    Map<String, Reading<AgentState>> agents,
    Map<String, Duration> troubledSince,
    Optional<Move.Request> request,
    Duration requestSeen,
    Optional<Move> move,
    Optional<Mark> mark,
    Map<String, String> readers,
    List<Order.Database> databases,
    boolean databasesDone,
    Map<String, Duration> votedAt,
    Optional<Duration> lostSince,
    Optional<Ledger> newestLedger,
    Map<String, String> ipsInUse,
    Set<String> ipsFree,
    Map<String, Long> switchedOff,
    Plan plan,
    Clones clones,
    Map<String, BackupRequest> backups) {

  /** Without a word of clones and backups. */
  public Snapshot(
      Duration now,
      Topology topology,
      Optional<Ledger> ledger,
      Map<String, Reading<AgentState>> agents,
      Map<String, Duration> troubledSince,
      Optional<Move.Request> request,
      Duration requestSeen,
      Optional<Move> move,
      Optional<Mark> mark,
      Map<String, String> readers,
      List<Order.Database> databases,
      boolean databasesDone,
      Map<String, Duration> votedAt,
      Optional<Duration> lostSince,
      Optional<Ledger> newestLedger,
      Map<String, String> ipsInUse,
      Set<String> ipsFree,
      Map<String, Long> switchedOff,
      Plan plan) {
    this(
        now,
        topology,
        ledger,
        agents,
        troubledSince,
        request,
        requestSeen,
        move,
        mark,
        readers,
        databases,
        databasesDone,
        votedAt,
        lostSince,
        newestLedger,
        ipsInUse,
        ipsFree,
        switchedOff,
        plan,
        Clones.NONE,
        Map.of());
  }

  /** The same with these hosts in trouble since then, and the ledger lost since then. */
  public Snapshot since(Map<String, Duration> since, Optional<Duration> ledgerLost) {
    return new Snapshot(
        now,
        topology,
        ledger,
        agents,
        since,
        request,
        requestSeen,
        move,
        mark,
        readers,
        databases,
        databasesDone,
        votedAt,
        ledgerLost,
        newestLedger,
        ipsInUse,
        ipsFree,
        switchedOff,
        plan,
        clones,
        backups);
  }

  /** The same with this plan. */
  public Snapshot planned(Plan next) {
    return new Snapshot(
        now,
        topology,
        ledger,
        agents,
        troubledSince,
        request,
        requestSeen,
        move,
        mark,
        readers,
        databases,
        databasesDone,
        votedAt,
        lostSince,
        newestLedger,
        ipsInUse,
        ipsFree,
        switchedOff,
        next,
        clones,
        backups);
  }

  /** Wall-clock time, for what is remembered across leaders. */
  public Instant wall() {
    return plan.wall();
  }

  /** A host's life so far. */
  public HostLife life(String host) {
    return plan.lives().lives().getOrDefault(host, HostLife.fresh(plan.wall()));
  }

  /** The agent's last word, when it is fresh. */
  public Optional<AgentState> agent(String host) {
    Reading<AgentState> reading = agents.get(host);
    return reading == null ? Optional.empty() : reading.known();
  }

  /** For how long a host's agent has not answered; zero: it does. */
  public Duration silentFor(String host) {
    return switch (agents.get(host)) {
      case null -> Duration.ZERO;
      case Reading.Known<AgentState> _ -> Duration.ZERO;
      case Reading.Unreachable<AgentState> silent -> now.minus(silent.since());
    };
  }

  /** The server on a host, when its agent says that it runs. */
  public Optional<Mysqld.Running> running(String host) {
    return agent(host)
        .flatMap(
            state ->
                state.mysqld() instanceof Mysqld.Running running
                    ? Optional.of(running)
                    : Optional.empty());
  }

  /** Whether the designated writer serves clients now. */
  public boolean writerServes() {
    return ledger.filter(l -> Pair.of(this, l).writerServes()).isPresent();
  }

  /** For how long a host has been in trouble; zero: it is not. */
  public Duration troubledFor(String host) {
    Duration since = troubledSince.get(host);
    return since == null ? Duration.ZERO : now.minus(since);
  }
}
