package io.mysqlmmm.agent.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * An ARP packet for IPv4 over Ethernet (RFC 826).
 *
 * @param targetMac meaningful in replies only
 */
public record ArpPacket(
    Operation operation,
    MacAddress senderMac,
    Ipv4Address senderIp,
    MacAddress targetMac,
    Ipv4Address targetIp) {
  /** RFC 826: ether_type$ADDRESS_RESOLUTION. */
  public static final int ETHER_TYPE = 0x0806;

  private static final int BYTES = 28;
  private static final short HARDWARE_ETHERNET = 1;
  private static final short PROTOCOL_IPV4 = 0x0800;

  /** RFC 826: ares_op$. */
  public enum Operation {
    REQUEST(1),
    REPLY(2);

    private final short code;

    Operation(int code) {
      this.code = (short) code;
    }

    private static Optional<Operation> of(short code) {
      return Arrays.stream(values()).filter(operation -> operation.code == code).findFirst();
    }
  }

  /** RFC 5227 section 2.3, ARP Announcement: a request whose sender and target are {@code ip}. */
  public static ArpPacket announcingRequest(MacAddress mac, Ipv4Address ip) {
    return new ArpPacket(Operation.REQUEST, mac, ip, MacAddress.ZERO, ip);
  }

  /**
   * The announcement as a reply, for those who take replies only. RFC 5944 section 4.6 wants the
   * sender's own address as target; Linux (net/ipv4/arp.c, {@code arp_is_garp}) takes no other.
   */
  public static ArpPacket announcingReply(MacAddress mac, Ipv4Address ip) {
    return new ArpPacket(Operation.REPLY, mac, ip, mac, ip);
  }

  /** RFC 5227 section 2.1.1, ARP Probe: asks for {@code ip} without claiming any address. */
  public static ArpPacket probe(MacAddress mac, Ipv4Address ip) {
    return new ArpPacket(Operation.REQUEST, mac, Ipv4Address.UNSPECIFIED, MacAddress.ZERO, ip);
  }

  /** The ARP packet in {@code frame}; empty if it is none for IPv4 over Ethernet. */
  public static Optional<ArpPacket> parse(EthernetFrame frame) {
    ByteBuffer in = frame.payload();
    if (frame.etherType() != ETHER_TYPE
        || in.remaining() < BYTES
        || in.getShort() != HARDWARE_ETHERNET
        || in.getShort() != PROTOCOL_IPV4
        || in.get() != MacAddress.BYTES
        || in.get() != Ipv4Address.BYTES) {
      return Optional.empty();
    }
    return Operation.of(in.getShort())
        .map(
            operation ->
                new ArpPacket(
                    operation,
                    MacAddress.read(in),
                    Ipv4Address.read(in),
                    MacAddress.read(in),
                    Ipv4Address.read(in)));
  }

  /** Who says to hold what; empty for a probe. */
  public Optional<AddressClaim> claim() {
    return senderIp.equals(Ipv4Address.UNSPECIFIED)
        ? Optional.empty()
        : Optional.of(new AddressClaim(senderIp, senderMac));
  }

  /** This packet for everyone on the link, from the sender's address. */
  public EthernetFrame broadcast() {
    ByteBuffer out = ByteBuffer.allocate(BYTES);
    out.putShort(HARDWARE_ETHERNET).putShort(PROTOCOL_IPV4);
    out.put((byte) MacAddress.BYTES).put((byte) Ipv4Address.BYTES).putShort(operation.code);
    senderMac.put(out);
    out.putInt(senderIp.bits());
    targetMac.put(out);
    out.putInt(targetIp.bits()).flip();
    return new EthernetFrame(MacAddress.BROADCAST, senderMac, ETHER_TYPE, out);
  }
}
