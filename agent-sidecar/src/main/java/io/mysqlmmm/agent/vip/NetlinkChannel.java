package io.mysqlmmm.agent.vip;

import io.mysqlmmm.agent.posix.Errno;
import io.mysqlmmm.agent.posix.PosixC;
import io.mysqlmmm.agent.posix.PosixException;
import io.mysqlmmm.agent.posix.SocketAddress;
import io.mysqlmmm.agent.wire.NetlinkBody;
import io.mysqlmmm.agent.wire.NetlinkMessage;
import io.mysqlmmm.agent.wire.NetlinkProtocol;
import io.mysqlmmm.agent.wire.NetlinkRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Questions to the kernel and their answers, one at a time, over one socket. Answers to earlier
 * questions are known by their sequence number and dropped; a list that changed while it was read
 * is read again; after an error the socket is opened anew and the question, if it is repeatable,
 * asked once more.
 */
final class NetlinkChannel implements AutoCloseable {
  /** The kernel answers in microseconds; more than this means that something is broken. */
  static final Duration ANSWER_WITHIN = Duration.ofMillis(500);

  /** The most the kernel puts into one datagram (net/netlink/af_netlink.c, netlink_dump). */
  private static final int DATAGRAM_BYTES = 32 * 1024;

  private static final int READINGS = 5;
  private static final int CLOSED = -1;
  private static final SocketAddress KERNEL = new SocketAddress.Netlink();

  private final PosixC c;
  private final NetlinkProtocol protocol;
  private final ReentrantLock lock = new ReentrantLock();
  private int fd = CLOSED;
  private int sequence;

  NetlinkChannel(PosixC c, NetlinkProtocol protocol) {
    this.c = c;
    this.protocol = protocol;
  }

  /**
   * Asks and waits for the answer.
   *
   * @return what the kernel said; Done is left out, a Failure stands last
   * @throws PosixException if the kernel cannot be asked, or not within {@link #ANSWER_WITHIN}
   */
  List<NetlinkBody> ask(NetlinkRequest request) throws PosixException {
    lock.lock();
    try {
      try {
        return askOnce(request);
      } catch (PosixException first) {
        close();
        if (!request.repeatable()) {
          throw first;
        }
        try {
          return askOnce(request);
        } catch (PosixException second) {
          close();
          second.addSuppressed(first);
          throw second;
        }
      }
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

  private List<NetlinkBody> askOnce(NetlinkRequest request) throws PosixException {
    open();
    for (int reading = 0; reading < READINGS; reading++) {
      sequence++;
      c.send(fd, request.encode(sequence), KERNEL);
      List<NetlinkMessage> answer = answer(request);
      if (answer.stream().noneMatch(NetlinkMessage::interrupted)) {
        return answer.stream()
            .map(NetlinkMessage::body)
            .filter(body -> !(body instanceof NetlinkBody.Done))
            .toList();
      }
    }
    throw new PosixException(request + " changed while read, " + READINGS + " times", Errno.EAGAIN);
  }

  private void open() throws PosixException {
    if (fd == CLOSED) {
      fd = c.netlinkSocket(protocol.number());
      c.bind(fd, KERNEL);
    }
  }

  private List<NetlinkMessage> answer(NetlinkRequest request) throws PosixException {
    Duration end = c.bootTime().plus(ANSWER_WITHIN);
    List<NetlinkMessage> answer = new ArrayList<>();
    while (true) {
      byte[] datagram =
          c.receive(fd, DATAGRAM_BYTES, end.minus(c.bootTime()))
              .orElseThrow(() -> new PosixException("no answer to " + request, Errno.ETIMEDOUT));
      for (NetlinkMessage message : protocol.parse(datagram)) {
        if (message.body() instanceof NetlinkBody.Malformed(String why)) {
          throw new PosixException("answer to " + request + ": " + why, Errno.EBADMSG);
        }
        if (message.sequence() == sequence) {
          answer.add(message);
          if (isLast(request, message.body())) {
            return answer;
          }
        }
      }
    }
  }

  private static boolean isLast(NetlinkRequest request, NetlinkBody body) {
    return switch (body) {
      case NetlinkBody.Ack() -> true;
      case NetlinkBody.Done() -> true;
      case NetlinkBody.Failure failure -> true;
      case NetlinkBody.Address address -> false;
      case NetlinkBody.Link link -> request.answeredByOne();
      case NetlinkBody.Socket socket -> false;
      case NetlinkBody.Other other -> false;
      case NetlinkBody.Malformed malformed -> true;
    };
  }
}
