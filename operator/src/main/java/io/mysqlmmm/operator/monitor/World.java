package io.mysqlmmm.operator.monitor;

import io.mysqlmmm.api.v1alpha1.LastMove;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import io.mysqlmmm.api.v1alpha1.PlanStatus;
import io.mysqlmmm.api.v1alpha1.RoleStatus;
import io.mysqlmmm.operator.core.Decider;
import io.mysqlmmm.operator.core.Mark;
import io.mysqlmmm.operator.core.Move;
import io.mysqlmmm.operator.core.Plan;
import io.mysqlmmm.operator.core.Reading;
import io.mysqlmmm.operator.core.Replication;
import io.mysqlmmm.operator.core.Snapshot;
import io.mysqlmmm.operator.core.Topology;
import io.mysqlmmm.operator.core.WaitMode;
import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.BootTime;
import io.mysqlmmm.shared.agent.Order;
import io.mysqlmmm.shared.ledger.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a loop knows of its pair: gathers events and yields snapshots. Confined to the loop's
 * thread. Nothing here outlives the leader; what must is in the ledger and on the agents' disks.
 */
final class World {
  private final Map<String, Reading<AgentState>> agents = new HashMap<>();
  private final Map<String, BootTime> clocks = new HashMap<>();
  private final Map<String, Duration> troubledSince = new HashMap<>();
  private final CloneRequests clones = new CloneRequests();
  private MySQLMultiMaster resource;
  private Optional<Topology> topology = Optional.empty();
  private Optional<Move> move = Optional.empty();
  private Optional<Mark> mark = Optional.empty();
  private List<Order.Database> databases = List.of();
  private boolean databasesKnown;
  private @Nullable List<Order.Database> databasesDone;
  private Map<String, String> ipsInUse = Map.of();
  private Set<String> ipsFree = Set.of();
  private final Map<String, Long> switchedOff = new HashMap<>();
  private boolean network = true;
  private Set<String> onPurpose = Set.of();
  private Move.@Nullable Request request;
  private Duration requestSeen = Duration.ZERO;
  private Optional<Move.Request> own = Optional.empty();
  private @Nullable Duration lostSince;
  private @Nullable Ledger newestLedger;
  private final Remembered remembered = new Remembered();
  private boolean settled;
  private LedgerHistory history = new LedgerHistory();

  World(MySQLMultiMaster resource, Instant wall) {
    this.resource = resource;
    remembered.takeOver(resource.getStatus(), wall);
  }

  Remembered remembered() {
    return remembered;
  }

  /** This leader has written the status: what is remembered is its own from now on. */
  void settled() {
    settled = true;
  }

  MySQLMultiMaster resource() {
    return resource;
  }

  Optional<Topology> topology() {
    return topology;
  }

  Optional<Move> move() {
    return move;
  }

  Optional<Ledger> ledger() {
    return Ledgers.read(resource);
  }

  Optional<Reading<AgentState>> agent(String host) {
    return Optional.ofNullable(agents.get(host));
  }

  /** When an agent's last word arrived. */
  Optional<Duration> heardAt(String host) {
    return agents.get(host) instanceof Reading.Known<AgentState>(var _, var at)
        ? Optional.of(at)
        : Optional.empty();
  }

  boolean databasesKnown() {
    return databasesKnown;
  }

  /** Takes a newer version of the resource; an older one is ignored. */
  void resource(MySQLMultiMaster seen, Duration now, Instant wall) {
    if (version(seen) < version(resource)) {
      return;
    }
    long before = ledger().map(Ledger::epoch).orElse(0L);
    resource = seen;
    if (!settled) {
      remembered.takeOver(seen.getStatus(), wall);
    }
    ledger().ifPresent(l -> history.atLeast(l.version(), l.epoch()));
    if (ledger().map(Ledger::epoch).orElse(0L) != before) {
      // A new writer: everybody has the full grace to follow it.
      troubledSince.clear();
    }
    noteRequest(now);
  }

  private static long version(MySQLMultiMaster resource) {
    try {
      return Long.parseLong(resource.getMetadata().getResourceVersion());
    } catch (NumberFormatException _) {
      return Long.MAX_VALUE;
    }
  }

