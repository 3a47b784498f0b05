package io.mysqlmmm.operator.sim;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMasterSpec;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMasterStatus;
import io.mysqlmmm.operator.core.Policies;
import io.mysqlmmm.operator.core.Topology;
import io.mysqlmmm.operator.core.Verdict;
import io.mysqlmmm.operator.monitor.StatusStore;
import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.AgentState.NetworkState;
import io.mysqlmmm.shared.agent.Answer;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.Order;
import io.mysqlmmm.shared.agent.Standing;
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
  final List<Operator> operators;
  final Map<Verdict, Integer> coverage = new EnumMap<>(Verdict.class);
  private final Set<Rule> leftOut;
  private final @Nullable List<String> story;
  private final Topology topology;
  private GtidSet acknowledged = GtidSet.empty();
  private Optional<Ledger> newest = Optional.empty();
  private long lastAckEpoch;
  private long acks;
  private long lastAck;
  private long longestGap;
  private int requests;
  private int steps;
  private IntConsumer onStep = _ -> {};

  World(long seed, Set<Rule> leftOut, Topology.Mode mode, @Nullable List<String> story) {
    this.time = new Timeline(new Random(seed));
    this.leftOut = leftOut;
    this.story = story;
    this.topology = topology(mode);
    this.api = new Api(this);
    this.db1 = new Host(this, "db1", "10.0.0.1");
    this.db2 = new Host(this, "db2", "10.0.0.2");
    this.operators = List.of(new Operator(this, "op1"), new Operator(this, "op2"));
  }

  /** Everything starts, undisturbed; the clients write from now on. */
  void start() {
    db1.agent.start();
    db2.agent.start();
    operators.forEach(Operator::start);
    clients();
  }

  boolean without(Rule rule) {
    return leftOut.contains(rule);
  }

  Host host(String name) {
    return name.equals("db1") ? db1 : db2;
  }

  void note(Supplier<String> what) {
    if (story != null) {
      story.add("%6d %s".formatted(time.now(), what.get()));
    }
  }

  /** Clients write to every address that there is. */
  private void clients() {
    for (Host host : List.of(db1, db2)) {
      boolean _ = host.server.commit(gtid -> acknowledged(host, gtid));
    }
    time.in(60L + time.random.nextInt(40), this::clients);
  }

  // --- what must hold

  private void acknowledged(Host host, GtidSet gtid) {
    long epoch = host.disk.standing.activeEpoch();
    acknowledged = acknowledged.union(gtid);
    acks++;
    longestGap = Math.max(longestGap, time.now() - lastAck);
    lastAck = time.now();
    if (epoch < lastAckEpoch) {
      throw new Violation(
          "I1",
          "%s acknowledges in epoch %d after epoch %d".formatted(host.name, epoch, lastAckEpoch));
    }
    lastAckEpoch = epoch;
    if (host.other().server.canAcknowledge()) {
      throw new Violation("I1", "both hosts can acknowledge, and " + host.name + " does");
    }
    api.ledger().ifPresent(ledger -> onAllMembers(ledger, gtid));
  }

  private void onAllMembers(Ledger ledger, GtidSet what) {
    ledger
        .inSync()
        .forEach(
            (name, uuid) -> {
              Host member = host(name);
              boolean sameDisk = member.disk.standing.serverUuid().equals(uuid);
              if (sameDisk && !member.disk.received().contains(what)) {
                throw new Violation(
                    "I2", name + " is in sync and lacks " + what.minus(member.disk.received()));
              }
            });
  }

  void ledgerWritten(Optional<Ledger> before, Ledger after) {
    note(() -> "ledger is " + after);
    stepTaken();
    if (before.isEmpty()) {
      ledgerRebuilt(after);
      return;
    }
    onAllMembers(after, acknowledged);
    newest = Optional.of(after);
    Ledger old = before.get();
    boolean sameWriter = old.writer().equals(after.writer());
    // A claim that was made believe has taken a version.
    boolean next = after.version() == old.version() + 1 || without(Rule.CLAIM);
    if (!next || after.epoch() < old.epoch()) {
      throw new Violation("I3", "from " + old + " to " + after);
    }
    if (!sameWriter
        && (after.epoch() <= old.epoch()
            || !old.isInSync(
                after.writer(), Optional.ofNullable(after.inSync().get(after.writer()))))) {
      throw new Violation("I3", "from " + old + " to " + after);
    }
  }

  /** The first one, or one after the ledger was lost: newer than all before it (S6). */
  private void ledgerRebuilt(Ledger after) {
    boolean first = after.version() == 1;
    if (first && !(db1.disk.executed.isEmpty() && db2.disk.executed.isEmpty())) {
      throw new Violation("I3", "data exist, and the ledger begins anew: " + after);
    }
    if (first) {
      // Both disks are new: what was acknowledged on others is on nobody's account any more.
      acknowledged = GtidSet.empty();
      lastAckEpoch = 0;
    } else if (newest
        .filter(old -> after.version() <= old.version() || after.epoch() <= old.epoch())
        .isPresent()) {
      throw new Violation("I3", "after " + newest + " it is rebuilt as " + after);
    }
    onAllMembers(after, acknowledged);
    newest = Optional.of(after);
  }

  /** A host becomes writable. */
  void writes(Host host) {
    note(() -> host.name + " becomes writable, " + host.disk.standing);
    if (!host.disk.executed.contains(acknowledged)) {
      throw new Violation(
          "I2",
          host.name + " becomes writable and lacks " + acknowledged.minus(host.disk.executed));
    }
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
    String at = Instant.parse("2026-11-22T10:00:00Z").plusSeconds(++requests).toString();
    note(() -> "a person asks for a move to " + to);
    api.patch(
        Serialization.unmarshal(
            """
            {"moveRole": {"role": "writer", "host": "%s", "requestedAt": "%s"}}"""
                .formatted(to, at),
            MySQLMultiMasterSpec.class));
  }

  // --- what it came to

  /** All faults end; the network is calm. */
  void heal() {
    note(() -> "all faults end");
    time.network = Timeline.Network.CALM;
    time.healAll();
    api.thaw();
    for (Host host : List.of(db1, db2)) {
      host.agent.thaw();
      host.server.hung = false;
    }
    operators.forEach(Operator::thaw);
  }

  Optional<Operator> leader() {
    return operators.stream().filter(o -> o.up() && o.leads()).findFirst();
  }

  /** Whether the pair is as it should be, or in a state that is named and waits for a person. */
  boolean atRest() {
    return leader().filter(o -> healthy() || waitsForAPerson(o)).isPresent();
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
          WRITER_UNKNOWN ->
          false;
    };
  }

  long acks() {
    return acks;
  }

  long longestGap() {
    return Math.max(longestGap, time.now() - lastAck);
  }

  void forgetGaps() {
    longestGap = 0;
    lastAck = time.now();
  }

  // --- the lies that leave a rule out

  AgentState believed(AgentState s, boolean writerAway) {
    Standing standing = s.standing();
    Mysqld mysqld = s.mysqld();
    Duration unheard = s.writerUnheard();
    if (without(Rule.PROMISE) && writerAway) {
      standing = standing.promising(standing.votingFor());
    }
    if (without(Rule.PROOF) && writerAway) {
      unheard = Duration.ofDays(1);
      standing = standing.promising(api.ledger().map(Ledger::epoch).orElse(0L));
    }
    NetworkState network = s.network();
    Optional<Ledger> ledger = api.ledger();
    if (without(Rule.ABORT_PROOF)
        && ledger.filter(l -> l.writer().equals(s.host())).isPresent()
        && moving()
        && mysqld instanceof Mysqld.Running r) {
      standing = standing.releasing(ledger.get().epoch());
      mysqld = readOnly(r);
      network = new NetworkState("eth0", "", List.of(), List.of());
    }
    if (without(Rule.CLOSED) && !standing.mayWrite() && mysqld instanceof Mysqld.Running r) {
      mysqld = readOnly(r);
    }
    return new AgentState(
        s.sequence(),
        s.resourceUid(),
        s.host(),
        s.clock(),
        unheard,
        s.agentVersion(),
        standing,
        mysqld,
        network,
        Optional.empty(),
        s.vitals());
  }

  private static Mysqld readOnly(Mysqld.Running r) {
    return new Mysqld.Running(
        r.serverUuid(),
        r.version(),
        true,
        r.executed(),
        r.purged(),
        r.channel(),
        r.semiSync(),
        0,
        "");
  }

  private boolean moving() {
    var status = api.resource().getStatus();
    return status != null
        && status.lastMove() != null
        && "InProgress".equals(status.lastMove().outcome());
  }

  Answer believed(Answer answer, boolean writerAway) {
    return switch (answer) {
      case Answer.Done(var s) -> new Answer.Done(believed(s, writerAway));
      case Answer.Refused(var rule, var reason, var s) ->
          new Answer.Refused(rule, reason, believed(s, writerAway));
      case Answer.Failed(var reason, var s) -> new Answer.Failed(reason, believed(s, writerAway));
    };
  }

  StatusStore.@Nullable Outcome skipWrite(MySQLMultiMaster read, MySQLMultiMasterStatus status) {
    MySQLMultiMaster next = new MySQLMultiMaster();
    next.setMetadata(read.getMetadata());
    next.setSpec(read.getSpec());
    next.setStatus(status);
    Optional<Ledger> from = Api.ledgerOf(read);
    Optional<Ledger> to = Api.ledgerOf(next);
    if (from.isEmpty() || to.isEmpty()) {
      return null;
    }
    if (without(Rule.CLAIM) && to.get().equals(from.get().claimed())) {
      return new StatusStore.Outcome.Written(next);
    }
    if (without(Rule.LEDGER_BEFORE_SOLO)
        && to.get().solo()
        && !from.get().solo()
        && to.get().epoch() == from.get().epoch()) {
      Host writer = host(to.get().writer());
      if (writer.server.answers() && writer.disk.standing.activeIn(from.get().epoch())) {
        writer.disk.standing = writer.disk.standing.alone();
        writer.server.setSemiSync(false);
      }
    }
    return null;
  }

  // --- names

  static String brief(Order order) {
    Order.Target t = order.target();
    String mode = order instanceof Order.Activate a ? " " + a.mode() : "";
    return "%s(version %d, epoch %d)%s"
        .formatted(order.getClass().getSimpleName(), t.version(), t.epoch(), mode);
  }

  Topology topology() {
    return topology;
  }

  private static Topology topology(Topology.Mode mode) {
    return new Topology(
        "default",
        "shop",
        UID,
        Instant.EPOCH,
        mode,
        Topology.Durability.LOSSLESS,
        new ArrayList<>(
            List.of(
                new Topology.Host(
                    "db1", "node1", Topology.Kind.MASTER, Optional.of("db2"), "10.0.0.1"),
                new Topology.Host(
                    "db2", "node2", Topology.Kind.MASTER, Optional.of("db1"), "10.0.0.2"))),
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
