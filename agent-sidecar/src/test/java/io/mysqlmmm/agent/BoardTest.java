package io.mysqlmmm.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.AgentState.NetworkState;
import io.mysqlmmm.shared.agent.BootTime;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.Mysqld.Running;
import io.mysqlmmm.shared.agent.Mysqld.SemiSync;
import io.mysqlmmm.shared.agent.Standing;
import io.mysqlmmm.shared.agent.Vitals;
import io.mysqlmmm.shared.gtid.GtidSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BoardTest {
  private static final BootTime CLOCK = new BootTime("boot", Duration.ofSeconds(7));

  private final AtomicLong now = new AtomicLong();
  private Vitals vitals = Vitals.unknown();
  private final Board board =
      new Board(
          new AgentState(
              1,
              "uid",
              "db1",
              BootTime.NEVER,
              Duration.ZERO,
              "test",
              Standing.initial(),
              running(1, 0),
              new NetworkState("eth0", "", List.of(), List.of()),
              Optional.empty(),
              Vitals.unknown()),
          now::get,
          () -> CLOCK,
          () -> Duration.ofMillis(250),
          () -> vitals);

  private static Running running(long transactions, int waiting) {
    return new Running(
        "uuid",
        "9.7",
        true,
        GtidSet.parse("11111111-1111-1111-1111-111111111111:1-" + transactions),
        GtidSet.empty(),
        Optional.empty(),
        new SemiSync(false, true, waiting, 0),
        0,
        "",
        Optional.empty());
  }

  @Test
  void clockAndSilenceAreThoseOfTheMomentOfTelling() {
    assertThat(board.state().clock()).isEqualTo(CLOCK);
    assertThat(board.state().writerUnheard()).isEqualTo(Duration.ofMillis(250));
  }

  @Test
  void aChangeOfStateIsToldAtOnce() throws InterruptedException {
    board.mysqld(new Mysqld.Absent("killed"));

    AgentState told = board.awaitNewer(1, Duration.ofSeconds(10));

    assertThat(told.sequence()).isEqualTo(2);
    assertThat(told.mysqld()).isEqualTo(new Mysqld.Absent("killed"));
  }

  @Test
  void movingGtidSetsAreToldOnceASecondAndAlwaysGivenOut() {
    board.mysqld(running(2, 0));
    assertThat(board.state().sequence()).isEqualTo(1);
    assertThat(board.state().mysqld()).isEqualTo(running(2, 0));

    now.addAndGet(Duration.ofSeconds(1).toNanos());
    board.mysqld(running(3, 0));
    board.mysqld(running(4, 0));

    assertThat(board.state().sequence()).isEqualTo(2);
    assertThat(board.state().mysqld()).isEqualTo(running(4, 0));
  }

  @Test
  void waitingSessionsAreToldWhenTheyBeginAndEnd() {
    board.mysqld(running(1, 3));
    board.mysqld(running(1, 5));
    assertThat(board.state().sequence()).isEqualTo(2);

    board.mysqld(running(1, 0));
    assertThat(board.state().sequence()).isEqualTo(3);
  }

  private static Vitals vitals(
      long freeBytes, String writeError, long successMillis, String error) {
    return new Vitals(
        Instant.ofEpochMilli(successMillis),
        new Vitals.Volume.Seen(100, freeBytes, false, writeError, successMillis),
        new Vitals.Writing.Due(Optional.of(successMillis), 60_000, 0, false, error));
  }

  @Test
  void vitalsAreThoseOfTheMomentOfTellingAndWakeNobodyAsTheyMove() {
    vitals = vitals(50, "", 10, "");
    board.mysqld(running(1, 0));
    long sequence = board.state().sequence();

    vitals = vitals(49, "", 900, "");
    now.addAndGet(Duration.ofSeconds(10).toNanos());
    board.mysqld(running(1, 0));

    assertThat(board.state().sequence()).isEqualTo(sequence);
    assertThat(board.state().vitals()).isEqualTo(vitals);
  }

  @Test
  void aChangeOfVitalsInKindIsToldAtTheNextLook() {
    List<Vitals> kinds =
        List.of(
            vitals(50, "", 10, ""),
            vitals(50, "No space left on device", 10, ""),
            vitals(50, "No space left on device", 10, "The table is full"),
            vitals(50, "", 3500, ""),
            new Vitals(Instant.EPOCH, new Vitals.Volume.Silent(9), new Vitals.Writing.NotDue()));
    for (Vitals kind : kinds) {
      long before = board.state().sequence();
      vitals = kind;
      board.mysqld(running(1, 0));

      assertThat(board.state().sequence()).as(kind.toString()).isEqualTo(before + 1);
    }
  }

  @Test
  void nothingNewIsAnsweredAfterTheWait() throws InterruptedException {
    Board real =
        new Board(
            board.state(), Ticker.system(), () -> CLOCK, () -> Duration.ZERO, Vitals::unknown);
    long start = System.nanoTime();

    assertThat(real.awaitNewer(1, Duration.ofMillis(50)).sequence()).isEqualTo(1);
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(50_000_000);
    assertThat(real.awaitNewer(0, Duration.ofSeconds(10)).sequence()).isEqualTo(1);
  }
}
