package io.mysqlmmm.agent.posix;

/** Where a socket is bound to or sends to. */
public sealed interface SocketAddress {
  /** The kernel's end of a netlink socket; to bind to it means: choose a port id for me. */
  record Netlink() implements SocketAddress {}

  /**
   * Frames of one kind on one interface. A raw frame carries its own destination, so none is needed
   * here.
   *
   * @param etherType in host order, e.g. 0x0806; a sender may leave it 0
   */
  record Packet(int etherType, int interfaceIndex) implements SocketAddress {}
}
