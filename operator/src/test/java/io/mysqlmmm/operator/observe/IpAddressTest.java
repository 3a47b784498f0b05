package io.mysqlmmm.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
  @ParameterizedTest
  @ValueSource(strings = {"10.77.0.100", "0.0.0.0", "255.255.255.255", "fd00::1", "::", "::1"})
  void takesLiterals(String text) {
    assertThat(IpAddress.parse(text)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "10.77.0",
        "10.77.0.256",
        "10.77.0.1.",
        "010.77.0.1",
        "1",
        "1.2.3.4/24",
        "fd00::1%eth0",
        "fd00:::1",
        ":",
        "[fd00::1]",
        " 10.77.0.1"
      })
  void takesNothingElse(String text) {
    assertThat(IpAddress.parse(text)).isEmpty();
  }
}
