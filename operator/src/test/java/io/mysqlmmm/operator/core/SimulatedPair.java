package io.mysqlmmm.operator.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Answer;
import io.mysqlmmm.shared.agent.Order;
import io.mysqlmmm.shared.gtid.GtidSet;
import io.mysqlmmm.shared.ledger.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A pair, its ledger and one operator, driven by the real decisions and the real agents' rules. The
 * invariants are checked after every single effect.
 */
final class SimulatedPair {
  static final String UID = "uid-1";
  static final String WRITER_IP = "10.0.0.100";

  final SimulatedHost db1 = new SimulatedHost("db1", "10.0.0.1", this);
  final SimulatedHost db2 = new SimulatedHost("db2", "10.0.0.2", this);
  final List<String> history = new ArrayList<>();
  GtidSet acknowledged = GtidSet.empty();
  Optional<Ledger> ledger = Optional.empty();
  Topology.Mode mode = Topology.Mode.ACTIVE;
  Optional<Move.Request> request = Optional.empty();
  Optional<Command.EndMove> ended = Optional.empty();
  Optional<Command.EndClone> endedClone = Optional.empty();
  Topology.Rejoin rejoin = Topology.Rejoin.AUTOMATIC;
  Topology.Durability durability = Topology.Durability.LOSSLESS;
  Optional<String> adopted = Optional.empty();
  final Map<String, Clones.Request> clones = new HashMap<>();
  Optional<Command.EndBackup> endedBackup = Optional.empty();
  final Map<String, BackupRequest> backups = new HashMap<>();
  private Optional<Move.Request> lastRequest = Optional.empty();
  private Duration requestSeen = Duration.ZERO;
  private Optional<Duration> lostSince = Optional.empty();
  private Optional<Move> move = Optional.empty();
  private Optional<Mark> mark = Optional.empty();

  /** Virtual IPs that another machine answers for: IP to its MAC. */
  Map<String, String> foreignIps = Map.of();

  private Lives lives = Lives.NONE;
  Topology.Policy policy = Policies.DEFAULT;
  final Map<String, String> setOnline = new HashMap<>();
  final Map<String, Plan.Pin> pins = new HashMap<>();
  final Map<String, Long> switchedOff = new HashMap<>();
  Optional<Command.SwitchOff> hook = Optional.empty();
  Optional<Plan.Moved> lastMove = Optional.empty();
  private final Map<String, Duration> troubled = new HashMap<>();
  private Duration now = Duration.ofSeconds(100);
  private boolean databasesDone;
  private long lastEpoch;

  SimulatedHost other(SimulatedHost host) {
    return host == db1 ? db2 : db1;
  }

  SimulatedHost at(String address) {
    return address.equals("10.0.0.1") ? db1 : db2;
  }

  SimulatedHost host(String name) {
    return name.equals("db1") ? db1 : db2;
  }

  /** Both servers up, the pair healthy, db1 writing. */
  static SimulatedPair healthy() {
    SimulatedPair pair = new SimulatedPair();
    pair.db1.start();
    pair.db2.start();
    pair.settle();
    assertThat(pair.lastVerdict()).isEqualTo(Verdict.HEALTHY);
    return pair;
  }

  private Verdict lastVerdict = Verdict.AWAITING_BOTH_MASTERS;

  Verdict lastVerdict() {
    return lastVerdict;
  }

  /** Decides and acts until nothing is left to do for two seconds. */
  void settle() {
    int quiet = 0;
    for (int i = 0; i < 400 && quiet < 20; i++) {
      quiet = step() ? 0 : quiet + 1;
    }
    assertThat(lastVerdict()).as("settled\n%s", String.join("\n", history)).isNotNull();
  }

  /** Decides and acts for that long. */
  void settleFor(Duration time) {
    Duration end = now.plus(time);
    while (now.compareTo(end) < 0) {
      step();
    }
  }

  /** From now on only what this host has counts as acknowledged. */
  void acceptLossTo(SimulatedHost host) {
    acknowledged = host.executed.union(host.relayed);
  }

