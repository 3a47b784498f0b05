package io.mysqlmmm.agent.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Needs no privileges: netlink may be asked by everyone. */
class ForeignPosixCTest {
  private static final int NO_FD = 1_000_000;
  private static final SocketAddress KERNEL = new SocketAddress.Netlink();

  private final PosixC c = new ForeignPosixC();

  @Test
  void namesTheCallAndTheErrorWhenItFails() {
    assertThatExceptionOfType(PosixException.class)
        .isThrownBy(() -> c.close(NO_FD))
        .withMessage("close: EBADF");
    assertThatExceptionOfType(PosixException.class)
        .isThrownBy(() -> c.bind(NO_FD, new SocketAddress.Packet(0x0806, 2)))
        .withMessage("bind to Packet[etherType=2054, interfaceIndex=2]: EBADF");
    assertThatExceptionOfType(PosixException.class)
        .isThrownBy(() -> c.receive(NO_FD, 10, Duration.ofSeconds(5)))
        .withMessage("recv: EBADF");
  }

  @Test
  void readsNoErrorAfterASuccess() throws PosixException {
    assertThatThrownBy(() -> c.close(NO_FD)).isInstanceOf(PosixException.class);

    int fd = c.netlinkSocket(0);

    c.bind(fd, KERNEL);
    c.close(fd);
  }

  @Test
  void waitsNoLongerThanItWasTold() throws PosixException {
    int fd = c.netlinkSocket(0);
    try {
      Duration before = c.bootTime();
      assertThat(c.receive(fd, 100, Duration.ofMillis(30))).isEmpty();
      Duration waited = c.bootTime().minus(before);
      assertThat(c.receive(fd, 100, Duration.ZERO)).isEmpty();
      assertThat(c.receive(fd, 100, Duration.ofMillis(-5))).isEmpty();

      assertThat(waited).isBetween(Duration.ofMillis(30), Duration.ofSeconds(60));
    } finally {
      c.close(fd);
    }
  }

  @Test
  void receivesWhatTheKernelAnswers() throws PosixException {
    int fd = c.netlinkSocket(0);
    try {
      c.bind(fd, KERNEL);
      c.send(fd, dumpOfAddresses(), KERNEL);

      // An answer of 20 bytes at least: a netlink header and DONE's number.
      assertThat(c.receive(fd, 32 * 1024, Duration.ofSeconds(30)).orElseThrow())
          .hasSizeGreaterThanOrEqualTo(20);
    } finally {
      c.close(fd);
    }
  }

  @Test
  void reportsADatagramThatDoesNotFit() throws PosixException {
    int fd = c.netlinkSocket(0);
    try {
      c.bind(fd, KERNEL);
      c.send(fd, dumpOfAddresses(), KERNEL);

      assertThatExceptionOfType(PosixException.class)
          .isThrownBy(() -> c.receive(fd, 8, Duration.ofSeconds(5)))
          .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EMSGSIZE));
    } finally {
      c.close(fd);
    }
  }

  @Test
  void killsAProcess() throws IOException, InterruptedException {
    Process sleeper = new ProcessBuilder("sleep", "600").start();
    int pid = Math.toIntExact(sleeper.pid());

    c.kill(pid, 0);
    c.kill(pid, PosixC.SIGKILL);

    assertThat(sleeper.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(sleeper.exitValue()).isEqualTo(128 + PosixC.SIGKILL);
    assertThatExceptionOfType(PosixException.class)
        .isThrownBy(() -> c.kill(pid, 0))
        .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.ESRCH));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 0, -1, -1234, Integer.MIN_VALUE})
  void killsNothingButOneProcess(int pid) {
    assertThatIllegalArgumentException().isThrownBy(() -> c.kill(pid, 0));
  }

  @Test
  void bootTimeAdvancesAndIsNotTheWallClock() {
    Duration first = c.bootTime();
    Duration second = c.bootTime();

    assertThat(second).isGreaterThanOrEqualTo(first);
    assertThat(first).isBetween(Duration.ofMillis(1), Duration.ofDays(20 * 365));
  }

  @Test
  void errorsHaveTheirNames() {
    assertThat(Errno.ENOBUFS).hasToString("ENOBUFS");
    assertThat(new Errno(4242)).hasToString("errno 4242");
  }

  /** RTM_GETADDR, NLM_F_REQUEST | NLM_F_DUMP, IPv4; the native order is little-endian or big. */
  private static byte[] dumpOfAddresses() {
    return java.nio.ByteBuffer.allocate(24)
        .order(java.nio.ByteOrder.nativeOrder())
        .putInt(24)
        .putShort((short) 22)
        .putShort((short) 0x301)
        .putInt(1)
        .putInt(0)
        .put((byte) 2)
        .array();
  }
}
