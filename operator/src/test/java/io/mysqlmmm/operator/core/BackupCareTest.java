package io.mysqlmmm.operator.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** Backups that people ask for are begun at once, or refused with the reason. db1 writes. */
class BackupCareTest {
  private static final BackupRequest MONDAY = new BackupRequest("monday", "2026-11-22T10:00:00Z");
  private final SimulatedPair pair = SimulatedPair.healthy();

  @Test
  void aStandbyIsBackedUp() {
    pair.backups.put("db2", MONDAY);

    boolean _ = pair.step();

    assertThat(pair.db2.backup.orElseThrow().name()).isEqualTo("monday");
    assertThat(pair.db2.backup.orElseThrow().requestedAt()).isEqualTo(MONDAY.requestedAt());
    assertThat(pair.endedBackup).isEmpty();
    assertThat(pair.lastVerdict()).isEqualTo(Verdict.HEALTHY);
  }

  @Test
  void theWriterIsSparedWhileAnotherHostCanBeBackedUp() {
    pair.backups.put("db1", MONDAY);

    boolean _ = pair.step();

    assertThat(pair.db1.backup).isEmpty();
    assertThat(pair.endedBackup.orElseThrow().message())
        .contains("db1 is the writer")
        .contains("back up db2 instead");
  }

  @Test
  void theWriterIsBackedUpWhenNobodyElseCanBe() {
    pair.db2.kill();
    pair.settle();
    pair.backups.put("db1", MONDAY);

    boolean _ = pair.step();

    assertThat(pair.db1.backup).isPresent();
  }

  @Test
  void aHostThatIsNotOnlineIsNot() {
    pair.db2.kill();
    pair.settle();
    pair.backups.put("db2", MONDAY);

    boolean _ = pair.step();

    assertThat(pair.endedBackup.orElseThrow().message()).startsWith("db2 is HARD_OFFLINE: ");
    assertThat(pair.db2.backup).isEmpty();
  }

  @Test
  void inPassiveNothingIsBegun() {
    pair.mode = Topology.Mode.PASSIVE;
    pair.backups.put("db2", MONDAY);

    boolean _ = pair.step();

    assertThat(pair.db2.backup).isEmpty();
    assertThat(pair.endedBackup).isEmpty();
    assertThat(pair.backups.keySet()).isEqualTo(Set.of("db2"));
  }
}
