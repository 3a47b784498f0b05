package io.mysqlmmm.agent.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MacAddressTest {
  @Test
  void printsWhatItReads() {
    MacAddress mac = MacAddress.of("02:00:5E:10:ff:01");

    assertThat(mac).hasToString("02:00:5e:10:ff:01");
    assertThat(Hex.of(mac.bytes())).isEqualTo("02005e10ff01");
    assertThat(MacAddress.BROADCAST).hasToString("ff:ff:ff:ff:ff:ff");
    assertThat(MacAddress.ZERO).hasToString("00:00:00:00:00:00");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "02:00:5e:10:ff", "02:00:5e:10:ff:0g", "02-00-5e-10-ff-01", "02005e10ff01"})
  void refusesAnythingElse(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> MacAddress.of(text));
  }

  @Test
  void hasNoMoreThan48Bits() {
    assertThatIllegalArgumentException().isThrownBy(() -> new MacAddress(1L << 48));
  }
}
