package io.mysqlmmm.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SampleTest {

  private static Sample millis(long... values) {
    return new Sample(LongStream.of(values).mapToObj(Duration::ofMillis).toList());
  }

  private static Sample oneTo(int last) {
    return millis(LongStream.rangeClosed(1, last).toArray());
  }

  @Test
  void percentilesAreMeasuredValues() {
    assertThat(millis(30, 10, 20).percentile(50)).isEqualTo(Duration.ofMillis(20));
    assertThat(millis(40, 10, 30, 20).percentile(50)).isEqualTo(Duration.ofMillis(20));
    assertThat(oneTo(200).percentile(99)).isEqualTo(Duration.ofMillis(198));
    assertThat(oneTo(50).percentile(99)).isEqualTo(Duration.ofMillis(50));
  }

  @Test
  void theTextNamesNoPercentileThatIsTheHighestValue() {
    assertThat(millis(7).text()).isEqualTo("7 ms");
    assertThat(oneTo(50).text()).isEqualTo("p50 25 ms, max 50 ms");
    assertThat(oneTo(200).text()).isEqualTo("p50 100 ms, p99 198 ms, max 200 ms");
    assertThat(millis(1, 12_345).text()).isEqualTo("p50 1 ms, max 12.3 s");
  }

  @Test
  void nothingMeasuredIsNoSample() {
    assertThatThrownBy(() -> new Sample(List.of())).hasMessage("nothing was measured");
  }
}
