package io.mysqlmmm.agent.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.agent.wire.NetlinkBody.Ack;
import io.mysqlmmm.agent.wire.NetlinkBody.Address;
import io.mysqlmmm.agent.wire.NetlinkBody.Done;
import io.mysqlmmm.agent.wire.NetlinkBody.Failure;
import io.mysqlmmm.agent.wire.NetlinkBody.Link;
import io.mysqlmmm.agent.wire.NetlinkBody.Malformed;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Datagrams captured from Linux 6.18, little-endian. */
class NetlinkMessageTest {
  /** Two IPv4 addresses: 192.0.2.1/24 for ever, 192.0.2.100/32 for 3 s. */
  private static final byte[] ADDRESSES =
      Hex.bytes(
          "4c00000014002200 6834036b cd570000 0218800002000000 08000100c0000201 08000200c0000201",
          "0700030076300000 0800080080000000 14000600 ffffffff ffffffff 528e0100528e0100",
          "4c00000014002200 6834036b cd570000 0220200002000000 08000100c0000264 08000200c0000264",
          "0700030076300000 0800080020020000 14000600 00000000 03000000 f7ae0100f7ae0100");

  /** The kernel's answer about v0, cut down to name, MTU, state and addresses. */
  private static final byte[] LINK =
      Hex.bytes(
          "50000000 10000000 6734036b 6d35c59d 00000100 02000000 43100100 00000000",
          "0700030076300000 08000d00e8030000 0500100006000000 0a00010002000000000100 00",
          "0a000200ffffffffffff0000");

  private static final byte[] ACK =
      Hex.bytes("24000000 0200 0001 6734036b 71570000 00000000 44000000140005056734036b00000000");

  /** The request comes back, then the kernel's words. */
  private static final byte[] NOT_FOUND =
      Hex.bytes(
          "58000000 0200 0002 6834036b 86580000 9dffffff 28000000150005006834036b00000000",
          "022000000200000008000200c000023708000100c0000237",
          "1c000100697076343a2041646472657373206e6f7420666f756e6400");

  private static final byte[] NO_DEVICE =
      Hex.bytes(
          "48000000 0200 0000 6834036b b5f68fcd edffffff 34000000120001006834036b00000000",
          "0000000000000000000000000000000008001d0009000000090003006e6f706500000000");

  @Test
  void readsIpv4Addresses() {
    assertThat(NetlinkProtocol.ROUTE.parse(ADDRESSES))
        .containsExactly(
            message(address("192.0.2.1", 24, 0x80, Optional.empty())),
            message(address("192.0.2.100", 32, 0x220, Optional.of(Duration.ofSeconds(3)))));
  }

  @Test
  void readsIpv6AddressesAndTheEnd() {
    byte[] datagram =
        Hex.bytes(
            "4800000014002200 6834036b fb570000 0a80220002000000",
            "1400010020010db8000000000000000000000100",
            "14000600 00000000 03000000 0aaf01000aaf0100 0800080022020000",
            "5000000014002200 6834036b fb570000 0a4080fd02000000",
            "14000100fe80000000000000000000fffe000001",
            "14000600ffffffffffffffff548e0100548e0100 0800080080000000 05000b0003000000",
            "1400000003002200 6834036b fb570000 00000000");

    assertThat(NetlinkProtocol.ROUTE.parse(datagram))
        .containsExactly(
            message(address("2001:db8::100", 128, 0x222, Optional.of(Duration.ofSeconds(3)))),
            message(address("fe80::ff:fe00:1", 64, 0x80, Optional.empty())),
            message(new Done()));
  }

  @Test
  void tellsVirtualFromNodeAddresses() {
    List<Address> seen =
        NetlinkProtocol.ROUTE.parse(ADDRESSES).stream().map(m -> (Address) m.body()).toList();

    assertThat(seen).extracting(Address::isHostAddress).containsExactly(false, true);
    assertThat(seen).extracting(Address::deprecated).containsExactly(false, true);
  }

  @Test
  void knowsAPointToPointAddressByItsPeer() {
    byte[] datagram = Arrays.copyOf(ADDRESSES, 76);
    datagram[31] = 2; // IFA_ADDRESS becomes 192.0.2.2, while IFA_LOCAL stays
    datagram[17] = 32;

    Address address = (Address) NetlinkProtocol.ROUTE.parse(datagram).getFirst().body();

    assertThat(address.ip()).isEqualTo(IpAddress.of("192.0.2.1"));
    assertThat(address.pointToPoint()).isTrue();
    assertThat(address.isHostAddress()).isFalse();
  }

