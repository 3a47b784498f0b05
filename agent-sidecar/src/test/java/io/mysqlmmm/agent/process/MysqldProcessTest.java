package io.mysqlmmm.agent.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Among the processes of a whole node, another pair's mysqld may run. */
class MysqldProcessTest {
  @TempDir Path run;
  private Process other;
  private Process ours;

  @BeforeEach
  void start() throws IOException, InterruptedException {
    other = mysqld(run.resolve("other/init.sql"));
    ours = mysqld(run.resolve("init.sql"));
  }

  @AfterEach
  void end() {
    other.destroyForcibly();
    ours.destroyForcibly();
  }

  private static Process mysqld(Path initFile) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                "bash",
                "-c",
                "exec -a mysqld bash -c 'echo; while :; do sleep 1; done' --init-file=" + initFile)
            .start();
    // It has its arguments when it speaks.
    assertThat(process.getInputStream().read()).isEqualTo('\n');
    return process;
  }

  @Test
  void isFoundByItsInitFileAlone() {
    assertThat(new MysqldProcess(run).find()).isEqualTo(OptionalLong.of(ours.pid()));
  }

  @Test
  void anotherThatHasItsPidNowIsNotIt() throws IOException, InterruptedException {
    Files.writeString(run.resolve("mysqld.pid"), other.pid() + "\n");
    MysqldProcess process = new MysqldProcess(run);

    assertThat(process.find()).isEqualTo(OptionalLong.of(ours.pid()));
    assertThat(process.gone(other.pid())).isTrue();
    assertThat(process.gone(ours.pid())).isFalse();

    ours.destroyForcibly().waitFor();
    assertThat(process.find()).isEmpty();
  }
}
