package io.mysqlmmm.agent.vip;

import io.mysqlmmm.agent.posix.PosixC;
import io.mysqlmmm.agent.posix.PosixException;
import io.mysqlmmm.agent.posix.SocketAddress;
import io.mysqlmmm.agent.wire.ArpPacket;
import io.mysqlmmm.agent.wire.EthernetFrame;
import io.mysqlmmm.agent.wire.IpAddress;
import io.mysqlmmm.agent.wire.NdpAdvertisement;
import io.mysqlmmm.agent.wire.SocketFilter;
import java.time.Duration;
import java.util.Optional;

/** A packet socket for the frames in which addresses of one family are claimed on a link. */
final class FrameSocket implements AutoCloseable {
  /** An ARP packet is 42 bytes with its header, padded to 60; advertisements rarely pass 200. */
  private static final int FRAME_BYTES = 2048;

  private final PosixC c;
  private final int fd;
  private final SocketAddress address;

  private FrameSocket(PosixC c, int fd, SocketAddress address) {
    this.c = c;
    this.fd = fd;
    this.address = address;
  }

  /** ARP for IPv4, neighbour advertisements for IPv6. */
  static FrameSocket open(PosixC c, IpAddress.Family family, int interfaceIndex)
      throws PosixException {
    int etherType =
        switch (family) {
          case IPV4 -> ArpPacket.ETHER_TYPE;
          case IPV6 -> NdpAdvertisement.ETHER_TYPE;
        };
    SocketAddress address = new SocketAddress.Packet(etherType, interfaceIndex);
    FrameSocket socket = new FrameSocket(c, c.packetSocket(), address);
    try {
      if (family == IpAddress.Family.IPV6) {
        c.attachFilter(socket.fd, SocketFilter.neighbourAdvertisements());
      }
      c.bind(socket.fd, address);
      return socket;
    } catch (PosixException failed) {
      socket.close();
      throw failed;
    }
  }

  void send(EthernetFrame frame) throws PosixException {
    c.send(fd, frame.bytes(), address);
  }

  /** The next frame; empty if none comes within {@code timeout}. */
  Optional<byte[]> receive(Duration timeout) throws PosixException {
    return c.receive(fd, FRAME_BYTES, timeout);
  }

  @Override
  public void close() {
    try {
      c.close(fd);
    } catch (PosixException alreadyGone) {
      // Linux gives the descriptor back whatever close answers.
    }
  }
}
