package io.mysqlmmm.agent.wire;

import java.util.List;

/** What is talked of over a netlink socket; each has message types of its own. */
public enum NetlinkProtocol {
  /** Interfaces and addresses: rtnetlink(7). */
  ROUTE(0),
  /** Sockets: sock_diag(7). */
  SOCK_DIAG(4);

  private final int number;

  NetlinkProtocol(int number) {
    this.number = number;
  }

  /** The protocol of socket(2). */
  public int number() {
    return number;
  }

  /** The messages in one received datagram, in order; see {@link NetlinkMessage}. */
  public List<NetlinkMessage> parse(byte[] datagram) {
    return NetlinkMessage.parse(datagram, this == ROUTE ? NetlinkBodies::parse : SocketDiag::parse);
  }
}
