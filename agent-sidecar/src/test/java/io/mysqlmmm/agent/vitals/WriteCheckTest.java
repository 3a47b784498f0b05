package io.mysqlmmm.agent.vitals;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.shared.agent.Vitals.Writing;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WriteCheckTest {
  private final AtomicLong now = new AtomicLong();
  private final FakeRow row = new FakeRow();
  private volatile boolean due = true;
  private final WriteCheck check = new WriteCheck(row, () -> due, now::get);

  /** A row whose commit can fail, be refused, or wait. */
  private static final class FakeRow implements HeartbeatRow {
    final AtomicInteger begun = new AtomicInteger();
    volatile boolean refused;
    volatile String failure = "";
    volatile CountDownLatch acknowledgement = new CountDownLatch(0);

    @Override
    public boolean commit() throws SQLException {
      begun.incrementAndGet();
      try {
        acknowledgement.await();
      } catch (InterruptedException e) {
        throw new SQLException(e);
      }
      if (!failure.isEmpty()) {
        throw new SQLException(failure);
      }
      return !refused;
    }

    @Override
    public boolean awaitsPeer() {
      return acknowledgement.getCount() > 0;
    }
  }

  private void pass(long millis) {
    now.addAndGet(Duration.ofMillis(millis).toNanos());
  }

  @Test
  void whatIsNotDueIsNotWritten() {
    due = false;
    check.look();

    assertThat(row.begun).hasValue(0);
    assertThat(check.told()).isEqualTo(new Writing.NotDue());
  }

  @Test
  void tellsHowLongAgoTheLastRowWasCommitted() {
    assertThat(check.told()).isEqualTo(new Writing.Due(Optional.empty(), 0, 0, false, ""));
    pass(300);
    check.look();
    pass(700);

    assertThat(check.told()).isEqualTo(new Writing.Due(Optional.of(700L), 1000, 0, false, ""));
  }

  @Test
  void aFailureIsToldUntilARowIsCommittedAgain() {
    check.look();
    row.failure = "The table is full";
    pass(1000);
    check.look();
    assertThat(check.told())
        .isEqualTo(new Writing.Due(Optional.of(1000L), 1000, 0, false, "The table is full"));

    row.failure = "";
    pass(1000);
    check.look();
    assertThat(check.told()).isEqualTo(new Writing.Due(Optional.of(0L), 2000, 0, false, ""));
  }

  @Test
  void aReadOnlyServerIsNoFailureAndNoSuccess() {
    Writing _ = check.told();
    row.refused = true;
    pass(400);
    check.look();

    assertThat(check.told()).isEqualTo(new Writing.Due(Optional.empty(), 400, 0, false, ""));
  }

  @Test
  void whatWasFoundBeforeARoleWasLostCountsForNothing() {
    row.failure = "Communications link failure";
    check.look();
    due = false;
    assertThat(check.told()).isEqualTo(new Writing.NotDue());
    due = true;

    assertThat(check.told()).isEqualTo(new Writing.Due(Optional.empty(), 0, 0, false, ""));
  }

  @Test
  void aRowThatWaitsForThePeerIsToldSoAndNoOtherIsBegun() throws InterruptedException {
    CountDownLatch acknowledgement = new CountDownLatch(1);
    row.acknowledgement = acknowledgement;
    check.start();
    awaitBegun();
    pass(5000);

    assertThat(check.told()).isEqualTo(new Writing.Due(Optional.empty(), 5000, 5000, true, ""));
    // Longer than the period of the check.
    assertThat(acknowledgement.await(1200, TimeUnit.MILLISECONDS)).isFalse();
    assertThat(row.begun).hasValue(1);
    acknowledgement.countDown();
    check.close();
  }

  @Test
  void losingTheRoleIsToldWhileARowWaits() throws InterruptedException {
    CountDownLatch acknowledgement = new CountDownLatch(1);
    row.acknowledgement = acknowledgement;
    check.start();
    awaitBegun();

    due = false;

    assertThat(check.told()).isEqualTo(new Writing.NotDue());
    acknowledgement.countDown();
    check.close();
  }

  private void awaitBegun() throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (row.begun.get() == 0 && System.nanoTime() < end) {
      Thread.sleep(5);
    }
    assertThat(row.begun).hasValue(1);
  }
}
