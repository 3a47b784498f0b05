package io.mysqlmmm.agent.vip;

import io.mysqlmmm.agent.posix.Errno;
import io.mysqlmmm.agent.posix.PosixC;
import io.mysqlmmm.agent.posix.PosixException;
import io.mysqlmmm.agent.posix.SocketAddress;
import io.mysqlmmm.agent.wire.EthernetFrame;
import io.mysqlmmm.agent.wire.IpAddress;
import io.mysqlmmm.agent.wire.MacAddress;
import io.mysqlmmm.agent.wire.NetlinkProtocol;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The part of Linux that virtual IPs need, with a clock that stands still until somebody waits, and
 * with the faults that a test orders. What it does with addresses is in {@link FakeRtnetlink}.
 */
final class FakeKernel implements PosixC {
  static final String ETH0 = "eth0";
  static final int ETH0_INDEX = 2;
  static final MacAddress ETH0_MAC = MacAddress.of("02:00:00:00:00:01");
  static final IpAddress NODE = IpAddress.of("10.77.0.11");

  /** A frame that was sent. */
  record Sent(Duration at, int interfaceIndex, EthernetFrame frame) {}

  private record Arrival(Duration at, EthernetFrame frame) {}

  private static final class Socket {
    final boolean netlink;
    final Deque<byte[]> answers = new ArrayDeque<>();

    Socket(boolean netlink) {
      this.netlink = netlink;
    }
  }

  final FakeRtnetlink rtnetlink = new FakeRtnetlink();
  final List<Sent> sent = new ArrayList<>();
  private final Map<Integer, Socket> sockets = new HashMap<>();
  private final Deque<Arrival> arrivals = new ArrayDeque<>();
  private final Deque<Errno> receiveErrors = new ArrayDeque<>();
  private final Deque<Duration> stalls = new ArrayDeque<>();
  private Duration freeze = Duration.ZERO;
  private int nextFd = 3;
  private int answered;
  private int lost;
  private Optional<Errno> sendError = Optional.empty();
  private Duration now = Duration.ofHours(1);

  FakeKernel() {
    rtnetlink.link(1, "lo", Optional.empty(), 0x1_0049);
    rtnetlink.link(ETH0_INDEX, ETH0, Optional.of(ETH0_MAC), 0x1_1043);
    rtnetlink.add(NODE, 24, ETH0_INDEX);
  }

  synchronized void advance(Duration time) {
    now = now.plus(time);
    rtnetlink.expire(now);
  }

  /** The next answers are these errors. */
  synchronized void failReceives(Errno... errors) {
    receiveErrors.addAll(List.of(errors));
  }

  /** Every frame from now on fails like this. */
  synchronized void failFrames(Errno error) {
    sendError = Optional.of(error);
  }

  /** The process is stopped for so long whenever it has sent a frame. */
  synchronized void freezeAfterSending(Duration time) {
    freeze = time;
  }

  /** After so many requests are answered, the answers to the next ones never arrive. */
  synchronized void loseAnswers(int after, int count) {
    answered = after;
    lost = count;
  }

  /**
   * The next requests keep the caller for so long, each in its turn; they take effect at the end.
   */
  synchronized void stall(Duration... times) {
    stalls.addAll(List.of(times));
  }

  /** A frame that arrives so long from now. */
  synchronized void arrive(Duration in, EthernetFrame frame) {
    arrivals.add(new Arrival(now.plus(in), frame));
  }

  synchronized int openSockets() {
    return sockets.size();
  }

  @Override
  public synchronized int netlinkSocket(int protocol) throws PosixException {
    if (protocol != NetlinkProtocol.ROUTE.number()) {
      throw new PosixException("socket", new Errno(93));
    }
    sockets.put(nextFd, new Socket(true));
    return nextFd++;
  }

  @Override
  public synchronized int packetSocket() {
    sockets.put(nextFd, new Socket(false));
    return nextFd++;
  }

  @Override
  public synchronized void bind(int fd, SocketAddress address) throws PosixException {
    socket(fd);
  }

  @Override
  public synchronized void attachFilter(int fd, byte[] program) throws PosixException {
    socket(fd);
  }

  @Override
  public synchronized void send(int fd, byte[] data, SocketAddress destination)
      throws PosixException {
    Socket socket = socket(fd);
    if (destination instanceof SocketAddress.Packet(int etherType, int interfaceIndex)) {
      if (sendError.isPresent()) {
        throw new PosixException("sendto", sendError.get());
      }
      sent.add(new Sent(now, interfaceIndex, EthernetFrame.parse(data).orElseThrow()));
      advance(freeze);
      return;
    }
    Duration stall = stalls.poll();
    advance(stall == null ? Duration.ZERO : stall);
    List<byte[]> answers = rtnetlink.handle(data, now);
    if (answered-- <= 0 && lost > 0) {
      lost--;
    } else {
      socket.answers.addAll(answers);
    }
  }

  @Override
  public synchronized Optional<byte[]> receive(int fd, int capacity, Duration timeout)
      throws PosixException {
    Socket socket = socket(fd);
    Errno error = receiveErrors.poll();
    if (error != null) {
      throw new PosixException("recv", error);
    }
    Optional<byte[]> next =
        socket.netlink ? Optional.ofNullable(socket.answers.poll()) : arrival(now.plus(timeout));
    if (next.isEmpty() && timeout.isPositive()) {
      advance(timeout);
    }
    return next;
  }

  @Override
  public synchronized void close(int fd) throws PosixException {
    socket(fd);
    sockets.remove(fd);
  }

  @Override
  public void kill(int pid, int signal) {
    throw new UnsupportedOperationException("no processes here");
  }

  @Override
  public synchronized Duration bootTime() {
    return now;
  }

  private Optional<byte[]> arrival(Duration until) {
    if (arrivals.isEmpty() || arrivals.getFirst().at().compareTo(until) > 0) {
      return Optional.empty();
    }
    Arrival first = arrivals.removeFirst();
    now = first.at().compareTo(now) > 0 ? first.at() : now;
    return Optional.of(first.frame().bytes());
  }

  private Socket socket(int fd) throws PosixException {
    Socket socket = sockets.get(fd);
    if (socket == null) {
      throw new PosixException("fd " + fd, new Errno(9));
    }
    return socket;
  }
}
