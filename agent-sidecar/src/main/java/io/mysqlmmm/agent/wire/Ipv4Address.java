package io.mysqlmmm.agent.wire;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An IPv4 address.
 *
 * @param bits the address as a big-endian number
 */
public record Ipv4Address(int bits) implements IpAddress {
  /** Octets on the wire. */
  public static final int BYTES = 4;

  public static final Ipv4Address UNSPECIFIED = new Ipv4Address(0);

  /** Strict dotted decimal: four octets, no signs, spaces, leading zeros or missing parts. */
  public static Optional<Ipv4Address> parse(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != BYTES) {
      return Optional.empty();
    }
    int bits = 0;
    for (String part : parts) {
      int octet = octet(part);
      if (octet < 0) {
        return Optional.empty();
      }
      bits = bits << 8 | octet;
    }
    return Optional.of(new Ipv4Address(bits));
  }

  static Ipv4Address ofOctets(byte[] octets) {
    return read(ByteBuffer.wrap(octets));
  }

  static Ipv4Address read(ByteBuffer in) {
    return new Ipv4Address(in.getInt());
  }

  @Override
  public Family family() {
    return Family.IPV4;
  }

  @Override
  public byte[] bytes() {
    return ByteBuffer.allocate(BYTES).putInt(bits).array();
  }

  @Override
  public int hostPrefix() {
    return 32;
  }

  /** Not 0/8, 127/8, 169.254/16, multicast, reserved or broadcast (RFC 6890). */
  @Override
  public boolean canBeVirtual() {
    int first = bits >>> 24;
    return first != 0 && first != 127 && first < 224 && bits >>> 16 != 0xa9fe;
  }

  @Override
  public String toString() {
    return (bits >>> 24)
        + "."
        + (bits >>> 16 & 0xff)
        + "."
        + (bits >>> 8 & 0xff)
        + "."
        + (bits & 0xff);
  }

  /** The value of one decimal octet, -1 if it is not one. */
  private static int octet(String part) {
    if (part.isEmpty() || part.length() > 3 || (part.length() > 1 && part.charAt(0) == '0')) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < part.length(); i++) {
      char digit = part.charAt(i);
      if (digit < '0' || digit > '9') {
        return -1;
      }
      value = value * 10 + digit - '0';
    }
    return value > 255 ? -1 : value;
  }
}
