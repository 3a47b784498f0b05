package io.mysqlmmm.agent.wire;

import java.util.Optional;

/**
 * An IPv4 or IPv6 address without zone, port or prefix. Equal exactly when the address is equal;
 * printed in the one canonical form. Nothing here ever asks a name server.
 */
public sealed interface IpAddress permits Ipv4Address, Ipv6Address {
  /** Which of the two. */
  enum Family {
    IPV4,
    IPV6
  }

  /**
   * The address written in {@code text}: dotted decimal with exactly four octets and no leading
   * zeros, or RFC 4291 section 2.2 text without a zone; empty for everything else.
   */
  static Optional<IpAddress> parse(String text) {
    return text.indexOf(':') < 0
        ? Ipv4Address.parse(text).map(ip -> ip)
        : Ipv6Address.parse(text).map(ip -> ip);
  }

  /**
   * As {@link #parse}.
   *
   * @throws IllegalArgumentException if {@code text} is not an address
   */
  static IpAddress of(String text) {
    return parse(text)
        .orElseThrow(
            () -> new IllegalArgumentException("'" + text + "' is not an IPv4 or IPv6 address"));
  }

  /** The address of 4 or 16 octets; empty for any other length. */
  static Optional<IpAddress> ofBytes(byte[] octets) {
    return switch (octets.length) {
      case Ipv4Address.BYTES -> Optional.of(Ipv4Address.ofOctets(octets));
      case Ipv6Address.BYTES -> Optional.of(Ipv6Address.ofOctets(octets));
      default -> Optional.empty();
    };
  }

  Family family();

  /** The octets in the order of the wire. */
  byte[] bytes();

  /** The prefix length of a route to this address alone: 32 or 128. */
  int hostPrefix();

  /**
   * Whether the address can be a virtual IP: unicast, and meaningful beyond one host and one link.
   */
  boolean canBeVirtual();
}
