package io.mysqlmmm.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.AgentState.NetworkState;
import io.mysqlmmm.shared.agent.BootTime;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.Mysqld.Running;
import io.mysqlmmm.shared.agent.Mysqld.SemiSync;
import io.mysqlmmm.shared.agent.Standing;
import io.mysqlmmm.shared.gtid.GtidSet;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BoardTest {
  private static final BootTime CLOCK = new BootTime("boot", Duration.ofSeconds(7));

  private final AtomicLong now = new AtomicLong();
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
              Optional.empty()),
          now::get,
          () -> CLOCK,
          () -> Duration.ofMillis(250));

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
        "");
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

  @Test
  void nothingNewIsAnsweredAfterTheWait() throws InterruptedException {
    Board real = new Board(board.state(), Ticker.system(), () -> CLOCK, () -> Duration.ZERO);
    long start = System.nanoTime();

    assertThat(real.awaitNewer(1, Duration.ofMillis(50)).sequence()).isEqualTo(1);
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(50_000_000);
    assertThat(real.awaitNewer(0, Duration.ofSeconds(10)).sequence()).isEqualTo(1);
  }
}
