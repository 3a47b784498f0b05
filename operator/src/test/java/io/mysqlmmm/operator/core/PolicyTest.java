package io.mysqlmmm.operator.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** MMM's policy upon the safe pair: offline, preferences, modes, other roles, fencing. */
class PolicyTest {
  private static final String READER = "10.0.0.101";
  private final SimulatedPair pair = SimulatedPair.healthy();

  private static Topology.Policy offline(String... hosts) {
    Topology.Policy d = Policies.DEFAULT;
    return new Topology.Policy(
        Set.of(hosts),
        d.checks(),
        d.maxBacklog(),
        d.flapCount(),
        d.flapDuration(),
        d.autoSetOnline(),
        d.waitForOtherMaster(),
        d.pingIps(),
        d.fencing());
  }

  private static Topology.Policy fencing(boolean required) {
    Topology.Policy d = Policies.DEFAULT;
    return new Topology.Policy(
        d.offline(),
        d.checks(),
        d.maxBacklog(),
        d.flapCount(),
        d.flapDuration(),
        d.autoSetOnline(),
        d.waitForOtherMaster(),
        d.pingIps(),
        Optional.of(new Topology.Fencing("http://hook", Duration.ofSeconds(1), required)));
  }

  private HostState state(String host) {
    return pair.snapshot().life(host).state();
  }

  private String writer() {
    return pair.ledger.orElseThrow().writer();
  }

  @Test
  void aStandbySetOfflineLosesItsRolesAndStopsReplicating() {
    pair.policy = offline("db2");

    pair.settle();

    assertThat(state("db2")).isEqualTo(HostState.ADMIN_OFFLINE);
    assertThat(pair.ledger.orElseThrow().inSync()).containsOnlyKeys("db1");
    assertThat(pair.db2.io).isFalse();
    assertThat(pair.db2.sql).isFalse();
    assertThat(pair.db2.vips).isEmpty();
    assertThat(pair.db1.vips).contains(READER, "10.0.0.102");
  }

  @Test
  void aStandbySetOnlineAgainCatchesUpAndComesBack() {
    pair.policy = offline("db2");
    pair.settle();
    pair.commit();
    pair.policy = Policies.DEFAULT;

    pair.settle();

    assertThat(state("db2")).isEqualTo(HostState.ONLINE);
    assertThat(pair.ledger.orElseThrow().inSync()).containsOnlyKeys("db1", "db2");
  }

  @Test
  void theWritersRoleLeavesAHostThatIsToBeOffline() {
    pair.policy = offline("db1");

    pair.settle();

    assertThat(writer()).isEqualTo("db2");
    assertThat(state("db1")).isEqualTo(HostState.ADMIN_OFFLINE);
    assertThat(pair.db1.io).isFalse();
  }

  @Test
  void theWriterStaysWhereItIsWhenItsPeerIsOfflineToo() {
    pair.policy = offline("db2");
    pair.settle();
    pair.policy = offline("db1", "db2");

    pair.settle();

    assertThat(writer()).isEqualTo("db1");
    assertThat(pair.db1.writable).isTrue();
    assertThat(Decider.decide(pair.snapshot()).because())
        .contains("db1 is to be offline, but its role cannot be moved");
  }

  @Test
  void aHostThatIsSetOfflineIsNotPromoted() {
    pair.policy = offline("db2");
    pair.settle();
    pair.db1.kill();

    pair.settle();

    assertThat(writer()).isEqualTo("db1");
    assertThat(pair.db2.writable).isFalse();
  }

  @Test
  void aHostThatFellIsNotOnlineBeforeItReplicatesAgain() {
    pair.settle();
    pair.db2.kill();
    pair.settle();
    assertThat(state("db2")).isEqualTo(HostState.HARD_OFFLINE);
    pair.db2.start();
    // It is up, and does not replicate, whatever it is ordered.
    pair.db2.told = Optional.of(pair.db2.state().mysqld());

    Set<HostState> been = EnumSet.noneOf(HostState.class);
    for (int i = 0; i < 50; i++) {
      pair.step();
      been.add(state("db2"));
    }
    assertThat(been).contains(HostState.REPLICATION_FAIL).doesNotContain(HostState.ONLINE);

    pair.db2.told = Optional.empty();
    pair.settle();
    assertThat(state("db2")).isEqualTo(HostState.ONLINE);
    assertThat(pair.snapshot().life("db2").flaps().count()).as("it fell once").isEqualTo(1);
  }

  @Test
  void whatIsNotKnownOfAHostThatIsDownDoesNotChange() {
    pair.settle();
    pair.db2.kill();
    pair.settle();
    CheckState forgotten = replication("db2");
    assertThat(forgotten.outcome()).isEqualTo(CheckState.Outcome.UNKNOWN);

    pair.settleFor(Duration.ofSeconds(5));

    assertThat(replication("db2").since())
        .as("each change is a write of the status")
        .isEqualTo(forgotten.since());
  }

  private CheckState replication(String host) {
    return Objects.requireNonNull(
        Objects.requireNonNull(pair.snapshot().plan().lives().checks().get(host))
            .get(Check.REP_THREADS));
  }

  @Test
  void thePreferredHostTakesTheRoleBackOnceItHasSettled() {
    pair.db1.kill();
    pair.settle();
    assertThat(writer()).isEqualTo("db2");
    pair.db1.start();

    pair.settleFor(Duration.ofSeconds(25));
    assertThat(writer()).isEqualTo("db2");
    pair.settleFor(Duration.ofSeconds(20));

    assertThat(writer()).isEqualTo("db1");
    assertThat(pair.ended.orElseThrow().outcome()).isEqualTo(Move.Outcome.DONE);
  }

