package io.mysqlmmm.operator.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.shared.agent.Vitals;
import io.mysqlmmm.shared.agent.Vitals.Volume;
import io.mysqlmmm.shared.agent.Vitals.Writing;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The write check's trap is 5 s by default. */
class StuckWriterTest {
  private static final Volume FINE = new Volume.Seen(100, 50, false, "", 0);
  private static final Volume FULL = new Volume.Seen(100, 0, false, "No space left on device", 0);
  private static final Volume READ_ONLY = new Volume.Seen(100, 50, true, "", 0);
  private static final Writing BLOCKED = due(5001, false);

  private final SimulatedPair pair = SimulatedPair.healthy();

  private static Writing due(long millis, boolean awaitsPeer) {
    return new Writing.Due(Optional.of(millis), 60_000, millis, awaitsPeer, "");
  }

  private void see(Volume writers, Writing writing, Volume peers) {
    pair.db1.vitals = new Vitals(Instant.EPOCH, writers, writing);
    pair.db2.vitals = new Vitals(Instant.EPOCH, peers, new Writing.NotDue());
  }

  static Stream<Volume> faults() {
    return Stream.of(FULL, READ_ONLY, new Volume.Silent(5001));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void thePeerOfAWriterThatCommitsNothingOnABadVolumeTakesOver(Volume bad) {
    see(bad, BLOCKED, FINE);

    pair.settle();

    assertThat(pair.ledger.orElseThrow().writer()).isEqualTo("db2");
  }

  /** What is not enough. */
  record Case(String what, Volume writers, Writing writing, Volume peers) {}

  static Stream<Case> cases() {
    return Stream.of(
        new Case("somebody's lock", FINE, due(60_000, false), FINE),
        new Case("enough is left to go on with", FULL, due(800, false), FINE),
        new Case("not for long enough", FULL, due(5000, false), FINE),
        new Case("the peer is silent", FULL, due(60_000, true), FINE),
        new Case("it is not to write", FULL, new Writing.NotDue(), FINE),
        new Case("the volume was not asked for long", new Volume.Silent(5000), BLOCKED, FINE),
        new Case("the peer could do no better", FULL, BLOCKED, FULL),
        new Case("the peer's volume is not known", FULL, BLOCKED, new Volume.Silent(0)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void elseItStaysTheWriter(Case given) {
    see(given.writers(), given.writing(), given.peers());

    pair.settle();

    assertThat(pair.ledger.orElseThrow().writer()).isEqualTo("db1");
    assertThat(pair.lastVerdict()).isEqualTo(Verdict.HEALTHY);
  }

  @Test
  void nobodyTakesOverInManual() {
    pair.mode = Topology.Mode.MANUAL;
    see(FULL, BLOCKED, FINE);

    pair.settle();

    assertThat(pair.ledger.orElseThrow().writer()).isEqualTo("db1");
  }
}