  /** What the operator itself wants moved; a person's request goes first. Whether it is news. */
  boolean own(Optional<Move.Request> wanted, Duration now) {
    boolean news = wanted.isPresent() && !wanted.equals(own);
    own = wanted;
    noteRequest(now);
    return news;
  }

  private void noteRequest(Duration now) {
    Move.Request asked = request();
    Move.Request wanted = asked == null ? own.orElse(null) : asked;
    if (!Objects.equals(wanted, request)) {
      request = wanted;
      requestSeen = now;
    }
  }

  /** What is asked for and was not dealt with: spec.moveRole, or the writer's IP in spec.setIp. */
  private Move.@Nullable Request request() {
    return requests().moveRole().or(() -> topology.flatMap(requests()::writerIp)).orElse(null);
  }

  /** Takes note that a request was dealt with; what is remembered from now on, for status. */
  PlanStatus dealt(Move.Request request, String outcome, Instant wall) {
    requests().asMoveRole(request).ifPresent(remembered::dealt);
    requests().asSetIp(request).ifPresent(r -> remembered.dealt(r, wall, outcome));
    return plan(wall);
  }

  /** What is remembered, for status. */
  PlanStatus plan(Instant wall) {
    Topology.Mode wanted = topology.map(Topology::mode).orElse(Topology.Mode.ACTIVE);
    return remembered.render(remembered.inForce(wanted), wall, resource.getStatus());
  }

  private Requests requests() {
    return new Requests(resource, remembered);
  }

  static Move.Request requestOf(LastMove last) {
    return new Move.Request(
        Objects.requireNonNullElse(last.role(), ""),
        Objects.requireNonNullElse(last.host(), ""),
        Objects.requireNonNullElse(last.requestedAt(), ""),
        Boolean.TRUE.equals(last.force()));
  }

  void topology(Topology valid) {
    topology = Optional.of(valid);
    Set<String> hosts = valid.hosts().stream().map(Topology.Host::name).collect(Collectors.toSet());
    agents.keySet().retainAll(hosts);
    troubledSince.keySet().retainAll(hosts);
  }

  void databases(List<Order.Database> wanted) {
    databases = List.copyOf(wanted);
    databasesKnown = true;
  }

  void databasesDone(List<Order.Database> confirmed) {
    databasesDone = confirmed;
  }

  void move(Optional<Move> now) {
    move = now;
  }

  /** Takes up a move that the last leader left in status. */
  void resumeMove(Duration now) {
    LastMove last = resource.getStatus() == null ? null : resource.getStatus().lastMove();
    if (last != null && "InProgress".equals(last.outcome()) && last.from() != null) {
      move = Optional.of(new Move(requestOf(last), last.from(), now, Optional.empty()));
    }
  }

  /** This leader wrote a ledger upon one that it had not written, or the first one. */
  void claimed(Ledger first) {
    if (first.version() == 1) {
      // Both data sets are new: nothing that was known before holds of them.
      history = new LedgerHistory();
    }
    history.claimed(first);
  }

  /** A write of the ledger did not succeed, or nobody knows. */
  void unclaimed() {
    history.unclaimed();
  }

  /** This leader gives the host an order. */
  void ordered(String host) {
    history.ordered(host);
  }

  void mark(Mark acknowledged) {
    mark = Optional.of(acknowledged);
  }

  void ipsProbed(Map<String, String> inUse, Set<String> free) {
    ipsInUse = Map.copyOf(inUse);
    ipsFree = Set.copyOf(free);
  }

  void switchedOff(String host, long epoch) {
    switchedOff.merge(host, epoch, Math::max);
  }

  /** These hosts are being taken out of service on purpose. Whether that is news. */
  boolean onPurpose(Set<String> hosts) {
    boolean news = !hosts.equals(onPurpose);
    onPurpose = Set.copyOf(hosts);
    return news;
  }

  void network(boolean answers) {
    network = answers;
  }

  /**
   * Takes an agent's word, unless a newer one of the same boot of its machine was heard, be it
   * before a silence.
   */
  void heard(AgentState state, Duration at) {
    BootTime newest = clocks.getOrDefault(state.host(), BootTime.NEVER);
    if (topology.filter(t -> t.uid().equals(state.resourceUid())).isEmpty()
        || newest.after(state.clock())) {
      return;
    }
    clocks.put(state.host(), state.clock());
    history.told(state);
    clones.heard(state, at);
    Duration latest =
        agents.get(state.host()) instanceof Reading.Known<AgentState>(var _, var last)
                && last.compareTo(at) > 0
            ? last
            : at;
    agents.put(state.host(), new Reading.Known<>(state, latest));
    // It is on again, whatever the hook said.
    switchedOff.remove(state.host());
    network = true;
  }

