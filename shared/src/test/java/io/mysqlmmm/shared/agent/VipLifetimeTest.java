package io.mysqlmmm.shared.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VipLifetimeTest {
  @ParameterizedTest(name = "lease {0} ms, margin {1} ms: {2} s")
  @CsvSource({
    // remaining lease, margin, valid_lft; 0: remove
    "-5000, 100, 0",
    "0, 0, 0",
    "2000, 0, 0", // the kernel can be 1.227 s late
    "2246, 0, 0",
    "2247, 0, 1", // 1 s, 1.227 s of lateness, 0.02 s of slack
    "2346, 100, 0",
    "2347, 100, 1",
    "3000, 100, 1",
    "3246, 0, 1",
    "3247, 0, 2",
    "5000, 100, 3",
    "5000, 1000, 2",
    "8290, 0, 6",
    "8291, 0, 7", // from here on the wheel's step is more than the second of a disturbance
    "10000, 100, 8",
    "999999000, 100, 3600",
  })
  void endsBeforeTheLease(long leaseMillis, long marginMillis, long seconds) {
    Optional<Duration> lifetime =
        VipLifetime.within(Duration.ofMillis(leaseMillis), Duration.ofMillis(marginMillis));

    assertThat(lifetime.map(Duration::toSeconds))
        .isEqualTo(seconds == 0 ? Optional.empty() : Optional.of(seconds));
  }

  @Test
  void alwaysLeavesTheMarginOfTheLease() {
    for (long lease = 0; lease < 20_000; lease += 61) {
      for (long margin = 0; margin < 2_000; margin += 250) {
        Duration kept = Duration.ofMillis(lease - margin);
        Optional<Duration> lifetime =
            VipLifetime.within(Duration.ofMillis(lease), Duration.ofMillis(margin));

        lifetime.ifPresent(
            set ->
                assertThat(
                        set.plus(VipLifetime.overrun(set.toSeconds())).plus(VipLifetime.CALL_SLACK))
                    .isLessThanOrEqualTo(kept));
      }
    }
  }

  /** A busy machine's call is late by more than the slack all the time: the IP must not go off. */
  @ParameterizedTest
  @CsvSource({"2800, 21, 1", "2800, 430, 1", "2800, 454, 0", "3500, 100, 2", "3500, 200, 1"})
  void theRestOfALeaseIsForLateCalls(long leaseMillis, long lateMillis, int seconds) {
    Duration lifetime =
        VipLifetime.within(Duration.ofMillis(leaseMillis), Duration.ofMillis(100)).orElseThrow();

    Duration left = VipLifetime.carriedOut(lifetime, Duration.ofMillis(lateMillis));

    assertThat(VipLifetime.wholeSeconds(left)).isEqualTo(seconds);
  }

  /** The largest of 4,928 on Linux 6.18 at 250 Hz, in milliseconds, with and without others. */
  @ParameterizedTest
  @CsvSource({"1, 964", "2, 974", "3, 1004", "5, 485", "8, 544"})
  void allowsForTheLatenessSeen(long seconds, long seenMillis) {
    assertThat(VipLifetime.overrun(seconds)).isGreaterThanOrEqualTo(Duration.ofMillis(seenMillis));
  }

  @ParameterizedTest
  @CsvSource({"-10, 0", "999, 0", "1000, 1", "1999, 1", "2000, 2", "99999999, 3600"})
  void countsWholeSeconds(long millis, int seconds) {
    assertThat(VipLifetime.wholeSeconds(Duration.ofMillis(millis))).isEqualTo(seconds);
  }
}
