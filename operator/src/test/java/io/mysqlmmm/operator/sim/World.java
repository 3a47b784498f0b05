package io.mysqlmmm.operator.sim;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMasterSpec;
import io.mysqlmmm.operator.core.Policies;
import io.mysqlmmm.operator.core.Topology;
import io.mysqlmmm.operator.core.Verdict;
import io.mysqlmmm.shared.agent.Order;
import io.mysqlmmm.shared.gtid.GtidSet;
import io.mysqlmmm.shared.ledger.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Two hosts, two operators, one API server, clients on every address; and what must always hold.
 */
final class World {
  static final String UID = "uid-1";
  static final String VIP = "10.0.0.100";
  static final Duration TTL = Duration.ofSeconds(3);

  final Timeline time;
  final Host db1;
  final Host db2;
  final Api api;
  final List<Host> hosts;
  final List<Operator> operators;
  final Setup setup;
  final Lies lies = new Lies(this);
  final Map<Verdict, Integer> coverage = new EnumMap<>(Verdict.class);
  private final Set<Rule> leftOut;
  private final @Nullable List<String> story;
  private Topology.Mode mode = Topology.Mode.ACTIVE;
  final Law law = new Law(this);
  private long lastAck;
  private long longestGap;
  private int requests;
  private int steps;
  private IntConsumer onStep = _ -> {};

  World(long seed, Set<Rule> leftOut, Setup setup, @Nullable List<String> story) {
    this.time = new Timeline(new Random(seed));
    this.leftOut = leftOut;
    this.story = story;
    this.setup = setup;
    this.api = new Api(this);
    this.db1 = new Host(this, "db1", "10.0.0.1");
    this.db2 = new Host(this, "db2", "10.0.0.2");
    this.hosts =
        setup.replica() ? List.of(db1, db2, new Host(this, "db3", "10.0.0.3")) : List.of(db1, db2);
    this.operators = List.of(new Operator(this, "op1"), new Operator(this, "op2"));
  }

  /** Everything starts, undisturbed; the clients write from now on. */
  void start() {
    hosts.forEach(h -> h.agent.start());
    if (!setup.lossless()) {
      hosts.forEach(Host::watchLease);
    }
    operators.forEach(Operator::start);
    clients();
  }

  boolean without(Rule rule) {
    return leftOut.contains(rule);
  }

  Host host(String name) {
    return hosts.stream().filter(h -> h.name.equals(name)).findFirst().orElseThrow();
  }

  Host hostAt(String address) {
    return hosts.stream().filter(h -> h.address.equals(address)).findFirst().orElseThrow();
  }

  boolean passive() {
    return mode == Topology.Mode.PASSIVE;
  }

  void note(Supplier<String> what) {
    if (story != null) {
      story.add("%6d %s".formatted(time.now(), what.get()));
    }
  }

  /** Clients write to every address that there is. */
  private void clients() {
    for (Host host : hosts) {
      boolean _ = host.server.commit(gtid -> acknowledged(host, gtid));
    }
    time.in(60L + time.random.nextInt(40), this::clients);
  }

  // --- what must hold

  private void acknowledged(Host host, GtidSet gtid) {
    longestGap = Math.max(longestGap, time.now() - lastAck);
    lastAck = time.now();
    law.acknowledged(host, gtid);
  }

  void ledgerWritten(Optional<Ledger> before, Ledger after) {
    note(() -> "ledger is " + after);
    stepTaken();
    law.ledgerWritten(before, after);
  }

  /** A host becomes writable. */
  void writes(Host host) {
    note(() -> host.name + " becomes writable, " + host.disk.standing);
    law.writes(host);
  }

  /** A step of the protocol: an order is obeyed, or a ledger written. */
  void stepTaken() {
    steps++;
    onStep.accept(steps);
  }

  /** Steps are counted on from {@code from}, and told. */
  void countSteps(int from, IntConsumer told) {
    steps = from;
    onStep = told;
  }

  int steps() {
    return steps;
  }

  // --- what people do

  void requestMove(String to) {
    requestMove(to, false);
  }

  /** The writer is lost for good, and a person says so: its peer shall take over as it is. */
  void force(String to) {
    law.takesOver(to);
    requestMove(to, true);
  }

  void mode(Topology.Mode next) {
    mode = next;
    note(() -> "a person sets the mode " + next);
    api.patch(api.resource().getSpec());
  }

