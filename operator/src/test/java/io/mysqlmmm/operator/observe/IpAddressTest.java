package io.mysqlmmm.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  /** RFC 5952, section 4, and each place where a run of zeros can be. */
  @ParameterizedTest
  @CsvSource({
    "FD00:77:0::64, fd00:77::64",
    "fd00:77:0:0:0:0:0:64, fd00:77::64",
    "fd00:0077::0064, fd00:77::64",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:db8::1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "0:0:1:0:0:1:1:1, ::1:0:0:1:1:1",
    "1:0:0:0:0:0:0:0, 1::",
    "0:0:0:0:0:0:0:1, ::1",
    "0:0:0:0:0:0:0:0, ::",
    "fd00::10.77.0.1, fd00::a4d:1",
    "10.77.0.100, 10.77.0.100",
    "no address, no address"
  })
  void writesEachInOneWay(String text, String canonical) {
    assertThat(IpAddress.canonical(text)).isEqualTo(canonical);
  }
}
