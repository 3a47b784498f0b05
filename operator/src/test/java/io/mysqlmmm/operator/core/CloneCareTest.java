package io.mysqlmmm.operator.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.shared.agent.Order;
import io.mysqlmmm.shared.gtid.GtidSet;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which hosts are cloned, and which never (S21). */
class CloneCareTest {
  private static final GtidSet ERRANT = GtidSet.parse("aaaaaaaa-0000-0000-0000-000000000001:1-5");
  private static final Duration ENOUGH = Duration.ofSeconds(10);

  /** db1 writes; db2 was given up and comes back with what db1 lacks. */
  private static SimulatedPair diverged() {
    SimulatedPair pair = SimulatedPair.healthy();
    pair.db2.kill();
    pair.settle();
    pair.commit();
    pair.db2.executed = pair.db2.executed.union(ERRANT);
    pair.db2.start();
    return pair;
  }

  private static Optional<Order.Clone> cloneOrder(SimulatedPair pair) {
    return Decider.decide(pair.snapshot()).commands().stream()
        .filter(Command.Send.class::isInstance)
        .map(c -> ((Command.Send) c).order())
        .filter(Order.Clone.class::isInstance)
        .map(Order.Clone.class::cast)
        .findFirst();
  }

  private static String sentence(SimulatedPair pair) {
    return Decider.decide(pair.snapshot()).because();
  }

  private static void request(SimulatedPair pair, String host, String from) {
    pair.clones.put(host, new Clones.Request(from, "2026-11-22T10:00:00Z"));
  }

  @Test
  void aPeerWithASurplusIsClonedAndComesIntoSync() {
    SimulatedPair pair = diverged();
    String before = pair.db2.standing.serverUuid();

    pair.settleFor(ENOUGH);

    assertThat(pair.db2.clone.orElseThrow().running()).isTrue();
    assertThat(pair.db2.clone.orElseThrow().donor()).isEqualTo("db1");
    assertThat(sentence(pair)).contains("db2 is being cloned from db1");
    assertThat(pair.db1.writable).isTrue();

    pair.db2.finishClone();
    pair.settle();

    assertThat(pair.ledger.orElseThrow().inSync()).containsOnlyKeys("db1", "db2");
    assertThat(pair.ledger.orElseThrow().inSync().get("db2")).isNotEqualTo(before);
    assertThat(pair.db2.executed.contains(ERRANT)).isFalse();
  }

  @Test
  void aHostThatIsClonedLeavesOnlineWithoutAFlap() {
    SimulatedPair pair = SimulatedPair.healthy();
    Order.Source donor = new Order.Source("db1", "10.0.0.1", 3306, pair.db1.standing.serverUuid());
    pair.db2.clone =
        Optional.of(
            io.mysqlmmm.shared.agent.Clone.begun(
                donor, pair.db2.standing.serverUuid(), "t1", false, java.time.Instant.EPOCH));

    pair.settleFor(ENOUGH);

    HostLife life = pair.snapshot().life("db2");
    assertThat(life.online()).isFalse();
    assertThat(life.flaps()).isEqualTo(Flaps.NONE);
  }

  @Test
  void aPeerWhoseWriterHasPurgedItsBinlogsIsCloned() {
    SimulatedPair pair = SimulatedPair.healthy();
    pair.db2.kill();
    pair.settle();
    pair.commit();
    pair.db1.purged = pair.db1.executed;
    pair.db2.start();

    pair.settleFor(ENOUGH);

    assertThat(pair.db2.clone.orElseThrow().running()).isTrue();
  }

  @Test
  void aNewEmptyDiskJustReplicatesWhileAllBinlogsAreThere() {
    SimulatedPair pair = SimulatedPair.healthy();
    pair.db2.kill();
    pair.settle();
    pair.db2.executed = GtidSet.empty();
    pair.db2.standing =
        io.mysqlmmm.shared.agent.Standing.initial()
            .of("bbbbbbbb-0000-0000-0000-000000000002")
            .started();
    pair.db2.start();

    pair.settle();

    assertThat(pair.db2.clone).isEmpty();
    assertThat(pair.ledger.orElseThrow().inSync()).containsOnlyKeys("db1", "db2");
  }

