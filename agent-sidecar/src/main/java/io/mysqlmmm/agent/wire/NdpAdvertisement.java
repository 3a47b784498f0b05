package io.mysqlmmm.agent.wire;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An IPv6 neighbour advertisement (RFC 4861 section 4.4): {@code mac} holds {@code ip}.
 *
 * @param ip the target address
 * @param mac the target's link-layer address
 */
public record NdpAdvertisement(Ipv6Address ip, MacAddress mac) {
  public static final int ETHER_TYPE = Icmpv6Packet.ETHER_TYPE;

  /** ICMPv6 type. */
  static final int TYPE = 136;

  /** Take this address in place of the one you know. Neither router nor solicited. */
  private static final int FLAG_OVERRIDE = 0x2000_0000;

  private static final byte OPTION_TARGET_LINK_ADDRESS = 2;
  private static final int FIXED_BYTES = 4 + Ipv6Address.BYTES;
  private static final int OPTION_UNIT = 8;

  /** The claim of this advertisement. */
  public AddressClaim claim() {
    return new AddressClaim(ip, mac);
  }

  /**
   * Unsolicited, to all nodes, from the address itself, override set (RFC 4861 section 7.2.6), so
   * that neighbours replace the old holder's address at once.
   */
  public EthernetFrame multicast() {
    ByteBuffer body = ByteBuffer.allocate(FIXED_BYTES + OPTION_UNIT);
    body.putInt(FLAG_OVERRIDE);
    ip.put(body);
    body.put(OPTION_TARGET_LINK_ADDRESS).put((byte) 1);
    mac.put(body);
    return new Icmpv6Packet(ip, Ipv6Address.ALL_NODES, TYPE, body.flip()).from(mac);
  }

  /**
   * The advertisement in {@code frame}, if one is there and valid (RFC 4861 section 7.1.2). Without
   * a link-layer option the frame's source counts: a unicast answer may leave it out.
   */
  public static Optional<NdpAdvertisement> parse(EthernetFrame frame) {
    return Icmpv6Packet.parse(frame)
        .filter(packet -> packet.type() == TYPE && packet.body().remaining() >= FIXED_BYTES)
        .flatMap(packet -> parse(packet.body(), frame.source()));
  }

  private static Optional<NdpAdvertisement> parse(ByteBuffer body, MacAddress sender) {
    body.getInt();
    Ipv6Address ip = Ipv6Address.read(body);
    MacAddress mac = sender;
    while (body.remaining() >= OPTION_UNIT) {
      int start = body.position();
      byte option = body.get();
      int units = Byte.toUnsignedInt(body.get());
      if (units == 0 || start + units * OPTION_UNIT > body.limit()) {
        return Optional.empty();
      }
      if (option == OPTION_TARGET_LINK_ADDRESS) {
        mac = MacAddress.read(body);
      }
      body.position(start + units * OPTION_UNIT);
    }
    return ip.isMulticast() ? Optional.empty() : Optional.of(new NdpAdvertisement(ip, mac));
  }
}
