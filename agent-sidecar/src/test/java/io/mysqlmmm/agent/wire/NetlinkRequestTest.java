package io.mysqlmmm.agent.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mysqlmmm.agent.wire.NetlinkRequest.DeleteAddress;
import io.mysqlmmm.agent.wire.NetlinkRequest.FindLink;
import io.mysqlmmm.agent.wire.NetlinkRequest.ForgetNeighbour;
import io.mysqlmmm.agent.wire.NetlinkRequest.HoldAddress;
import io.mysqlmmm.agent.wire.NetlinkRequest.LinkAt;
import io.mysqlmmm.agent.wire.NetlinkRequest.ListAddresses;
import io.mysqlmmm.agent.wire.NetlinkRequest.ListLinks;
import io.mysqlmmm.agent.wire.NetlinkRequest.ListSockets;
import io.mysqlmmm.agent.wire.NetlinkRequest.ResetSocket;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Byte for byte what {@code ip} of iproute2 6.1.0 sends, captured by strace on a little-endian
 * machine; interface v0 has number 2.
 */
class NetlinkRequestTest {
  private static final IpAddress VIP4 = IpAddress.of("192.0.2.100");
  private static final IpAddress VIP6 = IpAddress.of("2001:db8::100");

  /** ip addr replace 192.0.2.100/32 dev v0 noprefixroute valid_lft 3 preferred_lft 0. */
  @Test
  void holdsAnIpv4Address() {
    assertThat(Hex.of(new HoldAddress(VIP4, 2, 3).encode(0x6b033467)))
        .isEqualTo(
            "44000000"
                + "1400"
                + "0505"
                + "6734036b"
                + "00000000"
                + "02200000"
                + "02000000"
                + "08000200"
                + "c0000264"
                + "08000800"
                + "00020000"
                + "08000100"
                + "c0000264"
                + "14000600"
                + "00000000"
                + "03000000"
                + "0000000000000000");
  }

  /** ip addr replace 2001:db8::100/128 dev v0 nodad noprefixroute valid_lft 3 preferred_lft 0. */
  @Test
  void holdsAnIpv6AddressWithoutDuplicateAddressDetection() {
    assertThat(Hex.of(new HoldAddress(VIP6, 2, 3).encode(0x6b033467)))
        .isEqualTo(
            "5c000000"
                + "1400"
                + "0505"
                + "6734036b"
                + "00000000"
                + "0a800000"
                + "02000000"
                + "14000200"
                + "20010db8000000000000000000000100"
                + "08000800"
                + "02020000"
                + "14000100"
                + "20010db8000000000000000000000100"
                + "14000600"
                + "00000000"
                + "03000000"
                + "0000000000000000");
  }

  /** ip addr del 192.0.2.100/32 dev v0, and the same for IPv6. */
  @Test
  void deletesAnAddress() {
    assertThat(Hex.of(new DeleteAddress(VIP4, 32, 2).encode(0x6b033467)))
        .isEqualTo(
            "2800000015000500"
                + "6734036b"
                + "00000000"
                + "0220000002000000"
                + "08000200c0000264"
                + "08000100c0000264");
    assertThat(Hex.of(new DeleteAddress(VIP6, 128, 2).encode(0x6b033468)))
        .isEqualTo(
            "4000000015000500"
                + "6834036b"
                + "00000000"
                + "0a80000002000000"
                + "1400020020010db8000000000000000000000100"
                + "1400010020010db8000000000000000000000100");
  }

  /** ip neigh del 192.0.2.100 dev v0. */
  @Test
  void forgetsANeighbour() {
    assertThat(Hex.of(new ForgetNeighbour(VIP4, 2).encode(0x6b033467)))
        .isEqualTo(
            "240000001d000500"
                + "6734036b"
                + "00000000"
                + "020000000200000000000000"
                + "08000100c0000264");
  }

  /** As ss -K asks, but for states: sockets with a peer, and then the end of one of them. */
  @Test
  void listsAndResetsSockets() {
    String id =
        "0cea1f90"
            + "0a4d0064"
            + "00".repeat(12)
            + "0a4d0001"
            + "00".repeat(12)
            + "00000000"
            + "1122334455667788";
    ByteBuffer answer = ByteBuffer.wrap(HexFormat.of().parseHex("02010000" + id + "00".repeat(20)));
    NetlinkBody body = SocketDiag.parse(20, 0, answer);

    assertThat(Hex.of(new ListSockets(IpAddress.Family.IPV4).encode(1)))
        .isEqualTo(
            "4800000014000103"
                + "01000000"
                + "00000000"
                + "02060000"
                + "3e0b0000"
                + "00".repeat(48));
    assertThat(body)
        .isInstanceOfSatisfying(
            NetlinkBody.Socket.class,
            socket -> {
              assertThat(socket.local()).isEqualTo(IpAddress.of("10.77.0.100"));
              assertThat(Hex.of(new ResetSocket(socket).encode(2)))
                  .isEqualTo(
                      "4800000015000500" + "02000000" + "00000000" + "02060000" + "3e0b0000" + id);
            });
  }

  @Test
  void anIpv6SocketThatTookAnIpv4ConnectionHasAnIpv4Address() {
    String id =
        "0cea1f90" + "00".repeat(10) + "ffff" + "0a4d0064" + "00".repeat(16) + "00".repeat(12);
    ByteBuffer answer = ByteBuffer.wrap(HexFormat.of().parseHex("0a010000" + id + "00".repeat(20)));

    assertThat(SocketDiag.parse(20, 0, answer))
        .isInstanceOfSatisfying(
            NetlinkBody.Socket.class,
            socket -> assertThat(socket.local()).isEqualTo(IpAddress.of("10.77.0.100")));
    assertThat(SocketDiag.parse(20, 0, ByteBuffer.allocate(20)))
        .isInstanceOf(NetlinkBody.Malformed.class);
  }

  /** ip -4 addr show, which also names an interface and appends 128 bytes the kernel ignores. */
  @Test
  void listsAddresses() {
    assertThat(Hex.of(new ListAddresses(IpAddress.Family.IPV4).encode(0x6b033468)))
        .isEqualTo("1800000016000103" + "6834036b" + "00000000" + "0200000000000000");
    assertThat(Hex.of(new ListAddresses(IpAddress.Family.IPV6).encode(1)))
        .isEqualTo("1800000016000103" + "01000000" + "00000000" + "0a00000000000000");
  }

  /** ip link show dev v0; ip asks for VFs too (9). */
  @Test
  void findsALink() {
    assertThat(Hex.of(new FindLink("v0").encode(0x6b033467)))
        .isEqualTo(
            "3000000012000100"
                + "6734036b"
                + "00000000"
                + "00000000000000000000000000000000"
                + "08001d0008000000"
                + "0700030076300000");
    assertThat(Hex.of(new LinkAt(2).encode(1)))
        .isEqualTo(
            "2800000012000100"
                + "01000000"
                + "00000000"
                + "00000000020000000000000000000000"
                + "08001d0008000000");
    assertThat(Hex.of(new ListLinks().encode(1)))
        .isEqualTo(
            "2800000012000103"
                + "01000000"
                + "00000000"
                + "00000000000000000000000000000000"
                + "08001d0008000000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "..", "a b", "eth0/1", "eth0:1", "sixteen-letters!", "ethü", "\n"})
  void sendsNoNameThatNoInterfaceCanHave(String name) {
    assertThat(FindLink.isName(name)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> new FindLink(name));
  }

  @Test
  void holdsNoAddressForNoTime() {
    assertThatIllegalArgumentException().isThrownBy(() -> new HoldAddress(VIP4, 2, 0));
  }
}
