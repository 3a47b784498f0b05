package io.mysqlmmm.agent.wire;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An IPv6 address; text as in RFC 4291 section 2.2, printed as RFC 5952 wants it.
 *
 * @param high the first eight octets as a big-endian number
 * @param low the last eight octets
 */
public record Ipv6Address(long high, long low) implements IpAddress {
  /** Octets on the wire. */
  public static final int BYTES = 16;

  public static final Ipv6Address UNSPECIFIED = new Ipv6Address(0, 0);

  /** All nodes of the link, ff02::1 (RFC 4291 section 2.7.1). */
  public static final Ipv6Address ALL_NODES = new Ipv6Address(0xff02L << 48, 1);

  /** Strict text: one to four hex digits a group, at most one {@code ::}, no zone, no prefix. */
  public static Optional<Ipv6Address> parse(String text) {
    return Ipv6Text.parse(text);
  }

  static Ipv6Address ofOctets(byte[] octets) {
    return read(ByteBuffer.wrap(octets));
  }

  static Ipv6Address read(ByteBuffer in) {
    return new Ipv6Address(in.getLong(), in.getLong());
  }

  void put(ByteBuffer out) {
    out.putLong(high).putLong(low);
  }

  @Override
  public Family family() {
    return Family.IPV6;
  }

  @Override
  public byte[] bytes() {
    return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
  }

  @Override
  public int hostPrefix() {
    return 128;
  }

  /** Not ::/96 or an IPv4-mapped address, fe80::/10 (needs a zone) or multicast (RFC 4291). */
  @Override
  public boolean canBeVirtual() {
    boolean embedsIpv4 = high == 0 && (low >>> 32 == 0 || low >>> 32 == 0xffff);
    return !embedsIpv4 && !isMulticast() && high >>> 54 != 0xfe80 >>> 6;
  }

  /** Whether this is ff00::/8. */
  public boolean isMulticast() {
    return high >>> 56 == 0xff;
  }

  /** The group a holder of this address listens to, ff02::1:ffxx:xxxx (RFC 4291 section 2.7.1). */
  public Ipv6Address solicitedNode() {
    return new Ipv6Address(0xff02L << 48, 0x1_ff00_0000L | (low & 0xff_ffffL));
  }

  /** The Ethernet group of a multicast address, 33:33 and its low 32 bits (RFC 2464 section 7). */
  public MacAddress multicastMac() {
    return new MacAddress(0x3333L << 32 | (low & 0xffff_ffffL));
  }

  @Override
  public String toString() {
    return Ipv6Text.print(this);
  }
}
