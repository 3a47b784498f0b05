package io.mysqlmmm.agent.vip;

import io.mysqlmmm.agent.posix.Errno;
import io.mysqlmmm.agent.posix.PosixC;
import io.mysqlmmm.agent.posix.PosixException;
import io.mysqlmmm.agent.wire.IpAddress;
import io.mysqlmmm.agent.wire.NetlinkBody;
import io.mysqlmmm.agent.wire.NetlinkProtocol;
import io.mysqlmmm.agent.wire.NetlinkRequest.ListSockets;
import io.mysqlmmm.agent.wire.NetlinkRequest.ResetSocket;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TCP connections of an address. Without their address they cannot even be ended: nothing
 * leaves a host with a source address that it does not have, so a client that waits for an answer
 * would wait until its own time-out (3 s, and for ever without one, seen), whatever has become of
 * the server. So they are reset before the address goes.
 */
final class Connections implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Connections.class);

  /** One takes some microseconds; the address has to go, with or without. */
  private static final Duration BOUND = Duration.ofMillis(100);

  private final PosixC c;
  private final NetlinkChannel channel;
  private boolean told;

  Connections(PosixC c) {
    this.c = c;
    this.channel = new NetlinkChannel(c, NetlinkProtocol.SOCK_DIAG);
  }

  /**
   * Resets those of {@code ip}, as many as the time allows; a kernel that cannot is told of once.
   */
  void reset(IpAddress ip) {
    Duration end = c.bootTime().plus(BOUND);
    try {
      for (IpAddress.Family family : IpAddress.Family.values()) {
        for (NetlinkBody body : channel.ask(new ListSockets(family))) {
          if (c.bootTime().compareTo(end) > 0) {
            return;
          }
          if (body instanceof NetlinkBody.Socket socket && socket.local().equals(ip)) {
            channel.ask(new ResetSocket(socket)).forEach(this::note);
          } else {
            note(body);
          }
        }
      }
    } catch (PosixException cannot) {
      tell(String.valueOf(cannot.getMessage()));
    }
  }

  private void note(NetlinkBody body) {
    // One that has ended meanwhile is as good as reset.
    if (body instanceof NetlinkBody.Failure(int errno, String text)
        && errno != Errno.ENOENT.number()) {
      tell("errno " + errno + " " + text);
    }
  }

  private void tell(String trouble) {
    if (!told) {
      told = true;
      log.warn("connections to virtual IPs cannot be reset when an IP goes: {}", trouble);
    }
  }

  @Override
  public void close() {
    channel.close();
  }
}
