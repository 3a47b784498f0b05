package io.mysqlmmm.agent.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LastingTest {
  private final AtomicLong now = new AtomicLong();
  private final Lasting lasting = new Lasting(now::get);

  private Duration afterMillis(long millis, boolean isSo) {
    now.addAndGet(Duration.ofMillis(millis).toNanos());
    return lasting.after(isSo);
  }

  @Test
  void countsFromTheFirstLookAtWhichItIsSo() {
    assertThat(afterMillis(500, true)).isZero();
    assertThat(afterMillis(100, true)).hasMillis(100);
    assertThat(afterMillis(400, true)).hasMillis(500);
  }

  @Test
  void startsAgainAfterALookAtWhichItIsNot() {
    assertThat(afterMillis(100, true)).isZero();
    assertThat(afterMillis(100, false)).isZero();
    assertThat(afterMillis(100, true)).isZero();
    assertThat(afterMillis(100, true)).hasMillis(100);
  }
}
