package io.mysqlmmm.agent.wire;

import static io.mysqlmmm.agent.wire.Rtnetlink.*;

import java.nio.ByteBuffer;

/** A request to the kernel, as data. */
public sealed interface NetlinkRequest {
  /**
   * The bytes to send.
   *
   * @param sequence comes back in every answer to this request
   */
  byte[] encode(int sequence);

  default NetlinkProtocol protocol() {
    return NetlinkProtocol.ROUTE;
  }

  /** Whether the same bytes mean the same a moment later, so that they may be sent again. */
  default boolean repeatable() {
    return true;
  }

  /** Whether one message is the whole answer; else it ends with Ack, Failure or Done. */
  default boolean answeredByOne() {
    return false;
  }

  /**
   * Adds {@code ip} as a host address (/32 or /128, scope global) that the kernel itself removes
   * after {@code validSeconds}, or, if it is there, sets its remaining lifetime to that: longer or
   * shorter. Answered by {@link NetlinkBody.Ack} or {@link NetlinkBody.Failure}.
   *
   * <p>preferred_lft is 0, so the address is <em>deprecated</em>: it takes connections as ever, but
   * IPv6 picks it as source of an outgoing one only when there is no other (RFC 6724 rule 3), and
   * those who look for a node's address skip it. IPv4 ignores the flag (net/ipv4/devinet.c, {@code
   * inet_select_addr}); there it is never picked because a /32 matches no next hop and stands
   * behind the interface's first address. NOPREFIXROUTE: no route besides the local one. NODAD:
   * usable at once, as its old holder is fenced by then.
   *
   * @param validSeconds from 1
   */
  record HoldAddress(IpAddress ip, int interfaceIndex, int validSeconds) implements NetlinkRequest {
    public HoldAddress {
      if (validSeconds < 1) {
        throw new IllegalArgumentException(ip + " needs a lifetime of 1 s or more");
      }
    }

    @Override
    public byte[] encode(int sequence) {
      int flags = IFA_F_NOPREFIXROUTE | (ip instanceof Ipv6Address ? IFA_F_NODAD : 0);
      return new NetlinkWriter(
              RTM_NEWADDR, NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_REPLACE, sequence)
          .ifaddrmsg(number(ip.family()), ip.hostPrefix(), 0, interfaceIndex)
          .attribute(IFA_LOCAL, ip.bytes())
          .attribute(IFA_FLAGS, flags)
          .attribute(IFA_ADDRESS, ip.bytes())
          .cacheInfo(0, validSeconds)
          .bytes();
    }

    /** A lifetime sent again would end later. */
    @Override
    public boolean repeatable() {
      return false;
    }
  }

  /**
   * Removes {@code ip} with exactly this prefix length. Answered by {@link NetlinkBody.Ack}, or by
   * {@link NetlinkBody.Failure} with EADDRNOTAVAIL if it is not there.
   */
  record DeleteAddress(IpAddress ip, int prefixLength, int interfaceIndex)
      implements NetlinkRequest {
    @Override
    public byte[] encode(int sequence) {
      return new NetlinkWriter(RTM_DELADDR, NLM_F_REQUEST | NLM_F_ACK, sequence)
          .ifaddrmsg(number(ip.family()), prefixLength, 0, interfaceIndex)
          .attribute(IFA_LOCAL, ip.bytes())
          .attribute(IFA_ADDRESS, ip.bytes())
          .bytes();
    }
  }

  /**
   * Forgets where {@code ip} is on the network, so that it is asked for when it is needed next.
   * Answered by {@link NetlinkBody.Ack}, or by {@link NetlinkBody.Failure} with ENOENT if that was
   * not known.
   */
  record ForgetNeighbour(IpAddress ip, int interfaceIndex) implements NetlinkRequest {
    @Override
    public byte[] encode(int sequence) {
      return new NetlinkWriter(RTM_DELNEIGH, NLM_F_REQUEST | NLM_F_ACK, sequence)
          .ndmsg(number(ip.family()), interfaceIndex)
          .attribute(NDA_DST, ip.bytes())
          .bytes();
    }
  }

