package io.mysqlmmm.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageVersionTest {

  private static MySQLMultiMaster running(String version) {
    return Pairs.resource(
        Pairs.SHOP + "status:\n  hosts:\n  - {name: db1, version: \"%s\"}\n".formatted(version));
  }

  @ParameterizedTest
  @CsvSource({
    "mysql:8.4.3, 8.4.4, older",
    "mysql:8.4.4-oracle, 9.7.0, older",
    "registry:5000/mysql:9.6, 9.7.4-debian, older",
    "mysql:8.0@sha256:0123, 8.4.1, older",
    "mysql:10.1, 8.4.4, skips",
  })
  void refusesWhatTheTagShowsToBeWrong(String image, String now, String word) {
    assertThat(ImageVersion.refusal(image, running(now)).orElseThrow()).contains(image, now, word);
  }

  @ParameterizedTest
  @CsvSource({
    "mysql:8.4.5, 8.4.4",
    "mysql:8.4, 8.4.4",
    "mysql:9, 9.7.4",
    "mysql:9.7, 8.4.4",
    "mysql:1, 9.7.4",
    "mysql:latest, 9.7.4",
    "mysql:20240101, 9.7.4",
    "registry:5000/mysql, 9.7.4",
    "mysql@sha256:8801, 9.7.4",
  })
  void letsThroughWhatMayBeRight(String image, String now) {
    assertThat(ImageVersion.refusal(image, running(now))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"mysql:8.0"})
  void knowsNothingOfAPairThatNeverRan(String image) {
    assertThat(ImageVersion.refusal(image, Pairs.shop())).isEmpty();
  }
}
