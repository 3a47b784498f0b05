package io.mysqlmmm.operator.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.shared.agent.Preflight;
import io.mysqlmmm.shared.agent.Preflight.Finding;
import io.mysqlmmm.shared.agent.Preflight.Level;
import io.mysqlmmm.shared.agent.Standing;
import io.mysqlmmm.shared.gtid.GtidSet;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A pair that begins with a data set which was made elsewhere. */
class AdoptionTest {
  private static final GtidSet OLD = GtidSet.parse("aaaaaaaa-0000-0000-0000-000000000001:1-5");
  private static final Duration ENOUGH = Duration.ofSeconds(10);

  /** db2 has a data set from elsewhere, though db1 is preferred; db1 is new. */
  private static SimulatedPair waiting() {
    SimulatedPair pair = new SimulatedPair();
    pair.adopted = Optional.of("db2");
    pair.db1.madeHere = true;
    pair.db2.executed = OLD;
    pair.db2.preflight = Optional.of(new Preflight(List.of()));
    pair.db1.start();
    pair.db2.start();
    return pair;
  }

  private static String sentence(SimulatedPair pair) {
    return Decider.decide(pair.snapshot()).because();
  }

  private static void assertLeftAlone(SimulatedPair pair, String because) {
    pair.settleFor(ENOUGH);

    assertThat(pair.ledger).isEmpty();
    assertThat(pair.lastVerdict()).isEqualTo(Verdict.UNKNOWN_DATA);
    assertThat(sentence(pair)).contains(because);
    assertThat(pair.db1.clone).isEmpty();
    assertThat(pair.db2.clone).isEmpty();
  }

  @Test
  void theAdoptedHostIsTheFirstWriterAndTheOtherIsClonedFromIt() {
    SimulatedPair pair = waiting();

    pair.settleFor(ENOUGH);

    assertThat(pair.ledger.orElseThrow().writer()).isEqualTo("db2");
    assertThat(pair.db2.writable).isTrue();
    assertThat(pair.db1.clone.orElseThrow().donor()).isEqualTo("db2");
    assertThat(pair.db1.source).as("it never replicated").isEmpty();

    pair.db1.finishClone();
    pair.settle();

    assertThat(pair.ledger.orElseThrow().inSync()).containsOnlyKeys("db1", "db2");
    assertThat(pair.db1.executed.contains(OLD)).isTrue();
  }

  /** A server without GTIDs has data and none of them: an empty set tells nothing. */
  @Test
  void aDataSetWithoutGtidsIsClonedOnceItHasOne() {
    SimulatedPair pair = waiting();
    pair.db2.executed = GtidSet.empty();

    pair.settleFor(ENOUGH);

    assertThat(pair.db2.executed.isEmpty()).as("a marker").isFalse();
    assertThat(pair.db1.clone.orElseThrow().donor()).isEqualTo("db2");
    assertThat(pair.db1.source).isEmpty();
    pair.db1.finishClone();
    pair.settle();
    assertThat(pair.ledger.orElseThrow().inSync()).containsOnlyKeys("db1", "db2");
  }

  @Test
  void nothingIsClonedOverDataThatWereNotMadeHere() {
    SimulatedPair pair = waiting();
    pair.db1.madeHere = false;

    assertLeftAlone(pair, "db1 has data that this operator did not make");
  }

  @Test
  void anotherHostWithTransactionsIsLeftAlone() {
    SimulatedPair pair = waiting();
    pair.db1.executed = GtidSet.parse("bbbbbbbb-0000-0000-0000-000000000001:1");

    assertLeftAlone(pair, "db1 has data that this operator did not make");
  }

  @Test
  void anEmptyDataSetThatWasMadeHereIsNotTheOneMeant() {
    SimulatedPair pair = waiting();
    pair.db2.madeHere = true;
    pair.db2.executed = GtidSet.empty();

    assertLeftAlone(pair, "spec.adopt names db2, but its data set is an empty one");
  }

