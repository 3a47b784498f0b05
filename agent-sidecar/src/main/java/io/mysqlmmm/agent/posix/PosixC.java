package io.mysqlmmm.agent.posix;

import java.time.Duration;
import java.util.Optional;

/**
 * The system calls the agent needs, as they are: no retries but for EINTR, no state. Safe for use
 * by any number of threads. A call holds its platform thread while it runs, so one that may wait
 * ({@link #receive}) belongs on a thread of its own.
 */
public interface PosixC {
  /** SIGKILL: ends a process at once, unhandled. */
  int SIGKILL = 9;

  /**
   * Opens a netlink socket, with the kernel's explanations of errors switched on where it offers
   * them.
   *
   * @param protocol NETLINK_ROUTE, say, by its number
   * @return its descriptor, to be closed by the caller, not inherited by child processes
   * @see <a href="https://man7.org/linux/man-pages/man7/netlink.7.html">netlink(7)</a>
   */
  int netlinkSocket(int protocol) throws PosixException;

  /**
   * Opens a socket for whole Ethernet frames. It receives nothing before {@link #bind}. Needs
   * CAP_NET_RAW.
   *
   * @return its descriptor, to be closed by the caller, not inherited by child processes
   * @see <a href="https://man7.org/linux/man-pages/man7/packet.7.html">packet(7)</a>
   */
  int packetSocket() throws PosixException;

  /**
   * Gives the socket its address; a packet socket receives from here on.
   *
   * @see <a href="https://man7.org/linux/man-pages/man2/bind.2.html">bind(2)</a>
   */
  void bind(int fd, SocketAddress address) throws PosixException;

  /**
   * Lets only what {@code program} accepts through to this socket.
   *
   * @param program an array of {@code struct sock_filter}
   * @see <a href="https://man7.org/linux/man-pages/man7/socket.7.html">socket(7)</a>
   *     SO_ATTACH_FILTER
   */
  void attachFilter(int fd, byte[] program) throws PosixException;

  /**
   * Sends one datagram or frame without waiting for room: EAGAIN or ENOBUFS when there is none.
   *
   * @see <a href="https://man7.org/linux/man-pages/man2/sendto.2.html">sendto(2)</a>
   */
  void send(int fd, byte[] data, SocketAddress destination) throws PosixException;

  /**
   * The next datagram or frame; empty if none comes within {@code timeout}.
   *
   * @param timeout rounded up to milliseconds; zero or less: only what is there already
   * @throws PosixException with EMSGSIZE if it was longer than {@code capacity}; it is gone then
   * @see <a href="https://man7.org/linux/man-pages/man2/poll.2.html">poll(2)</a>
   * @see <a href="https://man7.org/linux/man-pages/man2/recv.2.html">recv(2)</a>
   */
  Optional<byte[]> receive(int fd, int capacity, Duration timeout) throws PosixException;

  /**
   * Gives the descriptor back; it is gone whatever the answer.
   *
   * @see <a href="https://man7.org/linux/man-pages/man2/close.2.html">close(2)</a>
   */
  void close(int fd) throws PosixException;

  /**
   * Sends {@code signal} to one process. Needs CAP_KILL for another user's.
   *
   * @param pid from 2: never a process group, every process or init
   * @param signal e.g. {@link #SIGKILL}; 0 only asks whether the process exists
   * @throws PosixException with ESRCH if there is no such process (any more)
   * @see <a href="https://man7.org/linux/man-pages/man2/kill.2.html">kill(2)</a>
   */
  void kill(int pid, int signal) throws PosixException;

  /**
   * CLOCK_BOOTTIME: time since the machine's start, also while it was suspended; never set back.
   *
   * @see <a href="https://man7.org/linux/man-pages/man2/clock_gettime.2.html">clock_gettime(2)</a>
   */
  Duration bootTime();
}
