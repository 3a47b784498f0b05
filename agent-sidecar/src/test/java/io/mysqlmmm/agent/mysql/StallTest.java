package io.mysqlmmm.agent.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StallTest {
  private final AtomicLong now = new AtomicLong();
  private final Stall stall = new Stall(now::get);

  private Duration afterMillis(long millis, int sessions, long acknowledgements) {
    now.addAndGet(Duration.ofMillis(millis).toNanos());
    return stall.after(sessions, acknowledgements);
  }

  @Test
  void waitingWithoutAnAcknowledgementIsCountedFromItsFirstSight() {
    assertThat(afterMillis(100, 2, 7)).isZero();
    assertThat(afterMillis(100, 3, 7)).hasMillis(100);
    assertThat(afterMillis(400, 1, 7)).hasMillis(500);
  }

  @Test
  void anyAcknowledgementIsProgress() {
    assertThat(afterMillis(100, 2, 7)).isZero();
    assertThat(afterMillis(100, 2, 8)).isZero();
    assertThat(afterMillis(100, 2, 8)).hasMillis(100);
  }

  @Test
  void nobodyWaitingIsNoStall() {
    assertThat(afterMillis(100, 2, 7)).isZero();
    assertThat(afterMillis(100, 0, 7)).isZero();
    assertThat(afterMillis(900, 1, 7)).isZero();
  }
}