  /** One decision, carried out; whether anything was done. Time passes, replication flows. */
  boolean step() {
    return step(Integer.MAX_VALUE);
  }

  /** One decision of which only the first commands are carried out, as if cut off then. */
  boolean step(int commands) {
    now = now.plusMillis(100);
    if (!request.equals(lastRequest)) {
      lastRequest = request;
      requestSeen = now;
    }
    flow();
    if (request.isEmpty() && move.isEmpty() && mode != Topology.Mode.PASSIVE) {
      request =
          OwnMoves.wanted(snapshot(), true).map(w -> Move.Request.byOperator("writer", w.to()));
    }
    Decision decision = Decider.decide(snapshot());
    lastVerdict = decision.verdict();
    if (!decision.commands().isEmpty()) {
      history.add(decision.verdict() + " " + decision.because());
    }
    decision.commands().stream().limit(commands).forEach(this::execute);
    flow();
    check();
    return !decision.commands().isEmpty();
  }

  /** The operator is replaced: what it only remembered is gone. */
  void newOperator() {
    move = move.map(m -> new Move(m.request(), m.from(), now, Optional.empty()));
    mark = Optional.empty();
    troubled.clear();
    databasesDone = false;
    ledger = ledger.map(Ledger::claimed);
  }

  /** An old ledger comes back from a backup, and its leader claims it. */
  void restore(Ledger old) {
    ledger = Optional.of(old.claimed());
    lastEpoch = old.epoch();
  }

  void commit() {
    for (SimulatedHost host : List.of(db1, db2)) {
      host.commit().ifPresent(g -> acknowledged = acknowledged.union(g));
    }
    check();
  }

  private void flow() {
    db1.receiveFrom(db2);
    db2.receiveFrom(db1);
    db1.apply();
    db2.apply();
  }

  private void execute(Command command) {
    history.add("  " + command);
    switch (command) {
      case Command.WriteLedger(var next) -> ledger = Optional.of(next);
      case Command.BeginMove(var begun) -> move = Optional.of(begun);
      case Command.SwitchOff off -> hook = Optional.of(off);
      case Command.PinIp(var ip, var pin) -> pins.put(ip, pin);
      case Command.EndMove end -> {
        ended = Optional.of(end);
        if (end.outcome() == Move.Outcome.DONE && !end.request().byOperator()) {
          lastMove = Optional.of(new Plan.Moved(end.request().host(), Instant.EPOCH.plus(now)));
        }
        move = Optional.empty();
        request = Optional.empty();
      }
      case Command.EndClone end -> {
        endedClone = Optional.of(end);
        clones.remove(end.host());
      }
      case Command.EndBackup end -> {
        endedBackup = Optional.of(end);
        backups.remove(end.host());
      }
      case Command.Send(var host, var order) -> {
        if (host(host).reachable) {
          heard(order, host(host).obey(order, UID));
        }
      }
    }
    check();
  }

  private void heard(Order order, Answer answer) {
    history.add("    " + answer.getClass().getSimpleName());
    if (answer instanceof Answer.Done(var state)) {
      if (order instanceof Order.Databases) {
        databasesDone = true;
      }
      if (order instanceof Order.Mark) {
        SimulatedHost writer = host(state.host());
        mark =
            Optional.of(
                new Mark(
                    state.standing().serverUuid(),
                    other(writer).standing.serverUuid(),
                    order.target().epoch(),
                    order.target().version(),
                    state.standing().leaseVersion(),
                    writer.executed));
      }
    } else if (!(order instanceof Order.Await)) {
      move = move.map(m -> m.failed(answer.toString()));
    }
  }

