package io.mysqlmmm.agent.wire;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/** What one netlink message from the kernel says. */
public sealed interface NetlinkBody {
  /**
   * An address of an interface.
   *
   * @param pointToPoint whether it names a peer address too
   * @param flags IFA_F_…, see {@link #deprecated}
   * @param remaining what is left of valid_lft; whole seconds that the kernel rounds <em>up</em>;
   *     empty: for ever
   */
  record Address(
      IpAddress ip,
      int prefixLength,
      boolean pointToPoint,
      int interfaceIndex,
      int flags,
      Optional<Duration> remaining)
      implements NetlinkBody {
    /** Whether it covers one address alone and no subnet. */
    public boolean isHostAddress() {
      return prefixLength == ip.hostPrefix() && !pointToPoint;
    }

    /** Whether its preferred lifetime is over: not meant as a source address. */
    public boolean deprecated() {
      return (flags & Rtnetlink.IFA_F_DEPRECATED) != 0;
    }
  }

  /**
   * An interface.
   *
   * @param mac its address if it is an Ethernet interface; empty for loopback and tunnels
   * @param flags IFF_…
   */
  record Link(int index, String name, Optional<MacAddress> mac, int flags) implements NetlinkBody {
    /** Whether it is set up <em>and</em> has a carrier: frames can leave it. */
    public boolean up() {
      int wanted = Rtnetlink.IFF_UP | Rtnetlink.IFF_LOWER_UP;
      return (flags & wanted) == wanted;
    }

    /** Whether nobody is asked or answered by ARP on it, as on kube-proxy's kube-ipvs0. */
    public boolean withoutArp() {
      return (flags & Rtnetlink.IFF_NOARP) != 0;
    }
  }

  /**
   * A TCP socket with a peer.
   *
   * @param family the socket's, AF_INET or AF_INET6
   * @param local its address here
   * @param id by which the kernel finds it again, and no later one in its place; read-only
   */
  record Socket(int family, IpAddress local, ByteBuffer id) implements NetlinkBody {}

  /** The request was done. */
  record Ack() implements NetlinkBody {}

  /**
   * The request was not done.
   *
   * @param errno positive
   * @param text the kernel's own words; empty if it had none
   */
  record Failure(int errno, String text) implements NetlinkBody {}

  /** The end of a list. */
  record Done() implements NetlinkBody {}

  /** A message of a kind not used here. */
  record Other(int type) implements NetlinkBody {}

  /** Not a netlink message, or one that contradicts itself; the rest of its datagram is lost. */
  record Malformed(String why) implements NetlinkBody {}
}