  void requestMove(String to, boolean force) {
    if (force) {
      law.named(to);
    }
    String at = Instant.parse("2026-11-22T10:00:00Z").plusSeconds(++requests).toString();
    note(() -> "a person asks for a move to " + to);
    api.patch(
        Serialization.unmarshal(
            """
            {"moveRole": {"role": "writer", "host": "%s", "requestedAt": "%s", "force": %s}}"""
                .formatted(to, at, force),
            MySQLMultiMasterSpec.class));
  }

  // --- what it came to

  /** All faults end; the network is calm. */
  void heal() {
    note(() -> "all faults end");
    time.network = Timeline.Network.CALM;
    time.healAll();
    api.thaw();
    for (Host host : hosts) {
      host.agent.thaw();
      host.server.hung = false;
      host.free();
      host.replaceIfLost();
    }
    operators.forEach(Operator::thaw);
  }

  Optional<Operator> leader() {
    return operators.stream().filter(o -> o.up() && o.leads()).findFirst();
  }

  /** Whether the pair is as it should be, or in a state that is named and waits for a person. */
  boolean atRest() {
    return leader().filter(o -> (healthy() && replicaFollows()) || waitsForAPerson(o)).isPresent();
  }

  /** Whether the replica follows the writer, or is held out for what the writer lacks. */
  private boolean replicaFollows() {
    if (!setup.replica()) {
      return true;
    }
    Host replica = hosts.getLast();
    Host writer = host(api.ledger().orElseThrow().writer());
    boolean surplus = !replica.disk.received().minus(writer.disk.executed).isEmpty();
    return surplus ? !replica.server.io : replica.server.receives(writer);
  }

  boolean healthy() {
    return leader().filter(o -> o.verdict == Verdict.HEALTHY).isPresent()
        && api.ledger()
            .filter(l -> !l.solo() && host(l.writer()).server.canAcknowledge())
            .isPresent()
        && api.ledger().filter(l -> host(l.writer()).holdsVip()).isPresent();
  }

  private static boolean waitsForAPerson(Operator leader) {
    return switch (leader.verdict) {
      case SOLO -> leader.because.contains("is held out");
      case WRITER_DOWN -> leader.because.contains("another data set");
      case UNKNOWN_DATA, MANUAL, PASSIVE -> true;
      case HEALTHY,
          AWAITING_BOTH_MASTERS,
          IP_IN_USE,
          NO_NETWORK,
          DESIGNATING,
          ACTIVATING,
          AWAITING_PROOF,
          MOVING,
          ABORTING,
          FAILING_OVER,
          LEDGER_UNREACHABLE,
          WRITER_UNKNOWN ->
          false;
    };
  }

  long longestGap() {
    return Math.max(longestGap, time.now() - lastAck);
  }

  void forgetGaps() {
    longestGap = 0;
    lastAck = time.now();
  }

  // --- names

  static String brief(Order order) {
    Order.Target t = order.target();
    String mode = order instanceof Order.Activate a ? " " + a.mode() : "";
    return "%s(version %d, epoch %d)%s"
        .formatted(order.getClass().getSimpleName(), t.version(), t.epoch(), mode);
  }

  Topology topology() {
    List<Topology.Host> all = new ArrayList<>();
    for (Host host : hosts) {
      all.add(
          host.master()
              ? new Topology.Host(
                  host.name,
                  "node-" + host.name,
                  Topology.Kind.MASTER,
                  Optional.of(host.other().name),
                  host.address)
              : new Topology.Host(
                  host.name,
                  "node-" + host.name,
                  Topology.Kind.REPLICA,
                  Optional.empty(),
                  host.address));
    }
    return new Topology(
        "default",
        "shop",
        UID,
        Instant.EPOCH,
        mode,
        setup.durability(),
        all,
        List.of(
            new Topology.Role(
                "writer",
                Topology.RoleMode.EXCLUSIVE,
                List.of("db1", "db2"),
                List.of(VIP),
                Optional.of("db1"))),
        "writer",
        Optional.empty(),
        new Topology.MySql(3306, 33062, List.of()),
        new Topology.Agent(9989),
        new Topology.Timing(
            Duration.ofMillis(200), TTL, Duration.ofSeconds(10), Duration.ofSeconds(5)),
        Policies.DEFAULT);
  }
}
