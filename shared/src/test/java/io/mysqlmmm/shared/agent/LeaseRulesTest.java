package io.mysqlmmm.shared.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeaseRulesTest {
  private static final Duration TTL = Duration.ofSeconds(3);
  private static final Standing WRITER =
      new Standing("w", 10, 5, 4, 3, WriteMode.PAIRED, 8, "p", 0, 1, false);
  private static final Standing STANDBY =
      new Standing("p", 10, 2, 4, 2, WriteMode.NONE, 8, "", 5, 1, false);

  private static BootTime at(long millis) {
    return new BootTime("boot", Duration.ofMillis(millis));
  }

  private static Beat beat(String uuid, long epoch, BootTime echo) {
    return new Beat("uid", uuid, epoch, Optional.of(echo));
  }

  private static BootTime extended(BootTime end, Beat beat, long now) {
    return LeaseRules.extended(WRITER, "uid", end, beat, at(now), TTL);
  }

  @Test
  void aLeaseEndsOneTtlAfterTheClockThatCameBack() {
    assertThat(extended(BootTime.NEVER, beat("", 5, at(1000)), 1200)).isEqualTo(at(4000));
    assertThat(extended(at(2000), beat("p", 5, at(1000)), 1200)).isEqualTo(at(4000));
  }

  @Test
  void aDelayedHeartbeatExtendsNothing() {
    assertThat(extended(at(5000), beat("", 5, at(1000)), 4900)).isEqualTo(at(5000));
    assertThat(extended(BootTime.NEVER, beat("", 5, at(1000)), 60_000).leftAt(at(60_000)))
        .isEqualTo(Duration.ZERO);
  }

  @Test
  void onlyVotesForThisEpochFromThePairedDataSetAndThisBootCount() {
    BootTime end = at(2000);
    assertThat(extended(end, beat("", 4, at(1500)), 1600)).isEqualTo(end);
    assertThat(extended(end, beat("", 6, at(1500)), 1600)).isEqualTo(end);
    assertThat(extended(end, beat("other", 5, at(1500)), 1600)).isEqualTo(end);
    assertThat(extended(end, new Beat("uid-2", "", 5, Optional.of(at(1500))), 1600)).isEqualTo(end);
    assertThat(extended(end, new Beat("uid", "", 5, Optional.empty()), 1600)).isEqualTo(end);
    BootTime before = new BootTime("boot before", Duration.ofMillis(1500));
    assertThat(extended(end, beat("", 5, before), 1600)).isEqualTo(end);
    assertThat(extended(before, beat("", 5, at(1500)), 1600)).isEqualTo(at(4500));
    assertThat(extended(end, beat("", 5, at(1700)), 1600)).as("from the future").isEqualTo(end);
  }

  @Test
  void whoReleasedHasNoLease() {
    Standing released = WRITER.releasing(5);
    assertThat(
            LeaseRules.extended(
                released, "uid", BootTime.NEVER, beat("", 5, at(1500)), at(1600), TTL))
        .isEqualTo(BootTime.NEVER);
  }

  @Test
  void aPairedWriterStopsBeforeItsLeaseEnds() {
    assertThat(LeaseRules.mayWrite(WRITER, at(3000), at(2400))).isTrue();
    assertThat(LeaseRules.mayWrite(WRITER, at(3000), at(2500))).isFalse();
    assertThat(LeaseRules.mayWrite(WRITER, BootTime.NEVER, at(0))).isFalse();
    assertThat(LeaseRules.mayWrite(WRITER, new BootTime("other", Duration.ofDays(9)), at(0)))
        .isFalse();
  }

  @Test
  void aSoloWriterNeedsNoLease() {
    assertThat(LeaseRules.mayWrite(WRITER.alone(), BootTime.NEVER, at(9000))).isTrue();
    assertThat(LeaseRules.mayWrite(WRITER.alone().releasing(5), BootTime.NEVER, at(9000)))
        .isFalse();
  }

  @Test
  void aPromiseEndsTheVote() {
    assertThat(LeaseRules.votes(STANDBY)).isTrue();
    assertThat(LeaseRules.votes(STANDBY.promising(5))).isFalse();
    assertThat(LeaseRules.votes(STANDBY.promising(5).voting(6))).isTrue();
    assertThat(LeaseRules.votes(Standing.initial().of("p"))).as("not introduced").isFalse();
  }
}
