package io.mysqlmmm.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The checker finds what it is there for, and is silent about what is allowed. */
class CheckerTest {

  @Test
  void isSilentAboutAGoodHistoryWithAFailover() {
    Findings found =
        new Story()
            .appended(1, "db1", 0, 10)
            .appended(2, "db1", 5, 20)
            .set(3, "db1", 10, 15)
            .readList("db1", 21, 22, 1L, 2L)
            .readRegister("db1", 16, 17, 3)
            .unanswered(4, "db1", 30, 1030)
            .unanswered(5, "db1", 30, 1030)
            .refused(6, "db2", 40, 41)
            .appended(7, "db2", 1500, 1510)
            .set(8, "db2", 1500, 1511)
            .readList("db2", 1600, 1601, 1L, 2L, 4L, 7L)
            .readRegister("db2", 1600, 1601, 8)
            .bothHold(2L, 1L, 4L, 7L)
            .registerHolds("db1", 8)
            .registerHolds("db2", 8)
            .designations(1)
            .findings();

    assertThat(found.violations()).isEmpty();
    assertThat(found.staleReads()).isZero();
  }

  @Test
  void findsALostAppendOnOneHostOnly() {
    Findings found =
        new Story()
            .appended(1, "db1", 0, 10)
            .appended(2, "db1", 11, 20)
            .holds("db1", 1L, 2L)
            .holds("db2", 1L)
            .findings();

    assertThat(found.lost()).containsExactly(2L);
    assertThat(found.violations()).singleElement().asString().startsWith("lost: 1 values");
  }

  @Test
  void findsADoubledAppend() {
    Findings found = new Story().appended(1, "db1", 0, 10).bothHold(1L, 1L).findings();

    assertThat(found.doubled()).containsExactly(1L);
    assertThat(found.violations()).hasSize(1);
  }

  @Test
  void findsAnUnansweredAppendThatIsThereTwice() {
    Findings found = new Story().unanswered(1, "db1", 0, 10).bothHold(1L, 1L).findings();

    assertThat(found.doubled()).containsExactly(1L);
  }

  @Test
  void findsARefusedAppendThatIsThereAllTheSame() {
    Findings found = new Story().refused(1, "db2", 0, 10).bothHold(1L).findings();

    assertThat(found.revived()).containsExactly(1L);
    assertThat(found.violations()).hasSize(1);
  }

  @Test
  void findsAppendsInAnOrderThatTimeForbids() {
    Findings found =
        new Story()
            .appended(1, "db1", 0, 10)
            .appended(2, "db1", 11, 20)
            .bothHold(2L, 1L)
            .findings();

    assertThat(found.disorder()).hasSize(2).first().asString().contains("holds 2 before 1");
    assertThat(found.lost()).isEmpty();
  }

  @Test
  void allowsAnyOrderOfAppendsAtTheSameTime() {
    Findings found =
        new Story()
            .appended(1, "db1", 0, 10)
            .appended(2, "db1", 10, 20)
            .bothHold(2L, 1L)
            .findings();

    assertThat(found.violations()).isEmpty();
  }

  @Test
  void findsAValueThatNobodyWrote() {
    Findings found = new Story().bothHold(9L).findings();

    assertThat(found.disorder()).first().asString().contains("which nobody wrote");
  }

  @Test
  void findsALostRegister() {
    Findings found =
        new Story()
            .set(1, "db1", 0, 10)
            .set(2, "db1", 11, 20)
            .registerHolds("db1", 2)
            .registerHolds("db2", 1)
            .findings();

    assertThat(found.disorder())
        .singleElement()
        .asString()
        .contains("register 2 on db2 shows 1, but db1 had acknowledged 2");
  }

  @Test
  void findsARegisterThatWasNeverSetThoughItWasAcknowledged() {
    Findings found = new Story().set(1, "db1", 0, 10).holds("db2").findings();

    assertThat(found.violations()).hasSize(1);
  }

  @Test
  void findsAReadThatMissesAnAcknowledgedAppendOfItsOwnHost() {
    Findings found =
        new Story().appended(1, "db1", 0, 10).readList("db1", 11, 12).bothHold(1L).findings();

    assertThat(found.badReads()).hasSize(1);
    assertThat(found.staleReads()).isZero();
  }

