package io.mysqlmmm.agent.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.shared.agent.Answer;
import io.mysqlmmm.shared.agent.Backup;
import io.mysqlmmm.shared.agent.Clone;
import io.mysqlmmm.shared.agent.Order;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupOrdersTest {
  @TempDir private Path directory;

  private Rig rig() throws IOException {
    Files.createDirectories(directory.resolve("backups"));
    Rig rig = new Rig(directory);
    var _ = rig.mysql.observe();
    return rig;
  }

  private static Order backup(String name, String at) {
    return new Order.Backup(Rig.at(11, 6), name, at);
  }

  private static Backup awaitEnd(Rig rig) throws InterruptedException {
    long sequence = 0;
    while (rig.board.state().lastBackup().filter(b -> !b.running()).isEmpty()) {
      sequence = rig.board.awaitNewer(sequence, Duration.ofSeconds(20)).sequence();
    }
    return rig.board.state().lastBackup().orElseThrow();
  }

  @Test
  void isAnsweredWhenItHasBegunAndToldWhenItIsOver() throws Exception {
    Rig rig = rig();

    assertThat(rig.order(backup("monday", "t1"))).isInstanceOf(Answer.Done.class);

    assertThat(rig.board.state().lastBackup().orElseThrow().running()).isTrue();
    rig.cloneServer.end();
    Backup done = awaitEnd(rig);
    assertThat(done.outcome()).isEqualTo(Clone.Outcome.DONE);
    assertThat(done.name()).isEqualTo("monday");
    assertThat(done.bytesDone()).isEqualTo(5);
  }

  @Test
  void theSameRequestIsDoneOnceAndAnotherWaits() throws IOException {
    Rig rig = rig();
    Answer _ = rig.order(backup("monday", "t1"));

    assertThat(rig.order(backup("monday", "t1"))).isInstanceOf(Answer.Done.class);
    assertThat(rig.order(backup("tuesday", "t2")))
        .isInstanceOfSatisfying(
            Answer.Failed.class, f -> assertThat(f.reason()).contains("monday is under way"));

    assertThat(directory.resolve("backups/tuesday")).doesNotExist();
    rig.cloneServer.end();
  }

  @Test
  void aCopyThatFailsIsToldToBeNoBackup() throws Exception {
    Rig rig = rig();
    rig.cloneServer.refusal = "No space left on device";
    Answer _ = rig.order(backup("monday", "t1"));

    rig.cloneServer.end();

    Backup failed = awaitEnd(rig);
    assertThat(failed.outcome()).isEqualTo(Clone.Outcome.FAILED);
    assertThat(failed.error()).isEqualTo("No space left on device; what is there is no backup");
  }

  @Test
  void nothingIsBegunForWhatCanBeFoundOutBefore() throws IOException {
    Rig nowhere = new Rig(directory);
    assertThat(nowhere.order(backup("monday", "t1")))
        .isInstanceOfSatisfying(
            Answer.Failed.class, f -> assertThat(f.reason()).contains("spec.mysql.backup"));
    Rig rig = rig();
    Files.createDirectory(directory.resolve("backups/monday"));
    for (String name : new String[] {"monday", "..", ".", "../data", "a/b"}) {
      assertThat(rig.order(backup(name, "t1"))).as(name).isInstanceOf(Answer.Failed.class);
    }
    rig.cloneServer.plugin = false;
    assertThat(rig.order(backup("tuesday", "t1"))).isInstanceOf(Answer.Failed.class);

    assertThat(rig.board.state().lastBackup()).isEmpty();
    assertThat(rig.log).noneMatch(line -> line.startsWith("copy"));
  }
}
