package io.mysqlmmm.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.api.v1alpha1.HostStatus;
import io.mysqlmmm.api.v1alpha1.LastMove;
import io.mysqlmmm.api.v1alpha1.LedgerStatus;
import io.mysqlmmm.e2e.Eventually;
import io.mysqlmmm.e2e.PairUnderTest;
import io.mysqlmmm.e2e.WriteProbe;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A ledger that is lost is rebuilt while both masters serve, and none is taken for lost (S6). */
class LedgerE2E extends EachWithAPair {
  private static final Duration SOON = Duration.ofSeconds(60);

  @Test
  void aLedgerThatSomebodyRemovedIsRebuiltUnderLoad() throws Exception {
    String writer = pair.writer();
    long epoch = pair.epoch();
    Eventually.within(SOON, () -> assertThat(heldIps()).hasSize(3));
    try (WriteProbe probe = new WriteProbe(pair, "ledger", 2)) {
      probe.awaitMore(20, SOON);
      probe.longestGap();

      pair.putLedger(null);

      assertThatItIsRebuilt(writer, epoch, probe);
    }
  }

  @Test
  void anOldLedgerFromABackupIsRemovedAndRebuiltUnderLoad() throws Exception {
    LedgerStatus old = pair.ledger();
    String writer = pair.standby();
    LastMove moved = pair.outcome(pair.requestMove("writer", writer), SOON);
    assertThat(moved.outcome()).as(moved.toString()).isEqualTo("Done");
    pair.awaitTrue("Redundant", SOON);
    long epoch = pair.epoch();
    try (WriteProbe probe = new WriteProbe(pair, "backup", 2)) {
      // Acknowledged by the standby, so it was told whom it follows.
      probe.awaitMore(20, SOON);
      probe.longestGap();

      pair.putLedger(old);

      assertThatItIsRebuilt(writer, epoch, probe);
    }
  }

  private void assertThatItIsRebuilt(String writer, long epoch, WriteProbe probe) throws Exception {
    Eventually.within(SOON, () -> assertThat(pair.epoch()).isGreaterThan(epoch));
    pair.awaitTrue("Redundant", SOON);
    probe.awaitMore(50, SOON);
    System.out.println("longest gap between writes: " + probe.longestGap());
    assertThat(pair.writer()).isEqualTo(writer);
    Eventually.within(SOON, () -> assertThat(heldIps()).hasSize(3));
    probe.stop();
    pair.awaitCaughtUp();
    probe.awaitNothingLost(SOON);
  }

  private List<String> heldIps() {
    return Objects.requireNonNull(pair.status().hosts()).stream()
        .map(HostStatus::vips)
        .flatMap(Stream::ofNullable)
        .flatMap(List::stream)
        .toList();
  }

  /** The standby of a healthy pair gets no other order, so that is all it has of the new leader. */
  @Test
  void aNewLeaderWhoseFirstOrderIsASettingKeepsTheLedger() {
    long epoch = pair.epoch();
    long version = Objects.requireNonNull(pair.ledger().version());
    String leader = Leader.pod(client).orElseThrow();
    client.pods().inNamespace(Leader.NAMESPACE).withName(leader).withGracePeriod(0).delete();
    Eventually.within(
        SOON,
        () -> {
          assertThat(Leader.pod(client)).isPresent().get().isNotEqualTo(leader);
          assertThat(pair.ledger().version()).as("the claim").isGreaterThan(version);
        });

    pair.patchSpec("{\"mysql\":{\"config\":{\"max_connections\":\"222\"}}}");

    for (String host : PairUnderTest.HOSTS) {
      Eventually.within(
          SOON,
          () ->
              assertThat(pair.query(PairUnderTest.address(host), "SELECT @@GLOBAL.max_connections"))
                  .containsExactly("222"));
    }
    Eventually.within(
        SOON, () -> assertThat(pair.condition("Progressing").getReason()).isEqualTo("UpToDate"));
    assertThat(pair.epoch()).isEqualTo(epoch);
    assertThat(pair.ledger().version()).as("it was rebuilt").isLessThan(version + 1000);
    assertThat(pair.is("Redundant")).isTrue();
  }
}
