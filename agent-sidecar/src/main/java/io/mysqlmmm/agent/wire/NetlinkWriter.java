package io.mysqlmmm.agent.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Builds one netlink message in the host's byte order: header, fixed part, attributes. */
final class NetlinkWriter {
  /** Far above the largest request here, 92 bytes. */
  private static final int CAPACITY = 256;

  private final ByteBuffer out = ByteBuffer.allocate(CAPACITY).order(ByteOrder.nativeOrder());

  /** {@code struct nlmsghdr { u32 len; u16 type; u16 flags; u32 seq; u32 pid; }} */
  NetlinkWriter(int type, int flags, int sequence) {
    out.putInt(0).putShort((short) type).putShort((short) flags).putInt(sequence).putInt(0);
  }

  /** {@code struct ifaddrmsg { u8 family; u8 prefixlen; u8 flags; u8 scope; u32 index; }} */
  NetlinkWriter ifaddrmsg(int family, int prefixLength, int flags, int interfaceIndex) {
    out.put((byte) family).put((byte) prefixLength).put((byte) flags).put((byte) 0);
    out.putInt(interfaceIndex);
    return this;
  }

  /** {@code struct ifinfomsg { u8 family; u8 pad; u16 type; i32 index; u32 flags, change; }} */
  NetlinkWriter ifinfomsg(int interfaceIndex) {
    out.putInt(0).putInt(interfaceIndex).putInt(0).putInt(0);
    return this;
  }

  /**
   * {@code struct ndmsg { u8 family; u8 pad1; u16 pad2; i32 index; u16 state; u8 flags, type; }}
   */
  NetlinkWriter ndmsg(int family, int interfaceIndex) {
    out.put((byte) family).put((byte) 0).putShort((short) 0).putInt(interfaceIndex).putInt(0);
    return this;
  }

  /** {@code struct inet_diag_req_v2 { u8 family, protocol, ext, pad; u32 states; id; }} */
  NetlinkWriter inetDiagReq(int family, ByteBuffer id) {
    out.put((byte) family).put((byte) SocketDiag.IPPROTO_TCP).put((byte) 0).put((byte) 0);
    out.putInt(SocketDiag.CONNECTED_STATES).put(id.duplicate());
    return this;
  }

  NetlinkWriter attribute(int type, int value) {
    header(type, Integer.BYTES);
    out.putInt(value);
    return this;
  }

  NetlinkWriter attribute(int type, byte[] value) {
    header(type, value.length);
    out.put(value).position(Rtnetlink.align(out.position()));
    return this;
  }

  /** ASCII with a final zero. */
  NetlinkWriter attribute(int type, String ascii) {
    byte[] value = new byte[ascii.length() + 1];
    for (int i = 0; i < ascii.length(); i++) {
      value[i] = (byte) ascii.charAt(i);
    }
    return attribute(type, value);
  }

  /** {@code struct ifa_cacheinfo { u32 prefered, valid, cstamp, tstamp; }}, seconds. */
  NetlinkWriter cacheInfo(int preferredSeconds, int validSeconds) {
    header(Rtnetlink.IFA_CACHEINFO, 4 * Integer.BYTES);
    out.putInt(preferredSeconds).putInt(validSeconds).putInt(0).putInt(0);
    return this;
  }

  byte[] bytes() {
    byte[] message = new byte[out.position()];
    out.putInt(0, message.length).get(0, message);
    return message;
  }

  /** {@code struct nlattr { u16 len; u16 type; }}; its length leaves padding out. */
  private void header(int type, int length) {
    out.putShort((short) (Rtnetlink.NLATTR_BYTES + length)).putShort((short) type);
  }
}