  @Test
  void whatThePreflightMissesIsNamedAndNobodyIsMadeWriter() {
    SimulatedPair pair = waiting();
    pair.db2.preflight =
        Optional.of(
            new Preflight(
                List.of(
                    new Finding("gtid_mode", Level.OK, "ON", "ON", ""),
                    new Finding("enabled events", Level.WARNING, "2", "none", "look"),
                    new Finding("tables of other engines", Level.MISSING, "a.b", "none", "x"))));

    assertLeftAlone(pair, "kubectl mmm preflight tells what to do): tables of other engines: a.b");

    pair.db2.preflight =
        Optional.of(
            new Preflight(List.of(new Finding("enabled events", Level.WARNING, "2", "none", ""))));
    pair.settleFor(ENOUGH);

    assertThat(pair.db2.writable).as("a warning is no obstacle").isTrue();
  }

  @Test
  void withoutAPreflightNobodyIsMadeWriter() {
    SimulatedPair pair = waiting();
    pair.db2.preflight = Optional.empty();

    assertLeftAlone(pair, "the preflight of db2 is not done yet");
  }

  @Test
  void underManualAnEmptyDataSetIsClonedAllTheSame() {
    SimulatedPair pair = waiting();
    pair.rejoin = Topology.Rejoin.MANUAL;

    pair.settleFor(ENOUGH);

    assertThat(pair.db1.clone.orElseThrow().running()).isTrue();
  }

  /** The binlogs may not go back to the beginning, though nothing was purged. */
  @Test
  void aDiskThatIsLostLaterIsClonedAndNeverReplicatesFromTheBeginning() {
    SimulatedPair pair = waiting();
    pair.settleFor(ENOUGH);
    pair.db1.finishClone();
    pair.settle();
    pair.db1.kill();
    pair.settle();
    pair.db1.executed = GtidSet.empty();
    pair.db1.source = Optional.empty();
    pair.db1.clone = Optional.empty();
    pair.db1.standing = Standing.initial().of("cccccccc-0000-0000-0000-000000000002").started();
    pair.db1.start();

    pair.settleFor(ENOUGH);

    assertThat(pair.db1.clone).as("until it is known to be made here").isEmpty();
    assertThat(pair.db1.source).isEmpty();
    assertThat(sentence(pair)).contains("db1 needs a clone").contains("left alone");

    pair.db1.madeHere = true;
    pair.settleFor(ENOUGH);

    assertThat(pair.db1.clone.orElseThrow().donor()).isEqualTo("db2");
    assertThat(pair.db1.source).isEmpty();
  }

  @Test
  void whatWasNotMadeHereIsGivenUpByAPersonOnly() {
    SimulatedPair pair = waiting();
    pair.settleFor(ENOUGH);
    pair.db1.madeHere = false;
    pair.db1.clone = Optional.empty();
    pair.db1.standing = Standing.initial().of("cccccccc-0000-0000-0000-000000000002").started();
    pair.settleFor(ENOUGH);
    assertThat(pair.db1.clone).isEmpty();

    pair.clones.put("db1", new Clones.Request("", "2026-11-22T10:00:00Z"));
    pair.settleFor(ENOUGH);

    assertThat(pair.db1.clone.orElseThrow().requestedAt()).isEqualTo("2026-11-22T10:00:00Z");
  }

  /** spec.adopt tells how the pair began, and nothing of a loss that comes later. */
  @Test
  void aLostLedgerIsNotRebuiltByIt() {
    SimulatedPair pair = waiting();
    pair.settleFor(ENOUGH);
    pair.db1.finishClone();
    pair.settle();
    pair.ledger = Optional.empty();
    pair.db1.kill();
    pair.db1.standing = Standing.initial().of("cccccccc-0000-0000-0000-000000000002").started();
    pair.db1.executed = GtidSet.empty();
    pair.db1.madeHere = true;
    pair.db1.start();

    pair.settleFor(Duration.ofSeconds(5));

    assertThat(pair.ledger).isEmpty();
  }
}
