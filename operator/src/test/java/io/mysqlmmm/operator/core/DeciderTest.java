package io.mysqlmmm.operator.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.shared.agent.Order;
import io.mysqlmmm.shared.agent.WriteMode;
import io.mysqlmmm.shared.gtid.GtidSet;
import io.mysqlmmm.shared.ledger.Ledger;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeciderTest {

  private static Move.Request moveTo(String host) {
    return new Move.Request("writer", host, "2026-11-22T10:00:00Z", false);
  }

  @Test
  void twoNewDataSetsBecomeAPair() {
    SimulatedPair pair = SimulatedPair.healthy();

    assertThat(pair.db1.writable).isTrue();
    assertThat(pair.db1.standing.mode()).isEqualTo(WriteMode.PAIRED);
    assertThat(pair.ledger.orElseThrow().inSync()).containsOnlyKeys("db1", "db2");
    assertThat(pair.db1.vips).contains(SimulatedPair.WRITER_IP);
    assertThat(pair.db1.io).as("the ring is closed").isTrue();
    assertThat(pair.db2.io).isTrue();
  }

  @Test
  void nobodyIsDesignatedBeforeBothMastersAnswer() {
    SimulatedPair pair = new SimulatedPair();
    pair.settle();
    assertThat(Decider.decide(pair.snapshot()).because()).contains("db1: ").contains("db2: ");
    pair.db1.start();

    pair.settle();

    assertThat(pair.ledger).isEmpty();
    assertThat(pair.lastVerdict()).isEqualTo(Verdict.AWAITING_BOTH_MASTERS);
  }

  @Test
  void anUnknownDataSetIsLeftAlone() {
    SimulatedPair pair = new SimulatedPair();
    pair.db1.start();
    pair.db2.start();
    pair.db2.executed = pair.db2.executed.union(gtid("aaaaaaaa-0000-0000-0000-000000000001:1-5"));

    pair.settle();

    assertThat(pair.ledger).isEmpty();
    assertThat(pair.lastVerdict()).isEqualTo(Verdict.UNKNOWN_DATA);
  }

  @Test
  void movesForthAndBackLoseNothing() {
    SimulatedPair pair = SimulatedPair.healthy();
    for (int i = 0; i < 10; i++) {
      String to = pair.ledger.orElseThrow().writer().equals("db1") ? "db2" : "db1";
      pair.commit();
      pair.request = Optional.of(new Move.Request("writer", to, "t" + i, false));

      for (int step = 0; step < 40; step++) {
        pair.step();
        pair.commit();
      }

      assertThat(pair.ended.orElseThrow().outcome()).isEqualTo(Move.Outcome.DONE);
      assertThat(pair.host(to).writable).isTrue();
      assertThat(pair.lastVerdict()).isEqualTo(Verdict.HEALTHY);
    }
    pair.settle();
    assertThat(pair.acknowledged.size()).isGreaterThan(100);
    assertThat(pair.db2.executed.contains(pair.acknowledged)).isTrue();
  }

  @Test
  void aMoveToWhereTheRoleIsIsDoneAndChangesNothing() {
    SimulatedPair pair = SimulatedPair.healthy();
    pair.request = Optional.of(moveTo("db1"));

    pair.settle();

    assertThat(pair.ended.orElseThrow().outcome()).isEqualTo(Move.Outcome.DONE);
    assertThat(pair.ended.orElseThrow().message()).contains("is on 'db1' already");
    assertThat(pair.ledger.orElseThrow().epoch()).isEqualTo(1);
  }

  @Test
  void aMoveBeginsWhenAStandbyThatIsALittleBehindHasCaughtUp() {
    SimulatedPair pair = SimulatedPair.healthy();
    pair.db2.lagMillis = Optional.of(900L);
    pair.request = Optional.of(moveTo("db2"));

    pair.settleFor(Duration.ofSeconds(3));
    assertThat(pair.db1.writable).as("nobody has to wait yet").isTrue();
    assertThat(pair.ledger.orElseThrow().writer()).isEqualTo("db1");
    pair.db2.lagMillis = Optional.of(100L);
    pair.settle();

    assertThat(pair.ended.orElseThrow().outcome()).isEqualTo(Move.Outcome.DONE);
    assertThat(pair.db2.writable).isTrue();
  }

  @Test
  void aMoveBeginsAfterAWhileThoughTheStandbyStaysALittleBehind() {
    SimulatedPair pair = SimulatedPair.healthy();
    pair.db2.lagMillis = Optional.of(900L);
    pair.request = Optional.of(moveTo("db2"));

    pair.settleFor(Duration.ofSeconds(8));

    assertThat(pair.ended.orElseThrow().outcome()).isEqualTo(Move.Outcome.DONE);
  }

  @Test
  void aMoveToAHostThatCannotHoldTheIpsIsRefused() {
    SimulatedPair pair = SimulatedPair.healthy();
    pair.db2.networkProblem = "there is no interface eth9";
    pair.request = Optional.of(moveTo("db2"));

    pair.settleFor(Duration.ofSeconds(8));

    assertThat(pair.ended.orElseThrow().outcome()).isEqualTo(Move.Outcome.REFUSED);
    assertThat(pair.ended.orElseThrow().message())
        .contains("host 'db2' cannot hold virtual IPs: there is no interface eth9");
    assertThat(pair.db1.writable).isTrue();
    assertThat(pair.ledger.orElseThrow().epoch()).isEqualTo(1);
  }

  @Test
  void aMoveToAServerOnWhichAccountsCouldNotLogInIsRefusedUnlessForced() {
    SimulatedPair pair = SimulatedPair.healthy();
    pair.db1.missingPlugins = Set.of("authentication_of_old");
    pair.db2.missingPlugins = Set.of("authentication_of_old", "mysql_native_password");
    pair.request = Optional.of(moveTo("db2"));

    pair.settle();

    assertThat(pair.ended.orElseThrow().outcome()).isEqualTo(Move.Outcome.REFUSED);
    assertThat(pair.ended.orElseThrow().message())
        .contains("host 'db2' has no authentication plugin mysql_native_password,")
        .contains("log in on 'db1'")
        .contains("ALTER USER");
    assertThat(pair.db1.writable).isTrue();

    pair.request = Optional.of(new Move.Request("writer", "db2", "by force", true));
    pair.settle();

    assertThat(pair.ended.orElseThrow().outcome()).isEqualTo(Move.Outcome.DONE);
    assertThat(pair.db2.writable).isTrue();
  }

  @Test
  void anIpThatLeftTheSpecIsTakenOff() {
    SimulatedPair pair = SimulatedPair.healthy();
    pair.db2.vips.add("10.0.0.199");

    pair.settle();

    assertThat(pair.db2.vips).doesNotContain("10.0.0.199");
  }

  @Test
  void aMoveToAHostThatIsDownIsRefused() {
    SimulatedPair pair = SimulatedPair.healthy();
    pair.db2.kill();
    pair.request = Optional.of(moveTo("db2"));

    pair.settle();

    assertThat(pair.ended.orElseThrow().outcome()).isEqualTo(Move.Outcome.REFUSED);
    assertThat(pair.ended.orElseThrow().message()).contains("db2").contains("down");
    assertThat(pair.db1.writable).isTrue();
  }

  @Test
  void aKilledWriterIsReplacedWithoutLoss() {
    SimulatedPair pair = SimulatedPair.healthy();
    pair.commit();
    pair.db1.kill();

    pair.settle();

    assertThat(pair.db2.writable).isTrue();
    assertThat(pair.ledger.orElseThrow().writer()).isEqualTo("db2");
    assertThat(pair.ledger.orElseThrow().inSync()).containsOnlyKeys("db2");
    pair.commit();
    pair.db1.start();
    pair.settle();
    assertThat(pair.ledger.orElseThrow().inSync()).containsOnlyKeys("db1", "db2");
    assertThat(pair.lastVerdict()).isEqualTo(Verdict.HEALTHY);
  }

  @Test
  void whatNobodyAcknowledgedIsCutOffBeforeAReplacedWriterStarts() {
    SimulatedPair pair = SimulatedPair.healthy();
    pair.db2.io = false;
    pair.db1.commit();
    pair.db1.kill();

    pair.settle();

    assertThat(pair.db2.writable).isTrue();
    assertThat(pair.db2.executed.contains(pair.db1.executed)).isTrue();
    assertThat(pair.db1.standing.unjudged()).isFalse();
    pair.db1.start();
    pair.settle();
    assertThat(pair.lastVerdict()).isEqualTo(Verdict.HEALTHY);
    assertThat(pair.ledger.orElseThrow().inSync())
        .containsEntry("db1", pair.db1.standing.serverUuid());
  }

  @Test
  void nothingIsCutWhileTheNewWriterIsNotActive() {
    SimulatedPair pair = SimulatedPair.healthy();
    pair.db2.io = false;
    pair.db1.commit();
    pair.db1.kill();

    while (pair.ledger.orElseThrow().writer().equals("db1")) {
      assertThat(pair.step()).as("on its way to the failover").isTrue();
      assertThat(pair.db1.standing.unjudged()).isTrue();
    }

    assertThat(pair.db2.writable).isFalse();
    assertThat(StartCare.decide(Pair.of(pair.snapshot(), pair.ledger.orElseThrow()))).isEmpty();
  }

  @Test
  void aWriterThatNobodyReplacesStartsAsItIs() {
    SimulatedPair pair = SimulatedPair.healthy();
    pair.db2.io = false;
    pair.db1.commit();
    pair.db2.kill();
    pair.db1.kill();

    pair.settle();

    assertThat(pair.db1.standing.unjudged()).isFalse();
    assertThat(pair.db1.tail.isEmpty()).isTrue();
    assertThat(pair.ledger.orElseThrow().writer()).isEqualTo("db1");
  }

  @Test
  void aPeerWhoseAgentIsSilentStaysInSyncForAWhile() {
    SimulatedPair pair = SimulatedPair.healthy();
    Ledger before = pair.ledger.orElseThrow();
    pair.db2.reachable = false;
    pair.db2.silentFor = Duration.ofSeconds(10);

    pair.settleFor(Duration.ofSeconds(2));
    assertThat(pair.ledger).contains(before);

    pair.db2.reachable = true;
    pair.settleFor(Duration.ofSeconds(2));
    assertThat(pair.ledger).contains(before);

    pair.db2.reachable = false;
    pair.db2.silentFor = Duration.ofSeconds(11);
    pair.settleFor(Duration.ofSeconds(2));
    assertThat(pair.ledger.orElseThrow().inSync()).containsOnlyKeys("db1");
  }

  @Test
  void aPeerOfWhichNothingIsKnownIsWaitedFor() {
    SimulatedPair pair = SimulatedPair.healthy();
    pair.db1.kill();
    pair.db2.reachable = false;
    pair.db2.silentFor = Duration.ofSeconds(1);
    Ledger ledger = pair.ledger.orElseThrow();

    assertThat(StartCare.decide(Pair.of(pair.snapshot(), ledger))).isEmpty();

    pair.db2.silentFor = Duration.ofSeconds(2);
    assertThat(StartCare.decide(Pair.of(pair.snapshot(), ledger)))
        .singleElement()
        .isInstanceOfSatisfying(
            Command.Send.class, send -> assertThat(((Order.Start) send.order()).keep()).isEmpty());
  }

  @Test
  void aReturningWriterWithASurplusIsHeldOut() {
    SimulatedPair pair = SimulatedPair.healthy();
    pair.rejoin = Topology.Rejoin.MANUAL;
    pair.db2.io = false;
    pair.db1.commit();
    // As when the end of its binlog could not be cut off.
    pair.db1.tail = GtidSet.empty();
    pair.db1.kill();
    pair.settle();
    assertThat(pair.db2.writable).isTrue();

    pair.db1.start();
    pair.settle();

    assertThat(pair.lastVerdict()).isEqualTo(Verdict.SOLO);
    assertThat(pair.db1.io).isFalse();
    assertThat(pair.db1.writable).isFalse();
    assertThat(Samples.of(pair.snapshot(), "db1", Check.REP_THREADS).message())
        .startsWith("ErrantTransactions");
  }

  @Test
  void losingTheStandbyLeavesTheWriterAlone() {
    SimulatedPair pair = SimulatedPair.healthy();
    pair.db2.kill();

    pair.settle();

    assertThat(pair.ledger.orElseThrow().inSync()).containsOnlyKeys("db1");
    assertThat(pair.db1.standing.mode()).isEqualTo(WriteMode.SOLO);
    pair.commit();
    assertThat(pair.acknowledged.isEmpty()).isFalse();
  }

  @Test
  void aSoloWriterThatDiesIsWaitedFor() {
    SimulatedPair pair = SimulatedPair.healthy();
    pair.db2.kill();
    pair.settle();
    pair.commit();
    pair.db1.kill();
    pair.db2.start();

    pair.settle();

    assertThat(pair.lastVerdict()).isEqualTo(Verdict.WRITER_DOWN);
    assertThat(pair.db2.writable).isFalse();
    pair.db1.start();
    pair.settle();
    assertThat(pair.lastVerdict()).isEqualTo(Verdict.HEALTHY);
  }

  /** S22: launch.sh gave it another server_uuid. */
  @Test
  void aPeerWhoseMachineWentDownIsWaitedForWithTheWriterAndPairedAgain() {
    SimulatedPair pair = SimulatedPair.healthy();
    pair.commit();
    pair.db1.kill();
    pair.db1.reachable = false;
    pair.db1.silentFor = Duration.ofSeconds(20);
    pair.db2.writerUnheard = Duration.ofSeconds(20);
    pair.db2.standing = pair.db2.standing.of("db2-after-a-boot");

    pair.settle();

    assertThat(Decider.decide(pair.snapshot()).because())
        .contains("nobody can take over: db2 was in sync, but its machine went down");
    assertThat(pair.db2.writable).isFalse();
    assertThat(pair.ledger.orElseThrow().writer()).isEqualTo("db1");
    pair.db1.reachable = true;
    pair.db2.writerUnheard = Duration.ZERO;
    pair.settle();
    pair.db1.start();
    pair.settle();
    assertThat(pair.lastVerdict()).isEqualTo(Verdict.HEALTHY);
    assertThat(pair.db1.writable).isTrue();
    assertThat(pair.ledger.orElseThrow().inSync()).containsEntry("db2", "db2-after-a-boot");
  }

  @Test
  void anUnreachableWriterIsNeverTakenForDead() {
    SimulatedPair pair = SimulatedPair.healthy();
    pair.db1.reachable = false;

    pair.settle();

    assertThat(pair.lastVerdict()).isEqualTo(Verdict.WRITER_UNKNOWN);
    assertThat(pair.db2.writable).isFalse();
  }

  @Test
  void passiveChangesNothing() {
    SimulatedPair pair = SimulatedPair.healthy();
    pair.mode = Topology.Mode.PASSIVE;
    pair.db1.kill();

    pair.settle();

    assertThat(pair.lastVerdict()).isEqualTo(Verdict.PASSIVE);
    assertThat(Decider.decide(pair.snapshot()).commands()).isEmpty();
  }

  @Test
  void manualDoesNotFailOver() {
    SimulatedPair pair = SimulatedPair.healthy();
    pair.mode = Topology.Mode.MANUAL;
    pair.db1.kill();

    pair.settle();

    assertThat(pair.lastVerdict()).isEqualTo(Verdict.MANUAL);
    assertThat(pair.db2.writable).isFalse();
  }

  @Test
  void inManualModeARequestLetsTheStandbyTakeOver() {
    SimulatedPair pair = SimulatedPair.healthy();
    pair.mode = Topology.Mode.MANUAL;
    pair.db1.kill();
    pair.settle();
    assertThat(pair.lastVerdict()).isEqualTo(Verdict.MANUAL);

    pair.request = Optional.of(moveTo("db2"));
    pair.settle();

    assertThat(pair.ended.orElseThrow().outcome()).isEqualTo(Move.Outcome.DONE);
    assertThat(pair.db2.writable).isTrue();
  }

  @Test
  void aSoloWriterThatIsLostIsReplacedOnlyByForce() {
    SimulatedPair pair = SimulatedPair.healthy();
    pair.db2.kill();
    pair.settle();
    pair.commit();
    pair.db1.kill();
    pair.db2.start();
    pair.settle();

    pair.request = Optional.of(moveTo("db2"));
    pair.settleFor(Duration.ofSeconds(15));

    assertThat(pair.ended.orElseThrow().outcome()).isEqualTo(Move.Outcome.REFUSED);
    assertThat(pair.ended.orElseThrow().message())
        .contains("host 'db2' lacks what 'db1' acknowledged last")
        .contains("force it");

    pair.acceptLossTo(pair.db2);
    pair.request = Optional.of(new Move.Request("writer", "db2", "2026-11-22T10:00:01Z", true));
    pair.settle();

    assertThat(pair.ended.orElseThrow().message())
        .isEqualTo("Role 'writer' has been moved by force from 'db1' to 'db2'.");
    assertThat(pair.db2.writable).isTrue();
    pair.db1.start();
    pair.settle();
    assertThat(pair.db1.writable).isFalse();
    assertThat(pair.db1.io).as("held out: it has what db2 lacks").isFalse();
    assertThat(pair.ledger.orElseThrow().inSync()).containsOnlyKeys("db2");
  }

  @Test
  void byForceAWriterThatServesIsLeftOnlyForAPeerThatHasEverything() {
    SimulatedPair pair = SimulatedPair.healthy();
    pair.db2.kill();
    pair.settle();
    pair.commit();
    pair.db2.start();
    pair.request = Optional.of(new Move.Request("writer", "db2", "2026-11-22T10:00:00Z", true));

    pair.settle();

    assertThat(pair.ended.orElseThrow().outcome()).isEqualTo(Move.Outcome.DONE);
    assertThat(pair.db2.executed.contains(pair.acknowledged)).isTrue();
    assertThat(pair.lastVerdict()).isEqualTo(Verdict.HEALTHY);
  }

  @Test
  void theServerOfTheOldWriterDiesInTheMoveAndTheNewOneTakesOver() {
    SimulatedPair pair = SimulatedPair.healthy();
    pair.request = Optional.of(moveTo("db2"));
    pair.step();
    pair.step();
    pair.db1.kill();

    pair.settle();

    assertThat(pair.ended.orElseThrow().outcome()).isEqualTo(Move.Outcome.DONE);
    assertThat(pair.db2.writable).isTrue();
  }

  @Test
  void aLedgerRestoredFromABackupIsRebuiltFromBothWords() {
    SimulatedPair pair = SimulatedPair.healthy();
    Ledger old = pair.ledger.orElseThrow();
    pair.request = Optional.of(moveTo("db2"));
    pair.settle();
    long epoch = pair.ledger.orElseThrow().epoch();
    pair.commit();
    pair.db1.reachable = false;
    pair.restore(old);

    pair.settleFor(Duration.ofSeconds(15));

    assertThat(pair.lastVerdict()).isEqualTo(Verdict.AWAITING_BOTH_MASTERS);
    pair.db1.reachable = true;
    pair.settleFor(Duration.ofSeconds(15));
    assertThat(pair.ledger.orElseThrow().writer()).isEqualTo("db2");
    assertThat(pair.ledger.orElseThrow().epoch()).isGreaterThan(epoch);
    assertThat(pair.db2.writable).isTrue();
    assertThat(pair.lastVerdict()).isEqualTo(Verdict.HEALTHY);
  }

  @Test
  void aMoveCutAfterAnyStepIsFinishedOrUndoneByTheNextOperator() {
    for (int cut = 0; cut < 12; cut++) {
      SimulatedPair pair = SimulatedPair.healthy();
      pair.request = Optional.of(moveTo("db2"));
      for (int i = 0; i < cut; i++) {
        pair.step();
        pair.commit();
      }

      pair.newOperator();
      pair.settle();

      assertThat(pair.ended).as("cut after %d steps", cut).isPresent();
      assertThat(pair.lastVerdict()).isEqualTo(Verdict.HEALTHY);
      pair.commit();
    }
  }

  @Test
  void aMoveWhoseNewHostDiesAfterAnyStepEndsWithAWriterOrANamedWait() {
    for (int cut = 1; cut < 12; cut++) {
      SimulatedPair pair = SimulatedPair.healthy();
      pair.request = Optional.of(moveTo("db2"));
      for (int i = 0; i < cut; i++) {
        pair.step();
        pair.commit();
      }

      pair.db2.kill();
      for (int i = 0; i < 300; i++) {
        pair.step();
      }
      pair.db2.start();
      for (int i = 0; i < 300; i++) {
        pair.step();
      }

      assertThat(pair.lastVerdict()).as(pair.history::toString).isEqualTo(Verdict.HEALTHY);
    }
  }

  @Test
  void aMoveWhoseNewHostFallsSilentIsUndoneLongBeforeItsTimeIsUp() {
    SimulatedPair pair = SimulatedPair.healthy();
    pair.request = Optional.of(moveTo("db2"));
    pair.step();
    pair.step();
    assertThat(pair.db1.writable).as("it has released").isFalse();

    pair.db2.reachable = false;
    pair.settleFor(Duration.ofSeconds(1));

    assertThat(pair.ledger.orElseThrow().writer()).isEqualTo("db1");
    assertThat(pair.ended.orElseThrow().outcome()).isEqualTo(Move.Outcome.ABORTED);
    assertThat(pair.ended.orElseThrow().message())
        .isEqualTo(
            "The move to 'db2' was undone: the agent of 'db2' does not answer."
                + " Role 'writer' stays on 'db1'.");
  }

  @Test
  void readersLeaveAHostThatDoesNotReplicate() {
    SimulatedPair pair = SimulatedPair.healthy();
    assertThat(pair.db1.vips).hasSize(2);
    assertThat(pair.db2.vips).hasSize(1);

    pair.db2.kill();
    pair.settle();

    assertThat(pair.db1.vips).contains(SimulatedPair.WRITER_IP, "10.0.0.101", "10.0.0.102");
  }

  private static io.mysqlmmm.shared.gtid.GtidSet gtid(String text) {
    return io.mysqlmmm.shared.gtid.GtidSet.parse(text);
  }

  @Test
  void aLedgerIsRebuiltWhileTheHostsHoldTheirIps() {
    SimulatedPair pair = SimulatedPair.healthy();
    pair.settle();
    assertThat(pair.db2.vips).as("a reader's IP").isNotEmpty();
    pair.ledger = Optional.empty();

    pair.settleFor(Duration.ofSeconds(20));

    assertThat(pair.ledger.map(Ledger::writer)).contains("db1");
    assertThat(pair.ledger.orElseThrow().inSync()).containsOnlyKeys("db1", "db2");
  }

  @Test
  void anIpOfAnotherMachineKeepsALedgerFromBeingRebuilt() {
    SimulatedPair pair = SimulatedPair.healthy();
    pair.settle();
    pair.db1.vips.clear();
    pair.foreignIps = Map.of("10.0.0.100", "02:00:00:00:00:99");
    pair.ledger = Optional.empty();

    pair.settleFor(Duration.ofSeconds(20));

    assertThat(pair.ledger).isEmpty();
    assertThat(pair.lastVerdict()).isEqualTo(Verdict.IP_IN_USE);
    assertThat(Decider.decide(pair.snapshot()).because()).contains("02:00:00:00:00:99");
  }
}
