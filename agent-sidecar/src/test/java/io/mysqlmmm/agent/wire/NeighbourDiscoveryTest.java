package io.mysqlmmm.agent.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Held against what Linux 6.18 sends with ndisc_notify=1 and with enhanced_dad=0. */
class NeighbourDiscoveryTest {
  private static final MacAddress MAC = MacAddress.of("02:00:00:00:00:01");
  private static final Ipv6Address IP = Ipv6Address.parse("2001:db8::1").orElseThrow();

  private static final byte[] KERNELS_ADVERTISEMENT =
      Hex.bytes(
          "3333 0000 0001 0200 0000 0001 86dd 6000",
          "0000 0020 3aff 2001 0db8 0000 0000 0000",
          "0000 0000 0001 ff02 0000 0000 0000 0000",
          "0000 0000 0001 8800 f92a 2000 0000 2001",
          "0db8 0000 0000 0000 0000 0000 0001 0201",
          "0200 0000 0001");

  private static final byte[] KERNELS_DAD =
      Hex.bytes(
          "3333 ff00 0078 0200 0000 0001 86dd 6000",
          "0000 0018 3aff 0000 0000 0000 0000 0000",
          "0000 0000 0000 ff02 0000 0000 0000 0000",
          "0001 ff00 0078 8700 4bff 0000 0000 2001",
          "0db8 0000 0000 0000 0000 0000 0078");

  @Test
  void advertisesExactlyAsTheKernelDoes() {
    assertThat(new NdpAdvertisement(IP, MAC).multicast().bytes()).isEqualTo(KERNELS_ADVERTISEMENT);
  }

  @Test
  void probesExactlyAsTheKernelDoes() {
    Ipv6Address wanted = Ipv6Address.parse("2001:db8::78").orElseThrow();

    assertThat(new NdpProbe(wanted, MAC).multicast().bytes()).isEqualTo(KERNELS_DAD);
  }

  @Test
  void hearsClaimsInAdvertisementsOnly() {
    assertThat(AddressClaim.in(KERNELS_ADVERTISEMENT)).contains(new AddressClaim(IP, MAC));
    assertThat(AddressClaim.in(KERNELS_DAD)).isEmpty();
  }

  @Test
  void believesNoDamagedAdvertisement() {
    for (int at = 12; at < KERNELS_ADVERTISEMENT.length; at++) {
      byte[] bad = KERNELS_ADVERTISEMENT.clone();
      bad[at] ^= 0x20;
      boolean unchecked = at == 15 || at == 16 || at == 17; // traffic class, flow label
      assertThat(AddressClaim.in(bad).isPresent()).as("byte %d changed", at).isEqualTo(unchecked);
    }
    for (int length = 0; length < KERNELS_ADVERTISEMENT.length; length++) {
      assertThat(AddressClaim.in(Arrays.copyOf(KERNELS_ADVERTISEMENT, length)))
          .as("%d bytes", length)
          .isEmpty();
    }
  }

  /** RFC 4861 section 4.4: a unicast answer may leave the option out. */
  @Test
  void takesTheFramesSourceWithoutALinkAddressOption() {
    EthernetFrame whole = new NdpAdvertisement(IP, MAC).multicast();
    java.nio.ByteBuffer body = java.nio.ByteBuffer.allocate(20).putInt(0x6000_0000);
    IP.put(body);
    EthernetFrame bare =
        new Icmpv6Packet(IP, Ipv6Address.ALL_NODES, NdpAdvertisement.TYPE, body.flip()).from(MAC);

    assertThat(bare.bytes()).hasSize(whole.bytes().length - 8);
    assertThat(AddressClaim.in(bare.bytes())).contains(new AddressClaim(IP, MAC));
  }

  /** RFC 4861 section 4.6: a length of zero must not be followed. */
  @Test
  void refusesAnOptionWithoutLength() {
    java.nio.ByteBuffer body = java.nio.ByteBuffer.allocate(28).putInt(0x2000_0000);
    IP.put(body);
    body.position(0);
    EthernetFrame frame =
        new Icmpv6Packet(IP, Ipv6Address.ALL_NODES, NdpAdvertisement.TYPE, body).from(MAC);

    assertThat(AddressClaim.in(frame.bytes())).isEmpty();
  }

  /** As {@code tcpdump -dd 'ip6[6]==58 and ip6[40]==136'} prints it, without the Ethernet type. */
  @Test
  void filtersForAdvertisementsAsTcpdumpDoes() {
    assertThat(Hex.of(SocketFilter.neighbourAdvertisements()))
        .isEqualTo(
            "3000"
                + "00"
                + "00"
                + "14000000"
                + "1500"
                + "00"
                + "03"
                + "3a000000"
                + "3000"
                + "00"
                + "00"
                + "36000000"
                + "1500"
                + "00"
                + "01"
                + "88000000"
                + "0600"
                + "00"
                + "00"
                + "ffff0000"
                + "0600"
                + "00"
                + "00"
                + "00000000");
  }
}
