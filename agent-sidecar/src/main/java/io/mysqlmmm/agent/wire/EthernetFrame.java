package io.mysqlmmm.agent.wire;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An Ethernet II frame without preamble, padding and checksum (those belong to the NIC), and
 * without VLAN tag (the kernel puts it in auxiliary data).
 *
 * @param etherType what the payload is, e.g. {@link ArpPacket#ETHER_TYPE}
 * @param payload the bytes after the header; a frame's own view, so reading it changes nothing
 */
public record EthernetFrame(
    MacAddress destination, MacAddress source, int etherType, ByteBuffer payload) {
  /** Destination, source and type. */
  public static final int HEADER_BYTES = 14;

  public EthernetFrame {
    payload = payload.slice().asReadOnlyBuffer();
  }

  /** The frame that {@code bytes} hold; empty if they are too few for a header. */
  public static Optional<EthernetFrame> parse(byte[] bytes) {
    if (bytes.length < HEADER_BYTES) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    MacAddress destination = MacAddress.read(in);
    MacAddress source = MacAddress.read(in);
    int etherType = Short.toUnsignedInt(in.getShort());
    return Optional.of(new EthernetFrame(destination, source, etherType, in));
  }

  @Override
  public ByteBuffer payload() {
    return payload.duplicate();
  }

  /** The bytes to send. */
  public byte[] bytes() {
    ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + payload.remaining());
    destination.put(out);
    source.put(out);
    return out.putShort((short) etherType).put(payload()).array();
  }
}