  @Test
  void underManualAPersonIsAskedAndOnlyTheRequestClones() {
    SimulatedPair pair = diverged();
    pair.rejoin = Topology.Rejoin.MANUAL;

    pair.settleFor(ENOUGH);

    assertThat(pair.db2.clone).isEmpty();
    assertThat(sentence(pair)).contains("db2 is held out").contains("spec.rejoin is Manual");

    request(pair, "db2", "");
    pair.settleFor(ENOUGH);

    assertThat(pair.db2.clone.orElseThrow().requestedAt()).isEqualTo("2026-11-22T10:00:00Z");
  }

  /** What was begun is ended: there is nothing left to decide about. */
  @Test
  void aCloneThatFailedWithTheOldDataGoneIsBegunAgainEvenUnderManual() {
    SimulatedPair pair = diverged();
    pair.settleFor(ENOUGH);
    pair.rejoin = Topology.Rejoin.MANUAL;

    pair.db2.failClone(true);
    pair.settleFor(ENOUGH);

    assertThat(pair.db2.clone.orElseThrow().running()).isTrue();
  }

  @Test
  void halfACloneIsPromotedByNobodyNotEvenByForce() {
    SimulatedPair pair = diverged();
    pair.settleFor(ENOUGH);
    pair.db2.failClone(true);
    pair.db1.kill();
    pair.db1.reachable = false;
    pair.request = Optional.of(new Move.Request("writer", "db2", "2026-11-22T10:00:00Z", true));

    pair.settleFor(Duration.ofSeconds(20));

    assertThat(pair.db2.writable).isFalse();
    assertThat(pair.ledger.orElseThrow().writer()).isEqualTo("db1");
  }

  /**
   * The writer that was lost for good, and was replaced by force, may have what nobody else has.
   */
  @Test
  void whatASoloWriterAcknowledgedIsGivenUpByAPersonOnly() {
    SimulatedPair pair = SimulatedPair.healthy();
    pair.db2.kill();
    pair.settle();
    pair.commit();
    pair.db1.kill();
    pair.db2.start();
    pair.acceptLossTo(pair.db2);
    pair.request = Optional.of(new Move.Request("writer", "db2", "2026-11-22T10:00:00Z", true));
    pair.settle();
    pair.db1.start();

    pair.settleFor(Duration.ofSeconds(20));

    assertThat(pair.db2.writable).isTrue();
    assertThat(pair.db1.clone).isEmpty();
    assertThat(sentence(pair)).contains("db1 is held out").contains("may have been acknowledged");

    request(pair, "db1", "");
    pair.settleFor(ENOUGH);

    assertThat(pair.db1.clone.orElseThrow().donor()).isEqualTo("db2");
  }

  @Test
  void withoutAcknowledgementsEverySurplusIsAPersonsToGiveUp() {
    SimulatedPair pair = diverged();
    pair.durability = Topology.Durability.AVAILABLE;

    pair.settleFor(Duration.ofSeconds(20));

    assertThat(pair.db2.clone).isEmpty();
    assertThat(sentence(pair)).contains("may have been acknowledged");
  }

  @Test
  void aMemberInSyncAndTheWriterAreNeverClonedOver() {
    SimulatedPair pair = SimulatedPair.healthy();
    request(pair, "db2", "");

    pair.settle();

    assertThat(pair.db2.clone).isEmpty();
    assertThat(pair.endedClone.orElseThrow().message()).contains("counts as in sync");

    request(pair, "db1", "db2");
    pair.settle();

    assertThat(pair.db1.clone).isEmpty();
    assertThat(pair.endedClone.orElseThrow().message()).contains("is the writer");
  }

  @Test
  void aDonorThatCannotServeIsRefusedWithTheReason() {
    SimulatedPair pair = diverged();
    request(pair, "db2", "db7");

    pair.settleFor(ENOUGH);

    assertThat(pair.endedClone.orElseThrow().message()).contains("db7 is no other host");
  }

  /** S21: a clone ordered before the ledger that names the host as in sync comes too late. */
  @Test
  void aLateOrderToCloneMeetsNoMemberInSync() {
    SimulatedPair pair = diverged();
    for (int i = 0; i < 200 && cloneOrder(pair).isEmpty(); i++) {
      pair.step(0);
    }
    Order.Clone late = cloneOrder(pair).orElseThrow();
    pair.db2.executed = pair.db2.executed.minus(ERRANT);
    pair.settle();
    assertThat(pair.ledger.orElseThrow().inSync()).containsOnlyKeys("db1", "db2");

    pair.db2.obey(late, SimulatedPair.UID);

    assertThat(pair.db2.clone).isEmpty();
    assertThat(pair.db2.standing.cloneGuard().replacing()).isFalse();
  }
}
