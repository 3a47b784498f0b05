package io.mysqlmmm.agent.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.agent.standing.Keeper;
import io.mysqlmmm.agent.standing.Kept;
import io.mysqlmmm.agent.standing.KeptFile;
import io.mysqlmmm.shared.agent.Beat;
import io.mysqlmmm.shared.agent.BootTime;
import io.mysqlmmm.shared.agent.Standing;
import io.mysqlmmm.shared.agent.WriteMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseFileTest {
  private static final Duration TTL = Duration.ofSeconds(3);

  @TempDir Path run;
  private Duration now = Duration.ofSeconds(100);

  private Keeper writer(WriteMode mode, boolean lossless) throws IOException {
    Path data = Files.createDirectories(run.resolve("data"));
    Standing standing = new Standing("uuid", 10, 5, 4, 3, mode, 8, "peer", 0, 1, false);
    KeptFile file = new KeptFile(data);
    file.store(
        new Kept(
            standing, List.of(), List.of(), List.of(), lossless, BootTime.NEVER, Optional.empty()));
    Keeper keeper =
        Keeper.open(file, "uid", Optional.of("uuid"), () -> new BootTime("boot", now), TTL);
    vote(keeper);
    return keeper;
  }

  private void vote(Keeper keeper) {
    keeper.beat(new Beat("uid", "", 5, Optional.of(new BootTime("boot", now))));
  }

  private Path file() {
    return run.resolve(LeaseFile.NAME);
  }

  @Test
  void saysWhenMysqldMustBeDeadAndIsPutOffByVotes() throws IOException {
    Keeper keeper = writer(WriteMode.PAIRED, false);
    LeaseFile lease = new LeaseFile(run, keeper);

    lease.tell();
    assertThat(Files.readString(file())).isEqualTo("10275\n");

    now = now.plusSeconds(1);
    vote(keeper);
    lease.tell();
    assertThat(Files.readString(file())).isEqualTo("10375\n");
  }

  @Test
  void staysWhenTheLeaseIsOverUntilMysqldIsClosed() throws IOException {
    Keeper keeper = writer(WriteMode.PAIRED, false);
    LeaseFile lease = new LeaseFile(run, keeper);
    lease.tell();
    now = now.plusSeconds(4);

    lease.tell();
    assertThat(file()).exists();

    lease.lift();
    assertThat(file()).doesNotExist();
  }

  @Test
  void staysWhenTheRoleIsReleasedUntilMysqldIsClosed() throws IOException {
    Keeper keeper = writer(WriteMode.PAIRED, false);
    LeaseFile lease = new LeaseFile(run, keeper);
    lease.tell();
    keeper.change(s -> s.releasing(5));

    lease.tell();

    assertThat(file()).exists();
  }

  @Test
  void isNotThereForAWriterThatIsAlone() throws IOException {
    Files.writeString(file(), "1\n");

    new LeaseFile(run, writer(WriteMode.SOLO, false)).tell();

    assertThat(file()).doesNotExist();
  }

  /** What an agent before this one left there. */
  @Test
  void isNotThereForAWriterWhoseCommitsWaitForThePeer() throws IOException {
    Files.writeString(file(), "1\n");

    new LeaseFile(run, writer(WriteMode.PAIRED, true)).tell();

    assertThat(file()).doesNotExist();
  }
}
