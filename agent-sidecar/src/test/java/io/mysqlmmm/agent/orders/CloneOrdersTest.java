package io.mysqlmmm.agent.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.agent.mysql.CloneServer;
import io.mysqlmmm.agent.mysql.CloneServer.State;
import io.mysqlmmm.agent.standing.Kept;
import io.mysqlmmm.shared.agent.Answer;
import io.mysqlmmm.shared.agent.Clone;
import io.mysqlmmm.shared.agent.Order;
import io.mysqlmmm.shared.agent.WriteMode;
import io.mysqlmmm.shared.gtid.GtidSet;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CloneOrdersTest {
  @TempDir private Path directory;

  private static Order clone(String version, long bytes) {
    return new Order.Clone(
        Rig.at(11, 6), new Order.Source("db1", "10.0.0.1", 3306, "u"), version, bytes, 0, 0, "at");
  }

  private static Clone last(Rig rig) {
    return rig.keeper.kept().lastClone().orElseThrow();
  }

  private static boolean replacing(Rig rig) {
    return rig.keeper.standing().cloneGuard().replacing();
  }

  @Test
  void writesDownThatTheDataAreGivenUpBeforeItTouchesThem() throws IOException {
    Rig rig = new Rig(directory);
    rig.keeper.change(s -> s.seen(1));

    assertThat(rig.order(clone("9.7.9", 0))).isInstanceOf(Answer.Done.class);

    assertThat(replacing(rig)).isTrue();
    assertThat(last(rig).running()).isTrue();
    assertThat(last(rig).requestedAt()).isEqualTo("at");
    assertThat(rig.keeper.kept().readers()).isEmpty();
    assertThat(Kept.class.cast(rig.file.load().orElseThrow())).isEqualTo(rig.keeper.kept());
    assertThat(rig.mysql.readOnly).as("closed again").isTrue();
    rig.cloneServer.end();
  }

  @Test
  void nothingIsGivenUpForWhatCanBeFoundOutBefore() throws IOException {
    Rig rig = new Rig(directory);

    assertThat(rig.order(clone("8.4.9", 0))).isInstanceOf(Answer.Failed.class);
    assertThat(rig.order(clone("9.7.9", Long.MAX_VALUE))).isInstanceOf(Answer.Failed.class);
    rig.cloneServer.plugin = false;
    assertThat(rig.order(clone("9.7.9", 0))).isInstanceOf(Answer.Failed.class);
    rig.cloneServer.plugin = true;
    rig.mysql.readOnly = false;
    assertThat(rig.order(clone("9.7.9", 0))).isInstanceOf(Answer.Failed.class);

    assertThat(replacing(rig)).isFalse();
    assertThat(rig.log).noneMatch(line -> line.contains("clone"));
  }

  @Test
  void aWriterIsNeverClonedOver() throws IOException {
    Rig rig = Rig.writer(directory, WriteMode.SOLO);

    assertThat(rig.order(clone("9.7.9", 0)))
        .isInstanceOfSatisfying(Answer.Refused.class, r -> assertThat(r.rule()).isEqualTo("S21"));
  }

  @Test
  void aCloneThatNeverBeganLeavesTheHostAsItWas() throws IOException, SQLException {
    Rig rig = new Rig(directory);
    rig.cloneServer.refusal = "Connect failed";

    assertThat(rig.order(clone("9.7.9", 0))).isInstanceOf(Answer.Done.class);
    rig.cloning.watch().look();

    assertThat(last(rig).outcome()).isEqualTo(Clone.Outcome.FAILED);
    assertThat(last(rig).error()).isEqualTo("Connect failed");
    assertThat(replacing(rig)).isFalse();
  }

  /** Seen: a clone that was complete counted as failed, and the data set kept its server_uuid. */
  @Test
  void aCloneThatIsAboutToBeginIsNotTakenForCutOff() throws IOException {
    Rig rig = new Rig(directory);
    rig.cloneServer.beforeItBegins =
        () -> {
          try {
            rig.cloning.watch().look();
          } catch (IOException | SQLException e) {
            throw new AssertionError(e);
          }
        };

    assertThat(rig.order(clone("9.7.9", 0))).isInstanceOf(Answer.Done.class);

    assertThat(last(rig).running()).as(last(rig).toString()).isTrue();
    assertThat(replacing(rig)).isTrue();
    rig.cloneServer.end();
  }

  @Test
  void aCloneThatFailsWithTheOldDataGoneLeavesAHostForAnotherClone()
      throws IOException, SQLException, InterruptedException {
    Rig rig = new Rig(directory);
    rig.order(clone("9.7.9", 0));
    rig.cloneServer.progress = FakeCloneServer.of(State.FAILED, true, "the donor went away");
    rig.cloneServer.end();
    while (last(rig).running()) {
      rig.cloning.watch().look();
      Thread.sleep(5);
    }

    assertThat(last(rig).error()).isEqualTo("the donor went away");
    assertThat(replacing(rig)).isTrue();
    rig.keeper.adopt("another-uuid");
    assertThat(replacing(rig)).as("under another server_uuid too").isTrue();
  }

  /** Seen: a mysqld that was killed calls its clone "In Progress" for ever. */
  @Test
  void underAnotherServerUuidOnlyACompleteCloneCounts() throws IOException, SQLException {
    Rig rig = new Rig(directory);
    rig.order(clone("9.7.9", 0));
    rig.keeper.cloned(
        Clone.begun(
            new Order.Source("db1", "10.0.0.1", 3306, "u"),
            "the-old-uuid",
            "",
            true,
            last(rig).startedAt()),
        true);

    rig.cloneServer.progress = FakeCloneServer.of(State.RUNNING, true, "");
    rig.cloning.watch().look();

    assertThat(last(rig).outcome()).isEqualTo(Clone.Outcome.FAILED);
    assertThat(replacing(rig)).isTrue();
    rig.cloneServer.end();
  }

  @Test
  void preparedTransactionsAreGivenUpOnlyWhileTheOldDataAreBeingDropped()
      throws IOException, SQLException {
    Rig rig = new Rig(directory);
    rig.order(clone("9.7.9", 0));
    assertThat(givenUpAt(rig, false, false)).as("before the drop").isFalse();
    assertThat(givenUpAt(rig, true, true)).as("after the drop").isFalse();

    assertThat(givenUpAt(rig, true, false)).as("in the drop").isTrue();
    rig.cloneServer.end();
  }

  private static boolean givenUpAt(Rig rig, boolean dropped, boolean mayClose)
      throws IOException, SQLException {
    rig.log.clear();
    // As if the host's own server had not changed: it is the one that the clone was begun over.
    rig.keeper.cloned(last(rig).at("DROP DATA", 0, 0, false), true);
    rig.cloneServer.progress =
        new CloneServer.Progress(
            State.RUNNING, Instant.now(), dropped, mayClose, "", 0, 0, "", GtidSet.empty());
    rig.cloning.watch().look();
    return rig.log.stream().anyMatch(line -> line.contains("give up what is prepared"));
  }

  @Test
  void aCompleteCloneIsIntroducedAnew() throws IOException, SQLException {
    Rig rig = new Rig(directory);
    rig.order(clone("9.7.9", 0));
    rig.keeper.cloned(
        Clone.begun(
            new Order.Source("db1", "10.0.0.1", 3306, "u"),
            "the-old-uuid",
            "",
            true,
            last(rig).startedAt()),
        true);

    rig.cloneServer.progress = FakeCloneServer.of(State.COMPLETED, true, "");
    rig.cloning.watch().look();

    assertThat(last(rig).outcome()).isEqualTo(Clone.Outcome.DONE);
    assertThat(replacing(rig)).isFalse();
    assertThat(rig.log).anyMatch(line -> line.startsWith("settle"));
    rig.cloneServer.end();
  }
}
