package io.mysqlmmm.agent.wire;

import java.nio.ByteBuffer;

/**
 * A neighbour solicitation as duplicate address detection sends it (RFC 4862 section 5.4.2): it
 * claims no address, and a holder answers to all nodes.
 *
 * @param ip the address asked for
 * @param mac who asks
 */
public record NdpProbe(Ipv6Address ip, MacAddress mac) {
  private static final int TYPE_SOLICITATION = 135;

  /** From the unspecified address to the group that holders of {@code ip} listen to. */
  public EthernetFrame multicast() {
    ByteBuffer body = ByteBuffer.allocate(4 + Ipv6Address.BYTES).putInt(0);
    ip.put(body);
    return new Icmpv6Packet(
            Ipv6Address.UNSPECIFIED, ip.solicitedNode(), TYPE_SOLICITATION, body.flip())
        .from(mac);
  }
}
