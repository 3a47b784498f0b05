package io.mysqlmmm.agent.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Classic BPF programs for packet sockets: the kernel drops what they refuse before it costs
 * anything here.
 *
 * @see <a href="https://docs.kernel.org/networking/filter.html">Linux Socket Filtering</a>
 */
public final class SocketFilter {
  // linux/bpf_common.h
  private static final short LOAD_BYTE_ABSOLUTE = 0x30;
  private static final short JUMP_IF_EQUAL = 0x15;
  private static final short RETURN = 0x06;

  /** Offsets in an Ethernet frame with an IPv6 packet without extension headers. */
  private static final int NEXT_HEADER_AT = EthernetFrame.HEADER_BYTES + 6;

  private static final int ICMP_TYPE_AT = EthernetFrame.HEADER_BYTES + 40;
  private static final int NEXT_HEADER_ICMPV6 = 58;
  private static final int WHOLE_PACKET = 0xffff;

  private SocketFilter() {}

  /** Lets IPv6 neighbour advertisements pass and nothing else; for a socket of ETH_P_IPV6. */
  public static byte[] neighbourAdvertisements() {
    return program(
        instruction(LOAD_BYTE_ABSOLUTE, 0, NEXT_HEADER_AT),
        instruction(JUMP_IF_EQUAL, 3, NEXT_HEADER_ICMPV6),
        instruction(LOAD_BYTE_ABSOLUTE, 0, ICMP_TYPE_AT),
        instruction(JUMP_IF_EQUAL, 1, NdpAdvertisement.TYPE),
        instruction(RETURN, 0, WHOLE_PACKET),
        instruction(RETURN, 0, 0));
  }

  /** {@code struct sock_filter { u16 code; u8 jt; u8 jf; u32 k; }}; falls through when true. */
  private static long instruction(short code, int skipIfFalse, int operand) {
    return ByteBuffer.allocate(Long.BYTES)
        .order(ByteOrder.nativeOrder())
        .putShort(code)
        .put((byte) 0)
        .put((byte) skipIfFalse)
        .putInt(operand)
        .getLong(0);
  }

  private static byte[] program(long... instructions) {
    ByteBuffer out =
        ByteBuffer.allocate(instructions.length * Long.BYTES).order(ByteOrder.nativeOrder());
    for (long instruction : instructions) {
      out.putLong(instruction);
    }
    return out.array();
  }
}
