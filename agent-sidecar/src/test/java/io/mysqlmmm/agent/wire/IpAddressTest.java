package io.mysqlmmm.agent.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
  @ParameterizedTest
  @CsvSource({
    "10.77.0.100, 10.77.0.100",
    "0.0.0.0, 0.0.0.0",
    "255.255.255.255, 255.255.255.255",
    // RFC 5952 section 4
    "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
    "2001:DB8::AbCd, 2001:db8::abcd",
    "2001:0db8::0001, 2001:db8::1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:db8::1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "::, ::",
    "::1, ::1",
    "fe80::, fe80::",
    "::ffff:192.0.2.1, ::ffff:192.0.2.1",
    "::ffff:c000:201, ::ffff:192.0.2.1",
    "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
    "1:2:3:4:5:6:7.8.9.10, 1:2:3:4:5:6:708:90a",
    "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
    "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
  })
  void printsTheCanonicalForm(String text, String canonical) {
    IpAddress ip = IpAddress.of(text);

    assertThat(ip).hasToString(canonical);
    assertThat(IpAddress.of(canonical)).isEqualTo(ip);
    assertThat(IpAddress.ofBytes(ip.bytes())).contains(ip);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "localhost",
        "10.77.0",
        "10.77.0.100.1",
        "10.77.0.256",
        "10.77.0.-1",
        "10.77.0.+1",
        "010.77.0.1",
        "10.77.0.1 ",
        "10.77.0.1/32",
        "10..0.1",
        "0x0a.0.0.1",
        "167772161",
        "10.77.0.١",
        ":",
        ":::",
        "1::2::3",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8::",
        "12345::",
        "g::",
        "fe80::1%eth0",
        "2001:db8::/32",
        "[::1]",
        "::1.2.3",
        "1.2.3.4::",
        "::1.2.3.4:5",
        "1:2:3:4:5:6:7:1.2.3.4",
        "::١",
        ":1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:"
      })
  void refusesWhatIsNoAddress(String text) {
    assertThat(IpAddress.parse(text)).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IpAddress.of(text))
        .withMessage("'%s' is not an IPv4 or IPv6 address", text);
  }

  @Test
  void agreesWithTheJdkOnRandomAddresses() throws UnknownHostException {
    Random random = new Random(42);
    for (int i = 0; i < 2000; i++) {
      byte[] octets = new byte[i % 2 == 0 ? 4 : 16];
      for (int k = 0; k < octets.length; k++) {
        octets[k] = (byte) (random.nextInt(3) == 0 ? random.nextInt() : 0);
      }
      IpAddress ip = IpAddress.ofBytes(octets).orElseThrow();

      assertThat(IpAddress.of(ip.toString())).isEqualTo(ip);
      byte[] jdk = InetAddress.getByName(ip.toString()).getAddress();
      boolean mapped = ip.toString().startsWith("::ffff:");
      assertThat(jdk).isEqualTo(mapped ? java.util.Arrays.copyOfRange(octets, 12, 16) : octets);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "10.77.0.100, true",
    "192.0.2.1, true",
    "1.0.0.1, true",
    "223.255.255.255, true",
    "2001:db8::100, true",
    "fd00::1, true",
    "0.0.0.0, false",
    "0.1.2.3, false",
    "127.0.0.1, false",
    "169.254.1.1, false",
    "224.0.0.1, false",
    "255.255.255.255, false",
    "::, false",
    "::1, false",
    "fe80::1, false",
    "febf::1, false",
    "ff02::1, false",
    "::ffff:10.77.0.100, false",
    "fec0::1, true"
  })
  void saysWhatCanBeVirtual(String ip, boolean can) {
    assertThat(IpAddress.of(ip).canBeVirtual()).isEqualTo(can);
  }

  @Test
  void knowsItsMulticastGroups() {
    Ipv6Address ip = Ipv6Address.parse("2001:db8::12:3456").orElseThrow();

    assertThat(ip.solicitedNode()).hasToString("ff02::1:ff12:3456");
    assertThat(ip.solicitedNode().multicastMac()).hasToString("33:33:ff:12:34:56");
    assertThat(Ipv6Address.ALL_NODES).hasToString("ff02::1");
    assertThat(Ipv6Address.ALL_NODES.multicastMac()).hasToString("33:33:00:00:00:01");
  }

  @Test
  void hasARouteOfItsOwnLength() {
    assertThat(IpAddress.of("10.77.0.100").hostPrefix()).isEqualTo(32);
    assertThat(IpAddress.of("2001:db8::1").hostPrefix()).isEqualTo(128);
    assertThat(IpAddress.ofBytes(new byte[5])).isEmpty();
  }
}
