package io.mysqlmmm.agent.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ThreadStatTest {
  private static ThreadStat parse(String name, char state, long flags) throws IOException {
    return ThreadStat.parse("42 (%s) %c 1 2 3 0 -1 %d 1 0".formatted(name, state, flags), "test");
  }

  @Test
  void readsThisProcess() throws IOException {
    assertThat(ThreadStat.read(Path.of("/proc/self/stat")).ends()).isFalse();
  }

  @Test
  void aNameMayHoldAnything() throws IOException {
    assertThat(parse("a) Z (b", 'S', 0x400000).ends()).isFalse();
  }

  @Test
  void exitingAndZombieThreadsEnd() throws IOException {
    assertThat(parse("mysqld", 'R', 0x400004).ends()).isTrue();
    assertThat(parse("mysqld", 'Z', 0).ends()).isTrue();
    assertThat(parse("mysqld", 'D', 0x400000).ends()).isFalse();
  }

  @Test
  void whatIsNoStatLineIsAnError() {
    assertThatThrownBy(() -> ThreadStat.parse("42 (mysqld) S 1", "/proc/42/stat"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/proc/42/stat");
  }
}
