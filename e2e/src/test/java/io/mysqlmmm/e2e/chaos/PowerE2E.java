package io.mysqlmmm.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.e2e.Eventually;
import io.mysqlmmm.e2e.PairUnderTest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The power of both nodes fails: what the standby acknowledged is not all on its disk (S22). */
class PowerE2E extends EachWithAPair {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration START = Duration.ofMinutes(3);
  private static final String GLOBAL_READ_LOCKS =
      "SELECT COUNT(*) FROM performance_schema.metadata_locks"
          + " WHERE OBJECT_TYPE = 'GLOBAL' AND LOCK_TYPE = 'SHARED' AND LOCK_STATUS = 'GRANTED'";
  private static final int ROWS = 50;

  private final Undos undos = new Undos();

  @Override
  @BeforeEach
  void apply() {
    PairUnderTest.HOSTS.forEach(host -> DataVolume.of(host).limit());
    super.apply();
  }

  @AfterEach
  void heal() {
    assertThat(undos.runAll()).isEmpty();
  }

  private Fault.Undo cut(String host) throws Exception {
    Fault.Undo power = PowerFaults.cut(host);
    undos.add(power);
    return power;
  }

  private void on(Fault.Undo power) {
    assertThat(undos.run(power)).isEmpty();
  }

  /** Rows that both have acknowledged, and the standby not applied. */
  private void writeWhileTheStandbyIsLocked(String standby) throws Exception {
    Administrator administrator = Administrator.of(client);
    pair.execute(PairUnderTest.WRITER_IP, "CREATE TABLE paid (id INT PRIMARY KEY)");
    pair.execute(PairUnderTest.WRITER_IP, "INSERT INTO paid VALUES (0)");
    pair.awaitCaughtUp();
    Process lock = administrator.session(standby, "FLUSH TABLES WITH READ LOCK; DO SLEEP(600)");
    undos.add(lock::destroyForcibly);
    Eventually.within(
        SOON, () -> assertThat(administrator.ask(standby, GLOBAL_READ_LOCKS)).isNotEqualTo("0"));
    for (int i = 1; i <= ROWS; i++) {
      pair.execute(PairUnderTest.WRITER_IP, "INSERT INTO paid VALUES (" + i + ")");
    }
    assertThat(pair.ledger().inSync()).as("the standby acknowledges").hasSize(2);
  }

  private long count(String host) throws SQLException {
    return pair.query(PairUnderTest.address(host), "SELECT id FROM paid").size();
  }

  @Test
  void aStandbyThatIsBackFirstDoesNotTakeOverWithoutWhatItLost() throws Exception {
    String writer = pair.writer();
    String standby = pair.standby();
    writeWhileTheStandbyIsLocked(standby);

    Fault.Undo writersPower = cut(writer);
    Fault.Undo standbysPower = cut(standby);
    on(standbysPower);

    Eventually.within(
        START,
        () -> assertThat(count(standby)).as("of what it had acknowledged, on disk").isPositive());
    assertThat(count(standby)).as("what the power cut has taken").isLessThan(ROWS);
    // Longer than any lease, from the moment at which it could serve.
    for (int i = 0; i < 10; i++) {
      assertThat(pair.writable()).isEmpty();
      assertThat(pair.writer()).isEqualTo(writer);
      Clock.pass(Duration.ofSeconds(1));
    }
    assertThat(pair.condition("WriterAvailable").getMessage())
        .contains("nobody can take over")
        .contains("its machine went down");

    on(writersPower);

    pair.awaitTrue("Redundant", START);
    assertThat(pair.writer()).isEqualTo(writer);
    pair.awaitCaughtUp();
    // A relay log may end in the middle of a transaction, on either host.
    assertThat(pair.outcome(pair.requestMove("writer", standby), SOON).outcome()).isEqualTo("Done");
    pair.awaitTrue("Redundant", START);
    assertThat(pair.outcome(pair.requestMove("writer", writer), SOON).outcome()).isEqualTo("Done");
    pair.awaitTrue("Redundant", START);
    pair.awaitCaughtUp();
    for (String one : List.of(writer, standby)) {
      assertThat(count(one)).as(one).isEqualTo(ROWS + 1L);
      assertThat(pair.host(one).lastClone()).as("no clone of " + one).isNull();
    }
  }
}
