package io.mysqlmmm.agent.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The C structs passed to the kernel, each with its declaration, and how to fill them. */
final class Structs {
  static final short AF_NETLINK = 16;
  static final short AF_PACKET = 17;

  /**
   * linux/netlink.h.
   *
   * <pre>{@code
   * struct sockaddr_nl {
   *   sa_family_t nl_family; unsigned short nl_pad; __u32 nl_pid; __u32 nl_groups;
   * };
   * }</pre>
   */
  static final StructLayout SOCKADDR_NL =
      MemoryLayout.structLayout(
          JAVA_SHORT.withName("nl_family"),
          JAVA_SHORT.withName("nl_pad"),
          JAVA_INT.withName("nl_pid"),
          JAVA_INT.withName("nl_groups"));

  /**
   * linux/if_packet.h; sll_protocol in network order.
   *
   * <pre>{@code
   * struct sockaddr_ll {
   *   unsigned short sll_family; __be16 sll_protocol; int sll_ifindex; unsigned short sll_hatype;
   *   unsigned char sll_pkttype, sll_halen, sll_addr[8];
   * };
   * }</pre>
   */
  static final StructLayout SOCKADDR_LL =
      MemoryLayout.structLayout(
          JAVA_SHORT.withName("sll_family"),
          JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN).withName("sll_protocol"),
          JAVA_INT.withName("sll_ifindex"),
          JAVA_SHORT.withName("sll_hatype"),
          JAVA_BYTE.withName("sll_pkttype"),
          JAVA_BYTE.withName("sll_halen"),
          MemoryLayout.sequenceLayout(8, JAVA_BYTE).withName("sll_addr"));

  /** poll.h: {@code struct pollfd { int fd; short events; short revents; };}. */
  static final StructLayout POLLFD =
      MemoryLayout.structLayout(
          JAVA_INT.withName("fd"), JAVA_SHORT.withName("events"), JAVA_SHORT.withName("revents"));

  /** time.h, 64 bits: {@code struct timespec { time_t tv_sec; long tv_nsec; };}. */
  static final StructLayout TIMESPEC =
      MemoryLayout.structLayout(JAVA_LONG.withName("tv_sec"), JAVA_LONG.withName("tv_nsec"));

  /**
   * linux/filter.h: {@code struct sock_fprog { unsigned short len; struct sock_filter *filter; };}.
   */
  static final StructLayout SOCK_FPROG =
      MemoryLayout.structLayout(
          JAVA_SHORT.withName("len"), MemoryLayout.paddingLayout(6), ADDRESS.withName("filter"));

  /** linux/filter.h: {@code struct sock_filter { __u16 code; __u8 jt; __u8 jf; __u32 k; };}. */
  static final int SOCK_FILTER_BYTES = 8;

  private static final short POLLIN = 1;

  private static final VarHandle NL_FAMILY = field(SOCKADDR_NL, "nl_family");
  private static final VarHandle LL_FAMILY = field(SOCKADDR_LL, "sll_family");
  private static final VarHandle LL_PROTOCOL = field(SOCKADDR_LL, "sll_protocol");
  private static final VarHandle LL_IFINDEX = field(SOCKADDR_LL, "sll_ifindex");
  private static final VarHandle POLL_FD = field(POLLFD, "fd");
  private static final VarHandle POLL_EVENTS = field(POLLFD, "events");
  private static final VarHandle TV_SEC = field(TIMESPEC, "tv_sec");
  private static final VarHandle TV_NSEC = field(TIMESPEC, "tv_nsec");
  private static final VarHandle FPROG_LEN = field(SOCK_FPROG, "len");
  private static final VarHandle FPROG_FILTER = field(SOCK_FPROG, "filter");

  private Structs() {}

  static MemorySegment sockaddr(SocketAddress address, Arena arena) {
    return switch (address) {
      case SocketAddress.Netlink all -> {
        MemorySegment segment = arena.allocate(SOCKADDR_NL);
        NL_FAMILY.set(segment, 0L, AF_NETLINK);
        yield segment;
      }
      case SocketAddress.Packet(int etherType, int interfaceIndex) -> {
        MemorySegment segment = arena.allocate(SOCKADDR_LL);
        LL_FAMILY.set(segment, 0L, AF_PACKET);
        LL_PROTOCOL.set(segment, 0L, (short) etherType);
        LL_IFINDEX.set(segment, 0L, interfaceIndex);
        yield segment;
      }
    };
  }

  static MemorySegment pollForInput(int fd, Arena arena) {
    MemorySegment segment = arena.allocate(POLLFD);
    POLL_FD.set(segment, 0L, fd);
    POLL_EVENTS.set(segment, 0L, POLLIN);
    return segment;
  }

  /** Both the program and its description live as long as {@code arena}. */
  static MemorySegment sockFprog(byte[] program, Arena arena) {
    MemorySegment filter = arena.allocate(program.length, Long.BYTES);
    filter.asByteBuffer().put(ByteBuffer.wrap(program));
    MemorySegment segment = arena.allocate(SOCK_FPROG);
    FPROG_LEN.set(segment, 0L, (short) (program.length / SOCK_FILTER_BYTES));
    FPROG_FILTER.set(segment, 0L, filter);
    return segment;
  }

  static long seconds(MemorySegment timespec) {
    return (long) TV_SEC.get(timespec, 0L);
  }

  static long nanos(MemorySegment timespec) {
    return (long) TV_NSEC.get(timespec, 0L);
  }

  private static VarHandle field(StructLayout struct, String name) {
    return struct.varHandle(PathElement.groupElement(name));
  }
}
