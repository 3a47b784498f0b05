package io.mysqlmmm.shared.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StartRulesTest {
  private static final Duration SOON = StartRules.VERDICT.minusMillis(1);
  private static final Duration LATE = Duration.ofHours(1);
  private static final Standing PAIRED =
      Standing.initial().of("uuid").active(5, WriteMode.PAIRED, "peer", true);

  @Test
  void aNewDataSetStartsAtOnce() {
    assertThat(StartRules.waits(Standing.initial(), false, Duration.ZERO)).isFalse();
  }

  @Test
  void aSoloWriterStartsAtOnce() {
    assertThat(StartRules.waits(PAIRED.alone(), true, Duration.ZERO)).isFalse();
  }

  @Test
  void aFollowerStartsAtOnce() {
    Standing follower = PAIRED.releasing(5).voting(6);

    assertThat(StartRules.waits(follower, false, Duration.ZERO)).isFalse();
  }

  @Test
  void aPairedWriterWaitsForTheVerdictAndGoesOnUnderItsLease() {
    assertThat(StartRules.waits(PAIRED, true, SOON)).isTrue();
    assertThat(StartRules.waits(PAIRED, true, StartRules.VERDICT)).isFalse();
  }

  @Test
  void withoutALeaseItWaitsForVotesOrForAWord() {
    assertThat(StartRules.waits(PAIRED, false, LATE)).isTrue();
    assertThat(StartRules.waits(PAIRED.judged("uuid"), false, LATE)).isFalse();
  }

  @Test
  void oneThatReleasedWaitsForAWord() {
    assertThat(StartRules.waits(PAIRED.releasing(5), false, LATE)).isTrue();
    assertThat(StartRules.waits(PAIRED.releasing(5).judged("new"), false, SOON)).isFalse();
  }

  /** S22. */
  @Test
  void whoFollowedWhenItsMachineWentDownGetsAnotherName() {
    Standing follower = PAIRED.releasing(5).voting(6);

    assertThat(StartRules.renames(follower, true)).isTrue();
    assertThat(StartRules.renames(follower, false)).isFalse();
    assertThat(StartRules.renames(Standing.initial().of("uuid").voting(1), true)).isTrue();
    assertThat(StartRules.renames(follower.promising(6), true)).as("promised since").isTrue();
  }

  /** Its own end is in the binlog, which is synced; who came before it, it had applied. */
  @Test
  void whoWroteLastKeepsItsName() {
    Standing writer =
        Standing.initial().of("uuid").voting(4).active(5, WriteMode.PAIRED, "p", true);

    assertThat(StartRules.renames(writer, true)).isFalse();
    assertThat(StartRules.renames(writer.voting(5), true)).as("in the ring").isFalse();
    assertThat(StartRules.renames(writer.releasing(5), true)).isFalse();
    assertThat(StartRules.renames(Standing.initial(), true)).as("a new data set").isFalse();
  }

  @Test
  void whereCommitsWaitForNobodyOnlyTheVerdictIsWaitedFor() {
    Standing available = Standing.initial().of("uuid").active(5, WriteMode.PAIRED, "peer", false);

    assertThat(StartRules.waits(available, false, SOON)).isTrue();
    assertThat(StartRules.waits(available, false, LATE)).isFalse();
  }
}