  void silent(String host, String cause, Duration since) {
    agents.put(host, new Reading.Unreachable<>(cause, since));
  }

  /** An agent would not, or could not, begin a clone. */
  void cloneTrouble(String host, String reason, Duration at) {
    clones.trouble(host, reason, at);
  }

  /** The snapshot for a decision now; empty while the spec was never valid. */
  Optional<Snapshot> snapshot(Duration now, Instant wall, Votes votes) {
    return topology.map(
        t -> {
          Snapshot seen = snapshot(t.in(remembered.inForce(t.mode())), now, wall, votes);
          return seen.topology().mode() == Topology.Mode.PASSIVE ? seen : judged(seen);
        });
  }

  /** The same after the hosts were looked at, and with what people asked for. */
  private Snapshot judged(Snapshot seen) {
    if (!network) {
      // MMM: while the monitor's own network is down, hosts' states stay as they are.
      return seen;
    }
    Requests requests = requests();
    requests.pinIps(seen);
    remembered.look(seen, requests.setOnline(seen.topology()), onPurpose);
    Snapshot looked = seen.planned(plan(seen.wall(), seen.topology()));
    if (seen.topology().mode() == Topology.Mode.WAIT && WaitMode.isOver(looked)) {
      remembered.endWaiting(seen.wall());
    }
    return looked;
  }

  private Plan plan(Instant wall, Topology valid) {
    return remembered.plan(wall, Memory.moved(resource.getStatus(), valid.activeMasterRole()));
  }

  private Snapshot snapshot(Topology valid, Duration now, Instant wall, Votes votes) {
    Snapshot seen =
        new Snapshot(
            now,
            valid,
            ledger(),
            Map.copyOf(agents),
            Map.of(),
            Optional.ofNullable(request()).or(() -> own),
            requestSeen,
            move,
            mark,
            readers(),
            databases,
            databases.equals(databasesDone),
            valid.hosts().stream()
                .collect(Collectors.toMap(Topology.Host::name, h -> votes.newest(h.name()))),
            Optional.empty(),
            Optional.ofNullable(newestLedger),
            ledger().isEmpty() ? ipsInUse : Map.of(),
            ipsFree,
            Map.copyOf(switchedOff),
            plan(wall, valid),
            clones.read(resource, agents),
            BackupRequests.read(resource, agents));
    for (Topology.Host host : valid.hosts()) {
      if (Replication.isBroken(seen, host.name())) {
        troubledSince.putIfAbsent(host.name(), now);
      } else {
        troubledSince.remove(host.name());
      }
    }
    noteLedger(seen);
    return seen.since(Map.copyOf(troubledSince), Optional.ofNullable(lostSince));
  }

  /**
   * A ledger is there, or is about to be written: the write may be lost together with its outcome,
   * and its numbers are not given again (S6).
   */
  void known(Ledger ledger) {
    if (newestLedger == null || ledger.version() >= newestLedger.version()) {
      newestLedger = ledger;
    }
  }

  private void noteLedger(Snapshot seen) {
    boolean lost =
        seen.ledger().isEmpty()
            || Decider.rolledBack(seen)
            || history.isNewerThan(seen.ledger().get());
    if (!lost) {
      known(seen.ledger().orElseThrow());
      lostSince = null;
    } else if (lostSince == null) {
      lostSince = seen.now();
    }
  }

  private Map<String, String> readers() {
    Map<String, String> held = new HashMap<>();
    List<RoleStatus> roles = resource.getStatus() == null ? null : resource.getStatus().roles();
    for (RoleStatus role : roles == null ? List.<RoleStatus>of() : roles) {
      for (RoleStatus.Assignment a :
          role.assignments() == null ? List.<RoleStatus.Assignment>of() : role.assignments()) {
        if (a.ip() != null && a.host() != null) {
          held.put(a.ip(), a.host());
        }
      }
    }
    return held;
  }
}
