package io.mysqlmmm.agent.wire;

import java.util.Optional;

/** A received statement that {@code mac} holds {@code ip}. */
public record AddressClaim(IpAddress ip, MacAddress mac) {
  /**
   * The claim made by a frame as a packet socket gives it: an ARP packet with a sender address, or
   * a neighbour advertisement. Empty for all else, also for probes (who only asks claims nothing)
   * and for malformed packets.
   */
  public static Optional<AddressClaim> in(byte[] frame) {
    return EthernetFrame.parse(frame)
        .flatMap(
            ethernet ->
                switch (ethernet.etherType()) {
                  case ArpPacket.ETHER_TYPE -> ArpPacket.parse(ethernet).flatMap(ArpPacket::claim);
                  case NdpAdvertisement.ETHER_TYPE ->
                      NdpAdvertisement.parse(ethernet).map(NdpAdvertisement::claim);
                  default -> Optional.empty();
                });
  }
}
