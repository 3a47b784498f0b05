package io.mysqlmmm.operator.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.operator.core.CheckState.Outcome;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Period and trap, as MMM's checker had them. */
class CheckStateTest {
  private static final Instant WALL = Instant.EPOCH;
  private static final CheckRule RULE =
      new CheckRule(Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(1));
  private static final Sample GOOD = new Sample.Good("good");
  private static final Sample BAD = new Sample.Bad("bad", false);
  private static final Sample GONE = new Sample.Bad("gone", true);
  private static final Sample UNKNOWN = new Sample.Unknown("unknown");

  private CheckState state = CheckState.unknown(WALL);

  private Outcome at(long millis, Sample sample) {
    state = state.next(sample, RULE, Duration.ofMillis(millis), WALL.plusMillis(millis));
    return state.outcome();
  }

  @Test
  void goodIsTakenAtOnce() {
    assertThat(at(0, GOOD)).isEqualTo(Outcome.OK);
  }

  @Test
  void badCountsAfterTheTrapOnly() {
    at(0, GOOD);

    assertThat(at(1000, BAD)).isEqualTo(Outcome.OK);
    assertThat(at(3999, BAD)).isEqualTo(Outcome.OK);
    assertThat(at(5000, BAD)).isEqualTo(Outcome.FAILED);
    assertThat(state.message()).isEqualTo("bad");
    assertThat(state.since()).isEqualTo(WALL.plusMillis(5000));
  }

  @Test
  void oneGoodLookBeginsTheTrapAnew() {
    at(0, BAD);
    at(2000, GOOD);
    at(3000, BAD);

    assertThat(at(5000, BAD)).isEqualTo(Outcome.OK);
    assertThat(at(6000, BAD)).isEqualTo(Outcome.FAILED);
  }

  @Test
  void whatIsNotKnownChangesNothingAndBeginsTheTrapAnew() {
    at(0, GOOD);
    at(1000, BAD);

    assertThat(at(3000, UNKNOWN)).isEqualTo(Outcome.OK);
    assertThat(at(4000, BAD)).isEqualTo(Outcome.OK);
    assertThat(at(7000, BAD)).isEqualTo(Outcome.FAILED);
    assertThat(at(8000, UNKNOWN)).isEqualTo(Outcome.FAILED);
  }

  @Test
  void whatIsCertainWaitsForNoTrapAndNoPeriod() {
    at(0, GOOD);

    assertThat(at(1, GONE)).isEqualTo(Outcome.FAILED);
  }

  @Test
  void betweenTwoLooksNothingIsTaken() {
    at(0, GOOD);
    at(999, BAD);

    assertThat(state.failing()).isEmpty();
    assertThat(state.message()).isEqualTo("good");
  }
}
