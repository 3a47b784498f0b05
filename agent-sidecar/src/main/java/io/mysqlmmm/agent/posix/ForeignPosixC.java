package io.mysqlmmm.agent.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Optional;

/**
 * {@link PosixC} on the C library of this process. Every call has its own confined arena and reads
 * errno, captured by the linker, only when the call answered -1: after a success it holds whatever
 * an earlier call left there.
 */
public final class ForeignPosixC implements PosixC {
  // bits/socket_type.h, linux/netlink.h, asm-generic/socket.h, linux/time.h
  private static final int SOCK_RAW = 3;
  private static final int SOCK_CLOEXEC = 0x8_0000;
  private static final int SOL_NETLINK = 270;
  private static final int NETLINK_CAP_ACK = 10; // Linux 4.2: errors do not repeat the request
  private static final int NETLINK_EXT_ACK = 11; // Linux 4.12: errors come with words
  private static final int SOL_SOCKET = 1;
  private static final int SO_ATTACH_FILTER = 26;
  private static final int MSG_TRUNC = 0x20;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int CLOCK_BOOTTIME = 7;

  private static final NativeCall SOCKET =
      new NativeCall("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  private static final NativeCall BIND =
      new NativeCall("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final NativeCall SETSOCKOPT =
      new NativeCall(
          "setsockopt",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final NativeCall SENDTO =
      new NativeCall(
          "sendto",
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
  private static final NativeCall POLL =
      new NativeCall("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private static final NativeCall RECV =
      new NativeCall(
          "recv", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private static final NativeCall CLOSE =
      new NativeCall("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final NativeCall KILL =
      new NativeCall("kill", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  private static final NativeCall CLOCK_GETTIME =
      new NativeCall("clock_gettime", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));

  @Override
  public int netlinkSocket(int protocol) throws PosixException {
    int fd = socket(Structs.AF_NETLINK, protocol);
    setOptionIfKnown(fd, NETLINK_CAP_ACK);
    setOptionIfKnown(fd, NETLINK_EXT_ACK);
    return fd;
  }

  @Override
  public int packetSocket() throws PosixException {
    return socket(Structs.AF_PACKET, 0);
  }

  @Override
  public void bind(int fd, SocketAddress address) throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment to = Structs.sockaddr(address, arena);
      BIND.invoke(arena, " to " + address, fd, to, (int) to.byteSize());
    }
  }

  @Override
  public void attachFilter(int fd, byte[] program) throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment description = Structs.sockFprog(program, arena);
      int length = (int) description.byteSize();
      SETSOCKOPT.invoke(
          arena, " SO_ATTACH_FILTER", fd, SOL_SOCKET, SO_ATTACH_FILTER, description, length);
    }
  }

  @Override
  public void send(int fd, byte[] data, SocketAddress destination) throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocateFrom(JAVA_BYTE, data);
      MemorySegment to = Structs.sockaddr(destination, arena);
      long length = bytes.byteSize();
      int toLength = (int) to.byteSize();
      SENDTO.invoke(arena, " " + destination, fd, bytes, length, MSG_DONTWAIT, to, toLength);
    }
  }

  @Override
  public Optional<byte[]> receive(int fd, int capacity, Duration timeout) throws PosixException {
    long end = System.nanoTime() + timeout.toNanos();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(capacity);
      MemorySegment poll = Structs.pollForInput(fd, arena);
      while (true) {
        long millis = Math.max(0, Math.ceilDiv(end - System.nanoTime(), 1_000_000L));
        int wait = (int) Math.min(millis, Integer.MAX_VALUE);
        long ready = POLL.invokeUnless(Errno.EINTR, arena, "", poll, 1L, wait);
        if (ready == 0 && System.nanoTime() - end >= 0) {
          return Optional.empty();
        }
        int flags = MSG_DONTWAIT | MSG_TRUNC;
        long length =
            ready <= 0
                ? -1
                : RECV.invokeUnless(Errno.EAGAIN, arena, "", fd, buffer, (long) capacity, flags);
        if (length > capacity) {
          throw new PosixException("recv of " + length + " bytes into " + capacity, Errno.EMSGSIZE);
        }
        if (length >= 0) {
          return Optional.of(buffer.asSlice(0, length).toArray(JAVA_BYTE));
        }
      }
    }
  }

  @Override
  public void close(int fd) throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      // Linux gives the descriptor back also when it answers EINTR.
      CLOSE.invokeUnless(Errno.EINTR, arena, "", fd);
    }
  }

  @Override
  public void kill(int pid, int signal) throws PosixException {
    if (pid < 2) {
      throw new IllegalArgumentException("kill of pid " + pid + " would reach more than a process");
    }
    try (Arena arena = Arena.ofConfined()) {
      KILL.invoke(arena, " pid " + pid + " signal " + signal, pid, signal);
    }
  }

  @Override
  public Duration bootTime() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment now = arena.allocate(Structs.TIMESPEC);
      CLOCK_GETTIME.invoke(arena, " CLOCK_BOOTTIME", CLOCK_BOOTTIME, now);
      return Duration.ofSeconds(Structs.seconds(now), Structs.nanos(now));
    } catch (PosixException impossible) {
      throw new IllegalStateException("this kernel has no CLOCK_BOOTTIME", impossible);
    }
  }

  private static int socket(int domain, int protocol) throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      String what = domain == Structs.AF_PACKET ? " AF_PACKET" : " AF_NETLINK";
      return (int) SOCKET.invoke(arena, what, domain, SOCK_RAW | SOCK_CLOEXEC, protocol);
    }
  }

  private static void setOptionIfKnown(int fd, int option) throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment on = arena.allocateFrom(JAVA_INT, 1);
      SETSOCKOPT.invokeUnless(
          Errno.ENOPROTOOPT, arena, " SOL_NETLINK", fd, SOL_NETLINK, option, on, Integer.BYTES);
    }
  }
}
