package io.mysqlmmm.operator.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.operator.core.PodsSeen.Due;
import io.mysqlmmm.operator.core.PodsSeen.Pod;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.Order;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RollingPlanTest {
  private static final List<Order.Setting> MORE =
      List.of(new Order.Setting("max_connections", Optional.of("200")));

  private final SimulatedPair pair = SimulatedPair.healthy();
  private final Map<String, Pod> pods = new HashMap<>();
  private final Set<String> cordoned = new HashSet<>();
  private RollingMemory memory = RollingMemory.NONE;

  RollingPlanTest() {
    pod("db1", new Due.Nothing());
    pod("db2", new Due.Nothing());
  }

  private void pod(String host, Due due) {
    pods.put(host, new Pod(host + "-old", true, false, due, Optional.empty(), "mysql:9.7"));
  }

  private RollingStep decide() {
    return RollingPlan.decide(pair.snapshot(), new PodsSeen(pods, cordoned, Set.of()), memory);
  }

  /** Does what the plan says until it rests or waits; what it did, in words. */
  private List<String> roll() {
    Stream.Builder<String> done = Stream.builder();
    for (int i = 0; i < 20; i++) {
      RollingStep step = decide();
      switch (step) {
        case RollingStep.Restart(var host, var uid, var _) -> {
          assertThat(uid).isEqualTo(host + "-old");
          assertThat(pair.host(host).writable).as("the writer's pod is never deleted").isFalse();
          done.add("restart " + host);
          pair.host(host).kill();
          pair.settle();
          pair.host(host).start();
          pod(host, new Due.Nothing());
          pair.settle();
        }
        case RollingStep.Move(var to, var _) -> {
          done.add("move to " + to);
          pair.request = Optional.of(Move.Request.byOperator("writer", to));
          pair.settle();
        }
        case RollingStep.Ask(var send, var _) -> {
          done.add("ask " + send.host());
          memory =
              new RollingMemory(
                  Map.of(
                      send.host(),
                      new RollingMemory.Answer(
                          ((Order.Settings) send.order()).settings(), Optional.empty())),
                  Map.of(),
                  Optional.empty());
        }
        case RollingStep.NoteSettings(var host, var _, var _) -> {
          done.add("record " + host);
          pod(host, new Due.Nothing());
        }
        case RollingStep.Remove(var host, var _) -> done.add("remove " + host);
        case RollingStep.Rest _, RollingStep.Wait _, RollingStep.Stop _ -> {
          return done.add(step.getClass().getSimpleName()).build().toList();
        }
      }
    }
    throw new AssertionError("it does not end: " + done.build().toList());
  }

  @Test
  void aChangedTemplateTakesTheStandbyFirstThenAMoveThenTheOldWriter() {
    pod("db1", new Due.Restart());
    pod("db2", new Due.Restart());

    assertThat(roll()).containsExactly("restart db2", "move to db2", "restart db1", "Rest");
    assertThat(pair.lastVerdict()).isEqualTo(Verdict.HEALTHY);
    assertThat(pair.host("db2").writable).isTrue();
  }

  @Test
  void settingsThatTheServersTakeOverNeedNeitherRestartNorMove() {
    pod("db1", new Due.Settings(MORE));
    pod("db2", new Due.Settings(MORE));

    assertThat(roll()).containsExactly("ask db2", "record db2", "ask db1", "record db1", "Rest");
  }

  @Test
  void theWriterIsAskedAlthoughItsPeerIsAway() {
    pod("db1", new Due.Settings(MORE));
    pods.remove("db2");
    pair.db2.kill();
    pair.settle();

    assertThat(decide()).isInstanceOf(RollingStep.Ask.class);
  }

  @Test
  void nobodyIsAskedWhileAHostDoesNotComeUp() {
    pod("db1", new Due.Settings(MORE));
    fail("db2", "it ended 3 times");

    assertThat(decide()).isInstanceOf(RollingStep.Stop.class);
  }

  @Test
  void settingsThatAServerRefusesTakeANewPod() {
    pod("db2", new Due.Settings(MORE));
    memory =
        new RollingMemory(
            Map.of("db2", new RollingMemory.Answer(MORE, Optional.of("it is read only"))),
            Map.of(),
            Optional.empty());

    assertThat(decide())
        .isInstanceOfSatisfying(
            RollingStep.Restart.class,
            r -> assertThat(r.sentence()).contains("db2", "it is read only"));
  }

  @Test
  void inManualTheWritersHostWaitsForAPerson() {
    pod("db1", new Due.Restart());
    pair.mode = Topology.Mode.MANUAL;

    assertThat(decide())
        .isInstanceOfSatisfying(
            RollingStep.Wait.class,
            w -> assertThat(w.sentence()).contains("spec.mode is not Active", "db2"));
  }

  @Test
  void passiveChangesNothing() {
    pod("db1", new Due.Restart());
    pod("db2", new Due.Restart());
    pair.mode = Topology.Mode.PASSIVE;

    assertThat(decide()).isInstanceOf(RollingStep.Rest.class);
  }

  @Test
  void theWriterLeavesACordonedNodeAndNothingElseHappens() {
    cordoned.add("db1");

    assertThat(roll()).containsExactly("move to db2", "Rest");
  }

  @Test
  void nobodyLeavesACordonedNodeForAnother() {
    cordoned.addAll(List.of("db1", "db2"));

    assertThat(decide())
        .isInstanceOfSatisfying(
            RollingStep.Wait.class, w -> assertThat(w.sentence()).contains("nobody is there"));
  }

  @Test
  void aPodOnACordonedNodeIsNotDeleted() {
    cordoned.add("db2");
    pod("db2", new Due.Restart());

    assertThat(decide())
        .isInstanceOfSatisfying(
            RollingStep.Wait.class, w -> assertThat(w.sentence()).contains("uncordon"));
  }

  @Test
  void aHostThatDoesNotComeUpStopsItAndGoesOnWithTheCorrection() {
    pod("db1", new Due.Restart());
    fail("db2", "it ended 3 times");

    assertThat(decide())
        .isInstanceOfSatisfying(
            RollingStep.Stop.class,
            s -> assertThat(s.sentence()).contains("db2", "it ended 3 times", "to come: db1"));
    assertThat(pair.host("db1").writable).isTrue();

    pods.put(
        "db2", new Pod("db2-old", false, false, new Due.Restart(), Optional.empty(), "mysql:9.7"));
    assertThat(decide()).isInstanceOf(RollingStep.Restart.class);
  }

  @Test
  void anotherImageThatDoesNotComeUpNamesWhatTheDataMayBeOf() {
    fail("db2", "it ended 3 times");
    pods.put(
        "db2", new Pod("db2-new", false, false, new Due.Nothing(), Optional.empty(), "mysql:old"));

    assertThat(decide())
        .isInstanceOfSatisfying(
            RollingStep.Stop.class, s -> assertThat(s.sentence()).contains("9.7.4", "newer"));
  }

  private void fail(String host, String why) {
    pair.host(host).absent = new Mysqld.Absent("gone", Optional.of(why));
    pair.host(host).up = false;
    pair.settle();
    pods.put(
        host,
        new Pod(host + "-new", false, false, new Due.Nothing(), Optional.empty(), "mysql:9.7"));
    memory = new RollingMemory(Map.of(), Map.of(host, why), Optional.empty());
  }

  @Test
  void aPersonsRequestGoesFirst() {
    pod("db2", new Due.Restart());
    Snapshot seen = pair.snapshot();
    pair.request = Optional.of(new Move.Request("writer", "db2", "2026-01-01T00:00:00Z", false));

    assertThat(decide()).isInstanceOf(RollingStep.Wait.class);
    assertThat(seen.request()).isEmpty();
  }

  @Test
  void aMoveThatWasRefusedIsNotAskedForAtOnce() {
    pod("db1", new Due.Restart());
    memory = new RollingMemory(Map.of(), Map.of(), Optional.of("a transaction has been open"));

    assertThat(decide())
        .isInstanceOfSatisfying(
            RollingStep.Wait.class, w -> assertThat(w.sentence()).contains("a transaction"));
  }

  static Stream<Arguments> outOfService() {
    return Stream.of(
        Arguments.of("no pod", Optional.empty()),
        Arguments.of("ending", Optional.of(pod(true, true, Optional.empty()))),
        Arguments.of("not ready", Optional.of(pod(false, false, Optional.empty()))),
        Arguments.of("not started", Optional.of(pod(false, false, Optional.of("no image")))));
  }

  private static Pod pod(boolean ready, boolean ending, Optional<String> problem) {
    return new Pod("x", ready, ending, new Due.Nothing(), problem, "mysql:9.7");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("outOfService")
  void theWriterStaysWhileItsPeerIsOutOfService(String what, Optional<Pod> peer) {
    pod("db1", new Due.Restart());
    pods.remove("db2");
    peer.ifPresent(p -> pods.put("db2", p));

    assertThat(decide()).as(what).isInstanceOfAny(RollingStep.Wait.class, RollingStep.Stop.class);
  }

  @Test
  void aStandbyThatCatchesUpIsLeftAlone() {
    pod("db2", new Due.Restart());
    pair.db2.kill();
    pair.settle();
    pair.db2.start();

    assertThat(decide()).isInstanceOf(RollingStep.Wait.class);
  }
}
