package io.mysqlmmm.operator.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.operator.core.Command.EndMove;
import io.mysqlmmm.operator.core.Flaps;
import io.mysqlmmm.operator.core.HostLife;
import io.mysqlmmm.operator.core.HostState;
import io.mysqlmmm.operator.core.Lives;
import io.mysqlmmm.operator.core.Move;
import io.mysqlmmm.operator.core.Plan;
import io.mysqlmmm.operator.core.PodsSeen;
import io.mysqlmmm.operator.core.PodsSeen.Due;
import io.mysqlmmm.operator.core.PodsSeen.Pod;
import io.mysqlmmm.operator.core.Policies;
import io.mysqlmmm.operator.core.Reading;
import io.mysqlmmm.operator.core.RollingStep;
import io.mysqlmmm.operator.core.Snapshot;
import io.mysqlmmm.operator.core.Topology;
import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.AgentState.NetworkState;
import io.mysqlmmm.shared.agent.Answer;
import io.mysqlmmm.shared.agent.BootTime;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.Order;
import io.mysqlmmm.shared.agent.Standing;
import io.mysqlmmm.shared.agent.Vitals;
import io.mysqlmmm.shared.agent.WriteMode;
import io.mysqlmmm.shared.gtid.GtidSet;
import io.mysqlmmm.shared.ledger.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RolloutsTest {
  private static final List<Order.Setting> MORE =
      List.of(new Order.Setting("max_connections", Optional.of("200")));

  private final Rollouts rollouts = new Rollouts();
  private final Map<String, Mysqld> servers =
      new HashMap<>(Map.of("db1", running("db1", "db2"), "db2", running("db2", "db1")));
  private Duration now = Duration.ofSeconds(100);

  private RollingStep plan(Due db1, Due db2) {
    CompletableFuture<RollingStep> asked = new CompletableFuture<>();
    rollouts.looked(
        new Event.PodsLookedAt(
            7, new PodsSeen(Map.of("db1", pod(db1), "db2", pod(db2)), cordoned, Set.of()), asked));
    RollingStep step = rollouts.plan(snapshot()).orElseThrow();
    assertThat(asked).as("not before it is in status").isNotDone();
    rollouts.answer();
    assertThat(asked.getNow(new RollingStep.Rest("none"))).as("whoever asked").isEqualTo(step);
    return step;
  }

  private String uid = "uid";
  private Optional<String> prefer = Optional.empty();
  private Set<String> cordoned = Set.of();

  private Pod pod(Due due) {
    return new Pod(uid, true, false, due, Optional.empty(), "mysql:9.7");
  }

  @Test
  void plansNothingBeforeThePodsWereLookedAt() {
    assertThat(rollouts.plan(snapshot())).isEmpty();
    assertThat(rollouts.last()).isEmpty();
  }

  @Test
  void ofANewerSpecNothingIsKnownUntilItsPodsWereLookedAt() {
    RollingStep rest = plan(new Due.Nothing(), new Due.Nothing());

    assertThat(rollouts.last(7)).contains(rest);
    assertThat(rollouts.last(8).orElseThrow()).isInstanceOf(RollingStep.Wait.class);
  }

  @Test
  void settingsAreOfferedOnceAtATimeAndWrittenDownWhenTaken() {
    assertThat(plan(new Due.Nothing(), new Due.Settings(MORE))).isInstanceOf(RollingStep.Ask.class);
    Order.Settings order = (Order.Settings) rollouts.order().orElseThrow().order();
    assertThat(rollouts.order()).as("it is under way").isEmpty();

    rollouts.answered("db2", order, new Answer.Done(agent("db2")));
    assertThat(plan(new Due.Nothing(), new Due.Settings(MORE)))
        .isInstanceOf(RollingStep.NoteSettings.class);

    assertThat(plan(new Due.Nothing(), new Due.Nothing())).isInstanceOf(RollingStep.Rest.class);
    assertThat(plan(new Due.Nothing(), new Due.Settings(MORE)))
        .as("the same difference again is asked again")
        .isInstanceOf(RollingStep.Ask.class);
  }

  @Test
  void anOrderThatGotLostIsGivenAgain() {
    plan(new Due.Nothing(), new Due.Settings(MORE));
    assertThat(rollouts.order()).isPresent();

    rollouts.lost("db2");

    assertThat(rollouts.order()).isPresent();
  }

  @Test
  void whatNeedsARestartGetsOne() {
    plan(new Due.Nothing(), new Due.Settings(MORE));
    Order.Settings order = (Order.Settings) rollouts.order().orElseThrow().order();

    rollouts.answered("db2", order, new Answer.Failed("it is read only", agent("db2")));

    assertThat(plan(new Due.Nothing(), new Due.Settings(MORE)))
        .isInstanceOf(RollingStep.Restart.class);
  }

  @Test
  void aMoveThatWasRefusedIsWantedAgainAfterTenSeconds() {
    plan(new Due.Restart(), new Due.Nothing());
    Move.Request wanted = rollouts.wanted(snapshot()).orElseThrow();
    assertThat(wanted.byOperator()).isTrue();
    assertThat(wanted.host()).isEqualTo("db2");

    rollouts.moveEnded(new EndMove(wanted, Move.Outcome.REFUSED, "No."), now);

    assertThat(plan(new Due.Restart(), new Due.Nothing()).sentence()).contains("No.");
    assertThat(rollouts.wanted(snapshot())).isEmpty();
    now = now.plusSeconds(10);
    assertThat(plan(new Due.Restart(), new Due.Nothing())).isInstanceOf(RollingStep.Move.class);
  }

  /** Seen: a pod was being deleted, and the role that it had just handed over went back to it. */
  @Test
  void thePreferredHostWaitsUntilTheWriterHasBeenWhereItIsForAWhile() {
    prefer = Optional.of("db2");
    assertThat(rollouts.wanted(snapshot())).isEmpty();
    now = now.plusSeconds(29);
    assertThat(rollouts.wanted(snapshot())).isEmpty();
    now = now.plusSeconds(1);
    assertThat(rollouts.wanted(snapshot()).orElseThrow().host()).isEqualTo("db2");
  }

  @Test
  void aServerThatStartsAgainAndAgainStopsIt() {
    servers.put("db2", new Mysqld.Absent("gone", Optional.of("it ended 3 times")));
    assertThat(plan(new Due.Restart(), new Due.Nothing())).isInstanceOf(RollingStep.Stop.class);
    servers.put("db2", new Mysqld.Starting());
    assertThat(plan(new Due.Restart(), new Due.Nothing())).isInstanceOf(RollingStep.Stop.class);
    servers.put("db2", running("db2", "db1"));
    assertThat(plan(new Due.Restart(), new Due.Nothing())).isInstanceOf(RollingStep.Move.class);
  }

  @Test
  void whatTheLastPodDiedOfIsNotTheNewOnes() {
    servers.put("db2", new Mysqld.Absent("gone", Optional.of("it ended 3 times")));
    assertThat(plan(new Due.Restart(), new Due.Nothing())).isInstanceOf(RollingStep.Stop.class);

    uid = "another";
    servers.put("db2", new Mysqld.Starting());

    assertThat(plan(new Due.Restart(), new Due.Nothing())).isInstanceOf(RollingStep.Wait.class);
  }

  @Test
  void whatGetsANewPodOrIsOnACordonedNodeLeavesServiceOnPurpose() {
    assertThat(rollouts.onPurpose()).isEmpty();
    cordoned = Set.of("db1");
    plan(new Due.Nothing(), new Due.Nothing());
    assertThat(rollouts.onPurpose()).containsExactly("db1");
    cordoned = Set.of();
    plan(new Due.Nothing(), new Due.Restart());

    assertThat(rollouts.onPurpose()).containsExactly("db2");
  }

  private Snapshot snapshot() {
    Map<String, Reading<AgentState>> agents = new HashMap<>();
    servers.keySet().forEach(host -> agents.put(host, new Reading.Known<>(agent(host), now)));
    return new Snapshot(
        now,
        topology(),
        Optional.of(new Ledger(3, 1, "db1", Map.of("db1", "uuid-db1", "db2", "uuid-db2"))),
        agents,
        Map.of(),
        Optional.empty(),
        Duration.ZERO,
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        List.of(),
        true,
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Set.of(),
        Map.of(),
        new Plan(
            Instant.EPOCH.plus(now),
            Lives.remembered(Map.of("db1", online("db1"), "db2", online("db2"))),
            Map.of(),
            Optional.empty()));
  }

  private static HostLife online(String host) {
    return new HostLife(
        HostState.ONLINE,
        host,
        "",
        Instant.EPOCH,
        Flaps.NONE,
        Optional.empty(),
        "boot",
        Optional.empty(),
        Optional.empty());
  }

  private AgentState agent(String host) {
    Standing standing = Standing.initial().of("uuid-" + host).started();
    return new AgentState(
        1,
        "uid",
        host,
        new BootTime("boot", now),
        Duration.ZERO,
        "test",
        host.equals("db1") ? standing.active(1, WriteMode.PAIRED, "uuid-db2", true) : standing,
        java.util.Objects.requireNonNull(servers.get(host)),
        new NetworkState("eth0", "", List.of(), List.of()),
        Optional.empty(),
        Vitals.unknown());
  }

  private static Mysqld running(String host, String source) {
    return new Mysqld.Running(
        "uuid-" + host,
        "9.7.4",
        !host.equals("db1"),
        GtidSet.empty(),
        GtidSet.empty(),
        Optional.of(
            new Mysqld.Channel(
                "address-" + source,
                3306,
                "uuid-" + source,
                Mysqld.ThreadState.ON,
                Mysqld.ThreadState.ON,
                GtidSet.empty(),
                Optional.of(0L),
                "",
                0,
                Optional.empty())),
        new Mysqld.SemiSync(true, true, 0, 0),
        0,
        "",
        Optional.empty());
  }

  private Topology topology() {
    return new Topology(
        "default",
        "shop",
        "uid",
        Instant.EPOCH,
        Topology.Mode.ACTIVE,
        Topology.Durability.LOSSLESS,
        List.of(host("db1", "db2"), host("db2", "db1")),
        List.of(
            new Topology.Role(
                "writer",
                Topology.RoleMode.EXCLUSIVE,
                List.of("db1", "db2"),
                List.of("10.0.0.100"),
                prefer)),
        "writer",
        Optional.empty(),
        new Topology.MySql(3306, 33062, List.of()),
        new Topology.Agent(9989),
        new Topology.Timing(
            Duration.ofMillis(200),
            Duration.ofSeconds(3),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5)),
        Policies.DEFAULT);
  }

  private static Topology.Host host(String name, String peer) {
    return new Topology.Host(
        name, "node-" + name, Topology.Kind.MASTER, Optional.of(peer), "address-" + name);
  }
}
