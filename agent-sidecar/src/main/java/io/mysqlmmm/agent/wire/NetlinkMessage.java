package io.mysqlmmm.agent.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * One netlink message received from the kernel.
 *
 * @param sequence of the request it answers
 * @param interrupted the list it belongs to changed while it was read: read it again
 */
public record NetlinkMessage(int sequence, boolean interrupted, NetlinkBody body) {
  /** Parses what stands behind the header, in host order. */
  @FunctionalInterface
  interface BodyParser {
    NetlinkBody parse(int type, int flags, ByteBuffer in);
  }

  /**
   * The messages in one received datagram, in order. After a {@link NetlinkBody.Malformed} nothing
   * follows.
   */
  static List<NetlinkMessage> parse(byte[] datagram, BodyParser bodies) {
    ByteBuffer in = ByteBuffer.wrap(datagram).order(ByteOrder.nativeOrder());
    List<NetlinkMessage> messages = new ArrayList<>();
    while (in.remaining() >= Rtnetlink.NLMSGHDR_BYTES) {
      int start = in.position();
      int length = in.getInt();
      int type = Short.toUnsignedInt(in.getShort());
      int flags = Short.toUnsignedInt(in.getShort());
      int sequence = in.getInt();
      in.getInt();
      boolean interrupted = (flags & Rtnetlink.NLM_F_DUMP_INTR) != 0;
      if (length < Rtnetlink.NLMSGHDR_BYTES || length > in.limit() - start) {
        String why = "a message of " + length + " bytes at " + start + " of " + in.limit();
        messages.add(new NetlinkMessage(sequence, interrupted, new NetlinkBody.Malformed(why)));
        return List.copyOf(messages);
      }
      ByteBuffer body = in.slice(in.position(), length - Rtnetlink.NLMSGHDR_BYTES);
      NetlinkBody parsed = bodies.parse(type, flags, body.order(ByteOrder.nativeOrder()));
      messages.add(new NetlinkMessage(sequence, interrupted, parsed));
      in.position(Math.min(in.limit(), start + Rtnetlink.align(length)));
    }
    return List.copyOf(messages);
  }
}
