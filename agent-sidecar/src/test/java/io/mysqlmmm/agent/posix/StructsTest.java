package io.mysqlmmm.agent.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sizes and offsets as gcc 12 gives them on x86-64 and aarch64 (sizeof, offsetof). */
class StructsTest {
  @ParameterizedTest
  @CsvSource({
    "sockaddr_nl, 12, nl_family, 0",
    "sockaddr_nl, 12, nl_pad, 2",
    "sockaddr_nl, 12, nl_pid, 4",
    "sockaddr_nl, 12, nl_groups, 8",
    "sockaddr_ll, 20, sll_family, 0",
    "sockaddr_ll, 20, sll_protocol, 2",
    "sockaddr_ll, 20, sll_ifindex, 4",
    "sockaddr_ll, 20, sll_hatype, 8",
    "sockaddr_ll, 20, sll_pkttype, 10",
    "sockaddr_ll, 20, sll_halen, 11",
    "sockaddr_ll, 20, sll_addr, 12",
    "pollfd, 8, fd, 0",
    "pollfd, 8, events, 4",
    "pollfd, 8, revents, 6",
    "timespec, 16, tv_sec, 0",
    "timespec, 16, tv_nsec, 8",
    "sock_fprog, 16, len, 0",
    "sock_fprog, 16, filter, 8",
  })
  void hasTheLayoutOfC(String struct, long size, String field, long offset) {
    StructLayout layout =
        switch (struct) {
          case "sockaddr_nl" -> Structs.SOCKADDR_NL;
          case "sockaddr_ll" -> Structs.SOCKADDR_LL;
          case "pollfd" -> Structs.POLLFD;
          case "timespec" -> Structs.TIMESPEC;
          case "sock_fprog" -> Structs.SOCK_FPROG;
          default -> throw new IllegalArgumentException(struct);
        };

    assertThat(layout.byteSize()).isEqualTo(size);
    assertThat(layout.byteOffset(PathElement.groupElement(field))).isEqualTo(offset);
  }

  @Test
  void writesThePacketProtocolInNetworkOrder() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = Structs.sockaddr(new SocketAddress.Packet(0x0806, 2), arena);

      byte[] bytes = address.toArray(ValueLayout.JAVA_BYTE);
      assertThat(HexFormat.of().formatHex(bytes, 2, 4)).isEqualTo("0806");
      assertThat(address.get(ValueLayout.JAVA_SHORT, 0)).isEqualTo((short) 17);
      assertThat(address.get(ValueLayout.JAVA_INT, 4)).isEqualTo(2);
    }
  }

  @Test
  void countsFilterInstructions() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment program = Structs.sockFprog(new byte[48], arena);

      assertThat(program.get(ValueLayout.JAVA_SHORT, 0)).isEqualTo((short) 6);
      assertThat(program.get(ValueLayout.ADDRESS, 8)).isNotEqualTo(MemorySegment.NULL);
    }
  }
}
