package io.mysqlmmm.agent.wire;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An ICMPv6 packet right behind its IPv6 header, sent with hop limit 255, as neighbour discovery
 * demands (RFC 4861 sections 7.1.1 and 7.1.2: others are not believed).
 *
 * @param body what follows type, code and checksum
 */
record Icmpv6Packet(Ipv6Address source, Ipv6Address destination, int type, ByteBuffer body) {
  /** IPv6 in Ethernet (RFC 2464 section 3). */
  static final int ETHER_TYPE = 0x86dd;

  private static final int IPV6_HEADER_BYTES = 40;
  private static final int ICMP_HEADER_BYTES = 4;
  private static final int VERSION_6 = 0x6000_0000;
  private static final byte NEXT_HEADER_ICMPV6 = 58;
  private static final byte HOP_LIMIT = (byte) 255;

  Icmpv6Packet {
    body = body.slice().asReadOnlyBuffer();
  }

  @Override
  public ByteBuffer body() {
    return body.duplicate();
  }

  EthernetFrame from(MacAddress mac) {
    ByteBuffer icmp = ByteBuffer.allocate(ICMP_HEADER_BYTES + body.remaining());
    icmp.putShort((short) (type << 8)).putShort((short) 0).put(body()).flip();
    icmp.putShort(2, checksum(icmp));
    ByteBuffer out = ByteBuffer.allocate(IPV6_HEADER_BYTES + icmp.remaining());
    out.putInt(VERSION_6).putShort((short) icmp.remaining());
    out.put(NEXT_HEADER_ICMPV6).put(HOP_LIMIT);
    source.put(out);
    destination.put(out);
    out.put(icmp).flip();
    return new EthernetFrame(destination.multicastMac(), mac, ETHER_TYPE, out);
  }

  /** The packet in {@code frame}; empty unless hop limit, code, length and checksum are right. */
  static Optional<Icmpv6Packet> parse(EthernetFrame frame) {
    ByteBuffer in = frame.payload();
    if (frame.etherType() != ETHER_TYPE || in.remaining() < IPV6_HEADER_BYTES + ICMP_HEADER_BYTES) {
      return Optional.empty();
    }
    int version = in.getInt() >>> 28;
    int length = Short.toUnsignedInt(in.getShort());
    boolean believable = version == 6 && in.get() == NEXT_HEADER_ICMPV6 && in.get() == HOP_LIMIT;
    Icmpv6Packet header =
        new Icmpv6Packet(Ipv6Address.read(in), Ipv6Address.read(in), 0, ByteBuffer.allocate(0));
    if (!believable || length < ICMP_HEADER_BYTES || length > in.remaining()) {
      return Optional.empty();
    }
    ByteBuffer icmp = in.slice(in.position(), length);
    // Summed over its own checksum a correct packet gives zero (RFC 1071 section 1).
    if (header.checksum(icmp) != 0 || icmp.get(1) != 0) {
      return Optional.empty();
    }
    int type = Byte.toUnsignedInt(icmp.get(0));
    return Optional.of(
        new Icmpv6Packet(
            header.source, header.destination, type, icmp.position(ICMP_HEADER_BYTES)));
  }

  /** Over the pseudo header and {@code icmp} (RFC 8200 section 8.1). */
  private short checksum(ByteBuffer icmp) {
    long sum = words(source) + words(destination) + icmp.remaining() + NEXT_HEADER_ICMPV6;
    ByteBuffer in = icmp.duplicate();
    while (in.remaining() >= 2) {
      sum += Short.toUnsignedInt(in.getShort());
    }
    if (in.hasRemaining()) {
      sum += Byte.toUnsignedInt(in.get()) << 8;
    }
    while (sum >>> 16 != 0) {
      sum = (sum & 0xffff) + (sum >>> 16);
    }
    return (short) ~sum;
  }

  private static long words(Ipv6Address ip) {
    long sum = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 16) {
      sum += (ip.high() >>> shift & 0xffff) + (ip.low() >>> shift & 0xffff);
    }
    return sum;
  }
}
