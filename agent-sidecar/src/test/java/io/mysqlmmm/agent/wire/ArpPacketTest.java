package io.mysqlmmm.agent.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * Bytes after RFC 826 (packet format) and RFC 5227 (probe and announcement), held against what
 * {@code arping -A} of iputils 20221126 and a Linux 6.18 host put on the wire.
 */
class ArpPacketTest {
  private static final MacAddress MAC = MacAddress.of("02:00:00:00:00:01");
  private static final Ipv4Address VIP = Ipv4Address.parse("192.0.2.100").orElseThrow();

  /** RFC 5227 section 2.3: a probe whose sender IP is the target's; target MAC zeros. */
  @Test
  void announcesByRequest() {
    assertThat(Hex.of(ArpPacket.announcingRequest(MAC, VIP).broadcast().bytes()))
        .isEqualTo(
            "ffffffffffff"
                + "020000000001"
                + "0806" // Ethernet
                + "0001"
                + "0800"
                + "06"
                + "04"
                + "0001" // Ethernet, IPv4, 6, 4, request
                + "020000000001"
                + "c0000264"
                + "000000000000"
                + "c0000264");
  }

  @Test
  void announcesByReplyExactlyAsArpingDoes() {
    byte[] captured =
        Hex.bytes(
            "ffff ffff ffff 0200 0000 0001 0806 0001",
            "0800 0604 0002 0200 0000 0001 c000 0264",
            "0200 0000 0001 c000 0264");

    assertThat(ArpPacket.announcingReply(MAC, VIP).broadcast().bytes()).isEqualTo(captured);
  }

  /** RFC 5227 section 2.1.1: sender IP all zero, target MAC ignored and zero. */
  @Test
  void probesWithoutClaiming() {
    assertThat(Hex.of(ArpPacket.probe(MAC, VIP).broadcast().bytes()))
        .isEqualTo(
            "ffffffffffff"
                + "020000000001"
                + "0806"
                + "0001"
                + "0800"
                + "06"
                + "04"
                + "0001"
                + "020000000001"
                + "00000000"
                + "000000000000"
                + "c0000264");
    assertThat(ArpPacket.probe(MAC, VIP).claim()).isEmpty();
  }

  @Test
  void readsTheReplyOfALinuxHost() {
    byte[] captured =
        Hex.bytes(
            "0200 0000 0002 0200 0000 0001 0806 0001",
            "0800 0604 0002 0200 0000 0001 c000 0201",
            "0200 0000 0002 c000 0202");

    EthernetFrame frame = EthernetFrame.parse(captured).orElseThrow();

    assertThat(ArpPacket.parse(frame))
        .contains(
            new ArpPacket(
                ArpPacket.Operation.REPLY,
                MAC,
                Ipv4Address.parse("192.0.2.1").orElseThrow(),
                MacAddress.of("02:00:00:00:00:02"),
                Ipv4Address.parse("192.0.2.2").orElseThrow()));
    assertThat(AddressClaim.in(captured))
        .contains(new AddressClaim(IpAddress.of("192.0.2.1"), MAC));
  }

  @Test
  void takesAnyRequestWithASenderForAClaim() {
    byte[] whoHas =
        Hex.bytes(
            "ffff ffff ffff 0200 0000 0002 0806 0001",
            "0800 0604 0001 0200 0000 0002 c000 0264",
            "ffff ffff ffff c000 0201");

    assertThat(AddressClaim.in(whoHas))
        .contains(new AddressClaim(VIP, MacAddress.of("02:00:00:00:00:02")));
  }

  @Test
  void readsFramesPaddedByTheNic() {
    byte[] frame = ArpPacket.announcingReply(MAC, VIP).broadcast().bytes();

    assertThat(AddressClaim.in(Arrays.copyOf(frame, 60))).contains(new AddressClaim(VIP, MAC));
  }

  @Test
  void ignoresEveryTruncatedPacket() {
    byte[] frame = ArpPacket.announcingReply(MAC, VIP).broadcast().bytes();

    for (int length = 0; length < frame.length; length++) {
      assertThat(AddressClaim.in(Arrays.copyOf(frame, length))).as("%d bytes", length).isEmpty();
    }
  }

  @Test
  void ignoresOtherHardwareProtocolsAndOperations() {
    byte[] good = ArpPacket.announcingReply(MAC, VIP).broadcast().bytes();
    int[] headerBytes = {12, 13, 14, 15, 16, 17, 18, 19, 20, 21};

    for (int at : headerBytes) {
      byte[] bad = good.clone();
      bad[at] ^= 0x40;
      assertThat(AddressClaim.in(bad)).as("byte %d changed", at).isEmpty();
    }
  }
}
