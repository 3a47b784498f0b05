package io.mysqlmmm.agent.wire;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * A 48-bit hardware address, printed as {@code 02:00:5e:00:00:01}.
 *
 * @param bits the address in the low 48 bits, first octet highest
 */
public record MacAddress(long bits) {
  /** Octets on the wire. */
  public static final int BYTES = 6;

  public static final MacAddress ZERO = new MacAddress(0);
  public static final MacAddress BROADCAST = new MacAddress(0xffff_ffff_ffffL);

  private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

  public MacAddress {
    if (bits >>> 48 != 0) {
      throw new IllegalArgumentException(
          "a MAC address has 48 bits, not " + Long.toHexString(bits));
    }
  }

  /**
   * Parses six colon-separated pairs of hex digits.
   *
   * @throws IllegalArgumentException if {@code text} is anything else
   */
  public static MacAddress of(String text) {
    if (text.length() != 3 * BYTES - 1) {
      throw new IllegalArgumentException("'" + text + "' is not a MAC address");
    }
    return read(ByteBuffer.wrap(COLONS.parseHex(text)));
  }

  /** Takes the next six octets of {@code in}. */
  static MacAddress read(ByteBuffer in) {
    long high = Short.toUnsignedLong(in.getShort());
    return new MacAddress(high << 32 | Integer.toUnsignedLong(in.getInt()));
  }

  /** Appends six octets to {@code out}, which must be big-endian. */
  void put(ByteBuffer out) {
    out.putShort((short) (bits >>> 32)).putInt((int) bits);
  }

  /** The six octets, in the order of the wire. */
  public byte[] bytes() {
    ByteBuffer out = ByteBuffer.allocate(BYTES);
    put(out);
    return out.array();
  }

  @Override
  public String toString() {
    return COLONS.formatHex(bytes());
  }
}
