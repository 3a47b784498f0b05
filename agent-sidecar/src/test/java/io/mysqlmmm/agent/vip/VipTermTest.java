package io.mysqlmmm.agent.vip;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VipTermTest {
  @ParameterizedTest(name = "lifetime {0} ms, {1} ms later: {2} s")
  @CsvSource({
    "2000, 0, 2",
    "2000, 20, 2",
    "2000, 21, 1",
    "2000, 1000, 1",
    "2000, 1021, 0",
    "1990, 0, 1",
    "900, 0, 0",
    "-1, 0, 0"
  })
  void takesDelaysOffTheLifetime(long lifetimeMillis, long laterMillis, int seconds) {
    Duration ordered = Duration.ofHours(5);
    VipTerm term = VipTerm.of(Duration.ofMillis(lifetimeMillis), ordered);

    assertThat(term.secondsAt(ordered.plusMillis(laterMillis))).isEqualTo(seconds);
  }

  @Test
  void knowsWhenTheKernelWasTooSlow() {
    Duration ordered = Duration.ofHours(5);
    VipTerm term = VipTerm.of(Duration.ofSeconds(2), ordered);

    assertThat(term.allows(2, ordered.plusMillis(20))).isTrue();
    assertThat(term.allows(2, ordered.plusMillis(21))).isFalse();
    assertThat(term.allows(1, ordered.plusMillis(1020))).isTrue();
  }
}