  @Test
  void readsALink() {
    Link link = (Link) NetlinkProtocol.ROUTE.parse(LINK).getFirst().body();

    assertThat(link.index()).isEqualTo(2);
    assertThat(link.name()).isEqualTo("v0");
    assertThat(link.mac()).contains(MacAddress.of("02:00:00:00:00:01"));
    assertThat(link.up()).isTrue();
    assertThat(link.withoutArp()).isFalse();
  }

  @Test
  void callsALinkUpOnlyWithACarrier() {
    byte[] noCarrier = LINK.clone();
    noCarrier[26] = 0; // IFF_LOWER_UP
    byte[] loopback = LINK.clone();
    loopback[18] = 4; // ARPHRD_LOOPBACK, 772
    loopback[19] = 3;

    assertThat(((Link) NetlinkProtocol.ROUTE.parse(noCarrier).getFirst().body()).up()).isFalse();
    assertThat(((Link) NetlinkProtocol.ROUTE.parse(loopback).getFirst().body()).mac()).isEmpty();
  }

  @Test
  void readsAcknowledgementsAndErrorsWithTheKernelsWords() {
    assertThat(NetlinkProtocol.ROUTE.parse(ACK))
        .containsExactly(new NetlinkMessage(0x6b033467, false, new Ack()));
    assertThat(NetlinkProtocol.ROUTE.parse(NOT_FOUND))
        .containsExactly(message(new Failure(99, "ipv4: Address not found")));
    assertThat(NetlinkProtocol.ROUTE.parse(NO_DEVICE))
        .containsExactly(message(new Failure(19, "")));
  }

  @Test
  void reportsAListThatCouldNotBeFinished() {
    byte[] done = Hex.bytes("14000000 0300 0200 6834036b fb570000 f4ffffff");

    assertThat(NetlinkProtocol.ROUTE.parse(done)).containsExactly(message(new Failure(12, "")));
  }

  @Test
  void marksAListThatChangedWhileItWasRead() {
    byte[] datagram = ADDRESSES.clone();
    datagram[6] |= 0x10; // NLM_F_DUMP_INTR

    assertThat(NetlinkProtocol.ROUTE.parse(datagram))
        .extracting(NetlinkMessage::interrupted)
        .containsExactly(true, false);
  }

  @Test
  void survivesEveryTruncationAndEveryLength() {
    for (byte[] good : List.of(ADDRESSES, LINK, ACK, NOT_FOUND, NO_DEVICE)) {
      for (int length = 0; length < good.length; length++) {
        assertThat(NetlinkProtocol.ROUTE.parse(Arrays.copyOf(good, length)).size())
            .as("%d of %d bytes", length, good.length)
            .isLessThanOrEqualTo(2);
      }
      for (int at = 0; at < good.length; at++) {
        for (int value : new int[] {0, 1, 0x7f, 0xff}) {
          byte[] bad = good.clone();
          bad[at] = (byte) value;
          assertThat(NetlinkProtocol.ROUTE.parse(bad)).as("byte %d is %d", at, value).isNotEmpty();
        }
      }
    }
  }

  @Test
  void saysWhatIsMalformed() {
    byte[] tooLong = Arrays.copyOf(ACK, 20);
    byte[] tooShort = ACK.clone();
    tooShort[0] = 15;

    assertThat(NetlinkProtocol.ROUTE.parse(tooLong))
        .containsExactly(
            new NetlinkMessage(
                0x6b033467, false, new Malformed("a message of 36 bytes at 0 of 20")));
    assertThat(NetlinkProtocol.ROUTE.parse(tooShort).getFirst().body())
        .isInstanceOf(Malformed.class);
  }

  private static NetlinkMessage message(NetlinkBody body) {
    return new NetlinkMessage(0x6b033468, false, body);
  }

  private static Address address(
      String ip, int prefixLength, int flags, Optional<Duration> remaining) {
    return new Address(IpAddress.of(ip), prefixLength, false, 2, flags, remaining);
  }
}