  @Test
  void countsAReadOfAReplacedHostAsStale() {
    Findings found =
        new Story()
            .appended(1, "db1", 0, 10)
            .appended(2, "db2", 100, 110)
            .readList("db1", 120, 121, 1L)
            .appended(3, "db2", 130, 140)
            .bothHold(1L, 2L, 3L)
            .designations(1)
            .findings();

    assertThat(found.violations()).isEmpty();
    assertThat(found.staleReads()).isOne();
  }

  @Test
  void blamesAHostThatServesReadsBeforeItHasAppliedAll() {
    Findings found =
        new Story()
            .appended(1, "db1", 0, 10)
            .readList("db2", 100, 101)
            .appended(2, "db2", 110, 120)
            .bothHold(1L, 2L)
            .designations(1)
            .findings();

    assertThat(found.badReads()).hasSize(1);
  }

  @Test
  void findsARegisterThatWentBack() {
    Findings found =
        new Story()
            .set(1, "db1", 0, 10)
            .set(2, "db1", 11, 20)
            .readRegister("db1", 21, 22, 1)
            .findings();

    assertThat(found.badReads()).singleElement().asString().contains("shows 1, but db1");
  }

  @Test
  void findsAReadOfTheFuture() {
    Findings found =
        new Story().readList("db1", 0, 1, 1L).appended(1, "db1", 5, 10).bothHold(1L).findings();

    assertThat(found.badReads()).hasSize(1);
  }

  @Test
  void findsTwoAcknowledgingHosts() {
    Story story = new Story().designations(1);
    for (int i = 0; i < 100; i++) {
      story.appended(2 * i + 1, "db1", i * 10L, i * 10L + 4);
      story.appended(2 * i + 2, "db2", i * 10L + 5, i * 10L + 9);
    }

    assertThat(story.findings().twoWriters())
        .isBetween(Duration.ofMillis(400), Duration.ofMillis(1000));
  }

  @Test
  void findsASingleAcknowledgementOfTheReplacedWriter() {
    Findings found =
        new Story()
            .appended(1, "db1", 0, 10)
            .appended(2, "db2", 20, 30)
            .appended(3, "db1", 40, 50)
            .bothHold(1L, 2L, 3L)
            .designations(1)
            .findings();

    assertThat(found.twoWriters()).isPositive();
    assertThat(found.violations()).singleElement().asString().startsWith("two hosts acknowledged");
  }

  @Test
  void findsAnAcknowledgementOfAHostThatNobodyDesignated() {
    Findings found =
        new Story()
            .appended(1, "db1", 0, 10)
            .appended(2, "db2", 20, 30)
            .bothHold(1L, 2L)
            .designations(0)
            .findings();

    assertThat(found.twoWriters()).isPositive();
  }

  @Test
  void allowsAnswersThatOverlapAtAHandOver() {
    Findings found =
        new Story()
            .appended(1, "db1", 0, 100)
            .appended(2, "db2", 50, 60)
            .appended(3, "db1", 5, 120)
            .bothHold(1L, 3L, 2L)
            .designations(1)
            .findings();

    assertThat(found.violations()).isEmpty();
  }

  @Test
  void allowsMovesForthAndBackThatTheLedgerKnows() {
    Findings found =
        new Story()
            .appended(1, "db1", 0, 10)
            .appended(2, "db2", 20, 30)
            .appended(3, "db1", 40, 50)
            .bothHold(1L, 2L, 3L)
            .designations(2)
            .findings();

    assertThat(found.violations()).isEmpty();
  }

  @Test
  void measuresTheLongestGapIncludingTheEnds() {
    Recorded recorded =
        new Story().appended(1, "db1", 90, 100).appended(2, "db1", 390, 400).recorded();

    assertThat(recorded.longestWriteGap(new Span(0, 500_000_000))).isEqualTo(300_000_000);
    assertThat(recorded.longestWriteGap(new Span(0, 900_000_000))).isEqualTo(500_000_000);
    assertThat(Recorded.NOTHING.longestWriteGap(new Span(0, 7))).isEqualTo(7);
  }
}
