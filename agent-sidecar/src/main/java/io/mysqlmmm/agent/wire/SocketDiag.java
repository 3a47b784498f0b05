package io.mysqlmmm.agent.wire;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The numbers and structs of sock_diag that are used here.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/sock_diag.7.html">sock_diag(7)</a>
 */
final class SocketDiag {
  // linux/sock_diag.h
  static final int SOCK_DIAG_BY_FAMILY = 20;
  static final int SOCK_DESTROY = 21;

  static final int IPPROTO_TCP = 6;

  /** Bits of the states of linux/net/tcp_states.h that have a peer: not LISTEN, not TIME_WAIT. */
  static final int CONNECTED_STATES =
      1 << 1 | 1 << 2 | 1 << 3 | 1 << 4 | 1 << 5 | 1 << 8 | 1 << 9 | 1 << 11;

  /** {@code struct inet_diag_sockid}: ports, addresses, interface, cookie. */
  static final int SOCKID_BYTES = 48;

  private static final int LOCAL_ADDRESS = 4;
  private static final int ADDRESS_BYTES = 16;

  private SocketDiag() {}

  static NetlinkBody parse(int type, int flags, ByteBuffer in) {
    return type == SOCK_DIAG_BY_FAMILY ? socket(in) : NetlinkBodies.common(type, flags, in);
  }

  /** {@code struct inet_diag_msg { u8 family, state, timer, retrans; inet_diag_sockid id; … }} */
  private static NetlinkBody socket(ByteBuffer in) {
    if (in.remaining() < Integer.BYTES + SOCKID_BYTES) {
      return new NetlinkBody.Malformed("inet_diag_msg of " + in.remaining() + " bytes");
    }
    int family = Byte.toUnsignedInt(in.get(0));
    byte[] id = new byte[SOCKID_BYTES];
    in.get(Integer.BYTES, id);
    byte[] local = new byte[ADDRESS_BYTES];
    System.arraycopy(id, LOCAL_ADDRESS, local, 0, ADDRESS_BYTES);
    return localAddress(family, local)
        .<NetlinkBody>map(
            ip -> new NetlinkBody.Socket(family, ip, ByteBuffer.wrap(id).asReadOnlyBuffer()))
        .orElseGet(() -> new NetlinkBody.Other(SOCK_DIAG_BY_FAMILY));
  }

  /** Also what an IPv6 socket has taken from IPv4: ::ffff:a.b.c.d. */
  private static Optional<IpAddress> localAddress(int family, byte[] sixteen) {
    byte[] four = new byte[Ipv4Address.BYTES];
    if (family == Rtnetlink.AF_INET) {
      System.arraycopy(sixteen, 0, four, 0, four.length);
      return IpAddress.ofBytes(four);
    }
    boolean mapped = sixteen[10] == -1 && sixteen[11] == -1;
    for (int i = 0; i < 10; i++) {
      mapped &= sixteen[i] == 0;
    }
    System.arraycopy(sixteen, 12, four, 0, four.length);
    return IpAddress.ofBytes(mapped ? four : sixteen);
  }
}
