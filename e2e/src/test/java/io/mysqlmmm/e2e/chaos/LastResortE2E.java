package io.mysqlmmm.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.api.v1alpha1.LastMove;
import io.mysqlmmm.e2e.Eventually;
import io.mysqlmmm.e2e.Lab;
import io.mysqlmmm.e2e.PairUnderTest;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What only a person may decide: a writer that nobody can replace without a loss is gone. */
class LastResortE2E extends EachWithAPair {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final Undos undos = new Undos();

  @AfterEach
  void heal() {
    undos.runAll();
  }

  private Fault.Undo freeze(List<String> pids) throws Exception {
    Fault.Undo thaw = Processes.freeze(pids);
    undos.add(thaw);
    return thaw;
  }

  @Test
  void aSoloWriterThatIsGoneIsReplacedByForceAlone() throws Exception {
    String lost = pair.writer();
    String left = pair.standby();
    pair.execute(PairUnderTest.WRITER_IP, "CREATE TABLE paid (id INT PRIMARY KEY)");
    pair.execute(PairUnderTest.WRITER_IP, "INSERT INTO paid VALUES (1)");
    // Without its agent mysqld is not started again.
    Fault.Undo thawLeft = freeze(Processes.agent(left));
    pair.killMysqld(left);
    Eventually.within(SOON, () -> assertThat(pair.ledger().inSync()).containsExactly(lost));
    pair.execute(PairUnderTest.WRITER_IP, "INSERT INTO paid VALUES (2)");
    Fault.Undo thawLost =
        freeze(
            Stream.of(Processes.agent(lost), Processes.mysqld(lost))
                .flatMap(List::stream)
                .toList());
    thawLeft.run();
    Eventually.within(SOON, () -> assertThat(pair.is("WriterAvailable")).isFalse());

    LastMove refused = pair.outcome(pair.requestMove("writer", left), SOON);

    assertThat(refused.outcome()).isEqualTo("Refused");
    assertThat(refused.message())
        .contains("host '%s' lacks what '%s' acknowledged last".formatted(left, lost))
        .contains("force it");
    assertThat(pair.writer()).isEqualTo(lost);

    LastMove forced = pair.outcome(pair.requestMove("writer", left, true), SOON);

    assertThat(forced.outcome()).as(forced.toString()).isEqualTo("Done");
    assertThat(forced.message()).contains("has been moved by force");
    assertThat(pair.query(PairUnderTest.WRITER_IP, "SELECT id FROM paid")).containsExactly("1");
    pair.execute(PairUnderTest.WRITER_IP, "INSERT INTO paid VALUES (3)");

    thawLost.run();

    Eventually.within(
        SOON,
        () -> {
          assertThat(pair.writable()).containsExactly(left);
          assertThat(Lab.holders(PairUnderTest.WRITER_IP))
              .containsExactly(PairUnderTest.node(left));
          assertThat(pair.condition("Redundant").getMessage()).contains(lost + " is held out");
        });
    assertThat(pair.query(PairUnderTest.address(lost), "SELECT id FROM paid"))
        .as("what nobody else has is kept")
        .contains("1", "2");
  }
}
