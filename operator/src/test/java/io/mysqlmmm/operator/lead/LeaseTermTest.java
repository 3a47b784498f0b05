package io.mysqlmmm.operator.lead;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeaseTermTest {
  private static final Duration START = Duration.ofSeconds(1000);
  private final LeaseTerm term = new LeaseTerm();

  @Test
  void aTermCountsFromTheSendingOfTheRenewal() {
    term.renewed(START);

    assertThat(term.ours(START.plus(LeaseTerm.TTL).minusMillis(1))).isTrue();
    assertThat(term.ours(START.plus(LeaseTerm.TTL))).isFalse();
  }

  @Test
  void anothersRecordIsTakenOnlyAfterItWasSeenUnchangedForLongerThanAnyTerm() {
    assertThat(term.expired("other@1", START)).isFalse();
    assertThat(term.expired("other@1", START.plus(LeaseTerm.PATIENCE))).isFalse();
    assertThat(term.expired("other@1", START.plus(LeaseTerm.PATIENCE).plusMillis(1))).isTrue();
    assertThat(LeaseTerm.PATIENCE).isGreaterThan(LeaseTerm.TTL);
  }

  @Test
  void aRecordThatMovesIsAlive() {
    term.expired("other@1", START);

    assertThat(term.expired("other@2", START.plusSeconds(60))).isFalse();
  }

  @Test
  void aTermThatEndedIsNotOurs() {
    term.renewed(START);
    term.ended();

    assertThat(term.ours(START)).isFalse();
  }

  @Test
  void whoResignedLeavesAFreeLeaseToAnotherForAWhile() {
    assertThat(term.mayTakeFree(START)).isTrue();
    term.renewed(START);
    term.resigned(START);
    assertThat(term.ours(START)).isFalse();
    assertThat(term.mayTakeFree(START.plus(LeaseTerm.PATIENCE).minusMillis(1))).isFalse();
    assertThat(term.mayTakeFree(START.plus(LeaseTerm.PATIENCE))).isTrue();
  }
}