  Snapshot snapshot() {
    Map<String, Reading<AgentState>> agents = new HashMap<>();
    for (SimulatedHost host : List.of(db1, db2)) {
      agents.put(
          host.name,
          host.reachable
              ? new Reading.Known<>(host.state(), now)
              : new Reading.Unreachable<>("cut off", now.minus(host.silentFor)));
    }
    Snapshot seen =
        new Snapshot(
            now,
            topology(),
            ledger,
            agents,
            Map.of(),
            move.isPresent() ? Optional.empty() : request,
            requestSeen,
            move,
            mark,
            readers(),
            List.of(new Order.Database("shop", "shop", new io.mysqlmmm.shared.agent.Password("x"))),
            databasesDone,
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            ledger.isPresent() ? Map.of() : inUse(),
            Set.of(),
            switchedOff,
            plan(),
            new Clones(openRequests(), Map.of(), false),
            Map.copyOf(backups));
    for (SimulatedHost host : List.of(db1, db2)) {
      if (Replication.isBroken(seen, host.name)) {
        troubled.putIfAbsent(host.name, now);
      } else {
        troubled.remove(host.name);
      }
    }
    boolean lost = ledger.isEmpty() || Decider.rolledBack(seen);
    lostSince = lost ? lostSince.or(() -> Optional.of(now)) : Optional.empty();
    lives = lives.next(seen, setOnline, Set.of());
    return seen.since(Map.copyOf(troubled), lostSince).planned(plan());
  }

  /** What answers an ARP probe: whoever holds an IP, the hosts of the pair included. */
  private Map<String, String> inUse() {
    Map<String, String> answers = new HashMap<>(foreignIps);
    for (SimulatedHost host : List.of(db1, db2)) {
      host.vips.forEach(ip -> answers.put(ip, host.name));
    }
    return answers;
  }

  private Map<String, String> readers() {
    Map<String, String> held = new HashMap<>();
    for (SimulatedHost host : List.of(db1, db2)) {
      host.vips.forEach(ip -> held.put(ip, host.name));
    }
    return held;
  }

  private Plan plan() {
    return new Plan(Instant.EPOCH.plus(now), lives, pins, lastMove);
  }

  private Map<String, Clones.Request> openRequests() {
    Map<String, Clones.Request> open = new HashMap<>(clones);
    for (SimulatedHost host : List.of(db1, db2)) {
      host.clone.ifPresent(
          c -> open.values().removeIf(r -> r.requestedAt().equals(c.requestedAt())));
    }
    return open;
  }

  Topology topology() {
    return new Topology(
        "default",
        "shop",
        UID,
        Instant.EPOCH,
        mode,
        durability,
        List.of(
            new Topology.Host("db1", "node1", Topology.Kind.MASTER, Optional.of("db2"), "10.0.0.1"),
            new Topology.Host(
                "db2", "node2", Topology.Kind.MASTER, Optional.of("db1"), "10.0.0.2")),
        List.of(
            new Topology.Role(
                "writer",
                Topology.RoleMode.EXCLUSIVE,
                List.of("db1", "db2"),
                List.of(WRITER_IP),
                Optional.of("db1")),
            new Topology.Role(
                "reader",
                Topology.RoleMode.BALANCED,
                List.of("db1", "db2"),
                List.of("10.0.0.101", "10.0.0.102"),
                Optional.empty())),
        "writer",
        Optional.empty(),
        new Topology.MySql(3306, 33062, List.of()),
        new Topology.Agent(9989),
        new Topology.Timing(
            Duration.ofMillis(200),
            Duration.ofSeconds(3),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5)),
        policy,
        rejoin,
        adopted);
  }

  private String story() {
    return String.join("\n", history);
  }

  /** I1, I2, I3; read with the whole history. */
  void check() {
    assertThat(db1.writable && db2.writable).as(() -> "I1 two writers\n" + story()).isFalse();
    assertThat(db1.vips.contains(WRITER_IP) && db2.vips.contains(WRITER_IP))
        .as(() -> "I1 two holders of the writer's IP\n" + story())
        .isFalse();
    ledger.ifPresent(
        l -> {
          for (String member : l.inSync().keySet()) {
            SimulatedHost host = host(member);
            assertThat(host.executed.union(host.relayed).contains(acknowledged))
                .as(() -> "I2 " + member + " lacks acknowledged writes\n" + story())
                .isTrue();
          }
          assertThat(l.epoch()).as(() -> "I3 epochs\n" + story()).isGreaterThanOrEqualTo(lastEpoch);
          lastEpoch = l.epoch();
        });
  }
}
