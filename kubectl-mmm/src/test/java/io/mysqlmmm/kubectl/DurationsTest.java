package io.mysqlmmm.kubectl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({"30s, 30000", "1m30s, 90000", "500ms, 500", "2h, 7200000", "10, 10000", "0, 0"})
  void readsWhatKubectlReads(String text, long millis) {
    assertThat(Durations.parse(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s", "1x", "1s ", "-1s", "1s2", "99999999999s"})
  void refusesAnythingElse(String text) {
    assertThatThrownBy(() -> Durations.parse(text)).hasMessageContaining("is not a duration");
  }

  @Test
  void namesSeconds() {
    assertThat(Durations.seconds(Duration.ofSeconds(30))).isEqualTo("30");
    assertThat(Durations.seconds(Duration.ofMillis(1500))).isEqualTo("1.5");
  }
}
