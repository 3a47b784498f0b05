package io.mysqlmmm.agent.wire;

import static io.mysqlmmm.agent.wire.Rtnetlink.*;

import io.mysqlmmm.agent.wire.NetlinkBody.Ack;
import io.mysqlmmm.agent.wire.NetlinkBody.Address;
import io.mysqlmmm.agent.wire.NetlinkBody.Done;
import io.mysqlmmm.agent.wire.NetlinkBody.Failure;
import io.mysqlmmm.agent.wire.NetlinkBody.Link;
import io.mysqlmmm.agent.wire.NetlinkBody.Malformed;
import io.mysqlmmm.agent.wire.NetlinkBody.Other;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Parsers of message bodies; each buffer starts behind the netlink header, in host order. */
final class NetlinkBodies {
  private NetlinkBodies() {}

  static NetlinkBody parse(int type, int flags, ByteBuffer in) {
    return switch (type) {
      case RTM_NEWADDR -> address(in);
      case RTM_NEWLINK -> link(in);
      default -> common(type, flags, in);
    };
  }

  /** What every protocol answers with. */
  static NetlinkBody common(int type, int flags, ByteBuffer in) {
    return switch (type) {
      case NLMSG_ERROR -> error(flags, in);
      case NLMSG_DONE -> done(in);
      default -> new Other(type);
    };
  }

  private static NetlinkBody address(ByteBuffer in) {
    if (in.remaining() < IFADDRMSG_BYTES) {
      return new Malformed("ifaddrmsg of " + in.remaining() + " bytes");
    }
    in.get();
    int prefixLength = Byte.toUnsignedInt(in.get());
    int shortFlags = Byte.toUnsignedInt(in.get());
    in.get();
    int interfaceIndex = in.getInt();
    Map<Integer, ByteBuffer> attributes = attributes(in);
    // IFA_LOCAL is the address, IFA_ADDRESS its peer; without a peer IPv6 gives IFA_ADDRESS alone.
    Optional<IpAddress> peer = ip(attributes, IFA_ADDRESS);
    Optional<IpAddress> local = ip(attributes, IFA_LOCAL).or(() -> peer);
    if (local.isEmpty()) {
      return new Malformed("an address message without an address");
    }
    boolean pointToPoint = peer.isPresent() && !peer.equals(local);
    return new Address(
        local.get(),
        prefixLength,
        pointToPoint,
        interfaceIndex,
        number(attributes, IFA_FLAGS, 0).orElse(shortFlags),
        // The second word of ifa_cacheinfo is ifa_valid; no cacheinfo means no end.
        number(attributes, IFA_CACHEINFO, Integer.BYTES)
            .filter(seconds -> seconds != INFINITY_LIFE_TIME)
            .map(seconds -> Duration.ofSeconds(Integer.toUnsignedLong(seconds))));
  }

  private static NetlinkBody link(ByteBuffer in) {
    if (in.remaining() < IFINFOMSG_BYTES) {
      return new Malformed("ifinfomsg of " + in.remaining() + " bytes");
    }
    in.getShort();
    int hardware = Short.toUnsignedInt(in.getShort());
    int index = in.getInt();
    int flags = in.getInt();
    in.getInt();
    Map<Integer, ByteBuffer> attributes = attributes(in);
    Optional<String> name =
        Optional.ofNullable(attributes.get(IFLA_IFNAME)).map(NetlinkBodies::text);
    if (name.isEmpty()) {
      return new Malformed("interface " + index + " without a name");
    }
    Optional<MacAddress> mac =
        Optional.ofNullable(attributes.get(IFLA_ADDRESS))
            .filter(raw -> hardware == ARPHRD_ETHER && raw.remaining() == MacAddress.BYTES)
            .map(raw -> MacAddress.read(raw.order(ByteOrder.BIG_ENDIAN)));
    return new Link(index, name.get(), mac, flags);
  }

  /** {@code struct nlmsgerr { int error; struct nlmsghdr msg; }}, the request, then attributes. */
  private static NetlinkBody error(int flags, ByteBuffer in) {
    if (in.remaining() < Integer.BYTES + NLMSGHDR_BYTES) {
      return new Malformed("nlmsgerr of " + in.remaining() + " bytes");
    }
    int error = in.getInt();
    if (error == 0) {
      return new Ack();
    }
    int requestLength = (flags & NLM_F_CAPPED) != 0 ? NLMSGHDR_BYTES : in.getInt(in.position());
    boolean hasText =
        (flags & NLM_F_ACK_TLVS) != 0
            && requestLength >= NLMSGHDR_BYTES
            && requestLength <= in.remaining();
    int textAt = Math.min(in.limit(), in.position() + (hasText ? align(requestLength) : 0));
    ByteBuffer words = hasText ? attributes(in.position(textAt)).get(NLMSGERR_ATTR_MSG) : null;
    return new Failure(-error, words == null ? "" : text(words));
  }

  /** A list that could not be made to its end carries a negative errno here. */
  private static NetlinkBody done(ByteBuffer in) {
    int error = in.remaining() >= Integer.BYTES ? in.getInt() : 0;
    return error < 0 ? new Failure(-error, "") : new Done();
  }

  /** The attributes by type; a later one replaces an earlier; a broken tail is left out. */
  private static Map<Integer, ByteBuffer> attributes(ByteBuffer in) {
    Map<Integer, ByteBuffer> found = new HashMap<>();
    while (in.remaining() >= NLATTR_BYTES) {
      int start = in.position();
      int length = Short.toUnsignedInt(in.getShort());
      int type = Short.toUnsignedInt(in.getShort()) & NLA_TYPE_MASK;
      if (length < NLATTR_BYTES || length > in.limit() - start) {
        break;
      }
      found.put(type, in.slice(in.position(), length - NLATTR_BYTES).order(in.order()));
      in.position(Math.min(in.limit(), start + align(length)));
    }
    return found;
  }

  private static Optional<Integer> number(Map<Integer, ByteBuffer> in, int type, int offset) {
    return Optional.ofNullable(in.get(type))
        .filter(value -> value.remaining() >= offset + Integer.BYTES)
        .map(value -> value.getInt(offset));
  }

  private static Optional<IpAddress> ip(Map<Integer, ByteBuffer> in, int type) {
    return Optional.ofNullable(in.get(type)).map(NetlinkBodies::octets).flatMap(IpAddress::ofBytes);
  }

  /** ASCII up to the first zero. */
  private static String text(ByteBuffer value) {
    StringBuilder text = new StringBuilder();
    for (byte octet : octets(value)) {
      if (octet == 0) {
        break;
      }
      text.append((char) Byte.toUnsignedInt(octet));
    }
    return text.toString();
  }

  private static byte[] octets(ByteBuffer value) {
    byte[] octets = new byte[value.remaining()];
    value.get(value.position(), octets);
    return octets;
  }
}