  @Test
  void thePreferredHostDoesNotTakeBackWhatSomebodyMovedAway() {
    pair.request = Optional.of(new Move.Request("writer", "db2", "t", false));
    pair.settle();

    pair.settleFor(Duration.ofMinutes(2));

    assertThat(writer()).isEqualTo("db2");
  }

  @Test
  void inManualNobodyIsPreferred() {
    pair.db1.kill();
    pair.settle();
    pair.mode = Topology.Mode.MANUAL;
    pair.db1.start();

    pair.settleFor(Duration.ofSeconds(90));

    assertThat(writer()).isEqualTo("db2");
  }

  @Test
  void aMoveToAHostThatFlapsIsRefused() {
    for (int i = 0; i < 4; i++) {
      pair.db2.kill();
      pair.settle();
      pair.db2.start();
      pair.settle();
    }
    assertThat(state("db2")).isEqualTo(HostState.AWAITING_RECOVERY);
    pair.request = Optional.of(new Move.Request("writer", "db2", "t", false));

    pair.settle();

    assertThat(pair.ended.orElseThrow().message())
        .contains("db2")
        .contains("AWAITING_RECOVERY")
        .contains("set it online first");
  }

  @Test
  void aHostThatFlapsHasNoReadersUntilItIsSetOnline() {
    for (int i = 0; i < 4; i++) {
      pair.db2.kill();
      pair.settle();
      pair.db2.start();
      pair.settle();
    }
    assertThat(pair.db2.vips).isEmpty();
    pair.setOnline.put("db2", "2026-01-01T00:00:00Z");

    pair.settle();

    assertThat(state("db2")).isEqualTo(HostState.ONLINE);
    assertThat(pair.db2.vips).isNotEmpty();
  }

  @Test
  void aFlappingHostInSyncTakesOverFromALostWriter() {
    for (int i = 0; i < 4; i++) {
      pair.db2.kill();
      pair.settle();
      pair.db2.start();
      pair.settle();
    }
    pair.db1.kill();

    pair.settle();

    assertThat(writer()).isEqualTo("db2");
    assertThat(pair.db2.writable).isTrue();
    assertThat(state("db2")).isEqualTo(HostState.ONLINE);
  }

  @Test
  void aReadersIpGoesWhereSomebodyWantsItAndStays() {
    String here = pair.db1.vips.contains(READER) ? "db1" : "db2";
    String there = here.equals("db1") ? "db2" : "db1";
    pair.request = Optional.of(new Move.Request("reader", there, "t", false));

    pair.settle();
    pair.settleFor(Duration.ofSeconds(60));

    assertThat(pair.ended.orElseThrow().outcome()).isEqualTo(Move.Outcome.DONE);
    assertThat(pair.host(there).vips).contains(READER, "10.0.0.102");
    assertThat(writer()).isEqualTo("db1");
  }

  @Test
  void aReadersIpIsNotMovedToAHostThatIsDown() {
    pair.db2.kill();
    pair.settle();
    pair.request = Optional.of(new Move.Request("reader", "db2", "t", false));

    pair.settleFor(Duration.ofSeconds(8));

    assertThat(pair.ended.orElseThrow().outcome()).isEqualTo(Move.Outcome.REFUSED);
    assertThat(pair.ended.orElseThrow().message()).contains("HARD_OFFLINE");
  }

  @Test
  void waitEndsWhenBothMastersAreOnline() {
    assertThat(WaitMode.isOver(pair.snapshot())).isTrue();
  }

  @Test
  void waitEndsWhenOneMasterHasBeenOnlineForLongEnough() {
    pair.db2.kill();
    pair.settle();
    Snapshot seen = pair.snapshot();
    Instant since = seen.life("db1").since();

    assertThat(WaitMode.isOver(at(seen, since.plusSeconds(119)))).isFalse();
    assertThat(WaitMode.isOver(at(seen, since.plusSeconds(120)))).isTrue();
  }

  private static Snapshot at(Snapshot seen, Instant wall) {
    Plan p = seen.plan();
    return seen.planned(new Plan(wall, p.lives(), p.pins(), p.lastMove()));
  }

  @Test
  void theHookIsAskedToSwitchAnUnreachableWriterOff() {
    pair.policy = fencing(false);
    pair.db1.reachable = false;
    pair.db2.writerUnheard = Duration.ofSeconds(5);

    pair.settleFor(Duration.ofSeconds(1));

    assertThat(pair.hook).contains(new Command.SwitchOff("db1", 1));
  }

  @Test
  void aWriterThatTheHookSwitchedOffNeedsNoWaiting() {
    pair.policy = fencing(true);
    pair.db1.reachable = false;
    pair.db2.writerUnheard = Duration.ofSeconds(5);
    pair.settleFor(Duration.ofSeconds(60));
    assertThat(writer()).as("the hook has not confirmed").isEqualTo("db1");
    pair.db1.kill();
    pair.switchedOff.put("db1", 1L);

    pair.settle();

    assertThat(writer()).isEqualTo("db2");
    assertThat(pair.db2.writable).isTrue();
  }

  @Test
  void whatTheHookSaidOfAnOlderEpochProvesNothing() {
    pair.policy = fencing(true);
    pair.request = Optional.of(new Move.Request("writer", "db2", "t1", false));
    pair.settle();
    pair.switchedOff.put("db2", 1L);
    pair.db2.reachable = false;
    pair.db1.writerUnheard = Duration.ofSeconds(5);

    pair.settleFor(Duration.ofSeconds(60));

    assertThat(writer()).isEqualTo("db2");
  }

  @Test
  void passiveDecidesNothing() {
    pair.mode = Topology.Mode.PASSIVE;
    pair.db1.kill();

    assertThat(Decider.decide(pair.snapshot()).commands()).isEqualTo(List.of());
  }
}
