package io.mysqlmmm.agent.vip;

import io.mysqlmmm.agent.posix.PosixC;
import io.mysqlmmm.agent.posix.PosixException;
import io.mysqlmmm.agent.posix.SocketAddress;
import io.mysqlmmm.agent.wire.EthernetFrame;
import java.util.concurrent.locks.ReentrantLock;

/** {@link FrameSender} on one packet socket for all interfaces, opened anew after an error. */
public final class PacketSender implements FrameSender, AutoCloseable {
  private static final int CLOSED = -1;

  private final PosixC c;
  private final ReentrantLock lock = new ReentrantLock();
  private int fd = CLOSED;

  public PacketSender(PosixC c) {
    this.c = c;
  }

  @Override
  public void send(LinkLookup.Found link, EthernetFrame frame) throws PosixException {
    lock.lock();
    try {
      if (fd == CLOSED) {
        fd = c.packetSocket();
      }
      c.send(fd, frame.bytes(), new SocketAddress.Packet(frame.etherType(), link.index()));
    } catch (PosixException failed) {
      close();
      throw failed;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (fd != CLOSED) {
        int last = fd;
        fd = CLOSED;
        c.close(last);
      }
    } catch (PosixException alreadyGone) {
      // Linux gives the descriptor back whatever close answers.
    } finally {
      lock.unlock();
    }
  }
}