  /**
   * Asks for all addresses of one family, on all interfaces, in the kernel's order. Answered by
   * {@link NetlinkBody.Address}es, then {@link NetlinkBody.Done}.
   */
  record ListAddresses(IpAddress.Family family) implements NetlinkRequest {
    @Override
    public byte[] encode(int sequence) {
      return new NetlinkWriter(RTM_GETADDR, NLM_F_REQUEST | NLM_F_DUMP, sequence)
          .ifaddrmsg(number(family), 0, 0, 0)
          .bytes();
    }
  }

  /**
   * Asks for the interface called {@code name}. Answered by one {@link NetlinkBody.Link}, or by
   * {@link NetlinkBody.Failure} with ENODEV.
   */
  record FindLink(String name) implements NetlinkRequest {
    /** IFNAMSIZ without its final zero. */
    public static final int MAX_NAME_BYTES = 15;

    public FindLink {
      if (!isName(name)) {
        throw new IllegalArgumentException("'" + name + "' cannot be an interface's name");
      }
    }

    /** Whether the kernel would let an interface have this name (dev_valid_name; ASCII only). */
    public static boolean isName(String name) {
      return !name.isEmpty()
          && name.length() <= MAX_NAME_BYTES
          && !name.equals(".")
          && !name.equals("..")
          && name.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '/' && c != ':');
    }

    @Override
    public byte[] encode(int sequence) {
      return new NetlinkWriter(RTM_GETLINK, NLM_F_REQUEST, sequence)
          .ifinfomsg(0)
          .attribute(IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS)
          .attribute(IFLA_IFNAME, name)
          .bytes();
    }

    @Override
    public boolean answeredByOne() {
      return true;
    }
  }

  /** As {@link FindLink}, by the interface's number. */
  record LinkAt(int interfaceIndex) implements NetlinkRequest {
    @Override
    public byte[] encode(int sequence) {
      return new NetlinkWriter(RTM_GETLINK, NLM_F_REQUEST, sequence)
          .ifinfomsg(interfaceIndex)
          .attribute(IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS)
          .bytes();
    }

    @Override
    public boolean answeredByOne() {
      return true;
    }
  }

  /**
   * Asks for all interfaces. Answered by {@link NetlinkBody.Link}s, then {@link NetlinkBody.Done}.
   */
  record ListLinks() implements NetlinkRequest {
    @Override
    public byte[] encode(int sequence) {
      return new NetlinkWriter(RTM_GETLINK, NLM_F_REQUEST | NLM_F_DUMP, sequence)
          .ifinfomsg(0)
          .attribute(IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS)
          .bytes();
    }
  }

  /**
   * Asks for all TCP sockets of one family that have a peer. Answered by {@link
   * NetlinkBody.Socket}s, then {@link NetlinkBody.Done}.
   */
  record ListSockets(IpAddress.Family family) implements NetlinkRequest {
    @Override
    public NetlinkProtocol protocol() {
      return NetlinkProtocol.SOCK_DIAG;
    }

    @Override
    public byte[] encode(int sequence) {
      return new NetlinkWriter(SocketDiag.SOCK_DIAG_BY_FAMILY, NLM_F_REQUEST | NLM_F_DUMP, sequence)
          .inetDiagReq(number(family), ByteBuffer.allocate(SocketDiag.SOCKID_BYTES))
          .bytes();
    }
  }

  /**
   * Ends a connection as if its program had been killed: the peer is told at once, by a reset.
   * Answered by {@link NetlinkBody.Ack}, or by {@link NetlinkBody.Failure} with ENOENT if it is
   * gone already, or EOPNOTSUPP by a kernel without CONFIG_INET_DIAG_DESTROY (Linux 4.5).
   */
  record ResetSocket(NetlinkBody.Socket socket) implements NetlinkRequest {
    @Override
    public NetlinkProtocol protocol() {
      return NetlinkProtocol.SOCK_DIAG;
    }

    @Override
    public byte[] encode(int sequence) {
      return new NetlinkWriter(SocketDiag.SOCK_DESTROY, NLM_F_REQUEST | NLM_F_ACK, sequence)
          .inetDiagReq(socket.family(), socket.id())
          .bytes();
    }
  }
}
