package io.mysqlmmm.agent.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.shared.agent.WriteMode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StopFenceTest {
  @TempDir private Path directory;

  private StopFence fence(Rig rig) {
    return new StopFence(rig.host, rig.actions, rig.fence);
  }

  @Test
  void aPairedWriterReleasesFirstAndTheVipGoesBeforeReadOnly() throws IOException {
    Rig rig = Rig.writer(directory, WriteMode.PAIRED);

    fence(rig).fence("test");

    assertThat(rig.log)
        .containsExactly(
            "drop 10.0.0.100 [NONE active 5 promised 4 released 5]",
            "read-only [NONE active 5 promised 4 released 5]",
            "kill clients [NONE active 5 promised 4 released 5]");
  }

  @Test
  void aSoloWriterRecordsNothingAndResumesAfterTheNextStart() throws IOException {
    Rig rig = Rig.writer(directory, WriteMode.SOLO);
    StopFence fence = fence(rig);

    fence.fence("test");

    assertThat(rig.log)
        .containsExactly(
            "drop 10.0.0.100 [SOLO active 5 promised 4 released 3]",
            "read-only [SOLO active 5 promised 4 released 3]",
            "kill clients [SOLO active 5 promised 4 released 3]");
    assertThat(rig.duty.fenced()).isTrue();
    fence.lift();
    assertThat(rig.keeper.standing().mayWrite()).isTrue();
    assertThat(rig.duty.fenced()).isFalse();
  }

  @Test
  void aDeadServerNeedsOnlyTheRecord() throws IOException {
    Rig rig = Rig.writer(directory, WriteMode.PAIRED);
    rig.mysql.absent = true;

    fence(rig).fence("test");

    assertThat(rig.log).containsExactly("drop 10.0.0.100 [NONE active 5 promised 4 released 5]");
  }
}
