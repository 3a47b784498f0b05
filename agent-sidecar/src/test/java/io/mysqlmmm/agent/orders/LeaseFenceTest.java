package io.mysqlmmm.agent.orders;

import static io.mysqlmmm.agent.orders.Rig.VIP;
import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.shared.agent.LeaseRules;
import io.mysqlmmm.shared.agent.WriteMode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseFenceTest {
  @TempDir private Path directory;

  private static void look(Rig rig) {
    new LeaseFence(rig.host, rig.fence).look();
  }

  private static void skip(Rig rig, Duration time) {
    rig.skipped.addAndGet(time.toNanos());
  }

  @Test
  void aWriterInItsLeaseIsLeftAlone() throws IOException {
    Rig rig = Rig.writer(directory, WriteMode.PAIRED);
    skip(rig, Rig.TTL.minus(LeaseRules.FENCING).minusMillis(500));

    look(rig);

    assertThat(rig.log).isEmpty();
    assertThat(rig.network.held).containsExactly(VIP);
  }

  @Test
  void beforeTheLeaseEndsTheVipGoesAndThenTheRightToWrite() throws IOException {
    Rig rig = Rig.writer(directory, WriteMode.PAIRED);
    skip(rig, Rig.TTL.minus(LeaseRules.FENCING));

    look(rig);

    assertThat(rig.log.stream().map(e -> e.substring(0, e.indexOf(" ["))).toList())
        .startsWith("drop " + VIP, "read-only");
    assertThat(rig.mysql.readOnly).isTrue();
    assertThat(rig.keeper.standing().mayWrite()).as("a vote brings it back").isTrue();
  }

  @Test
  void anOlderVoteDoesNotHelpAndAFreshOneDoes() throws IOException {
    Rig rig = Rig.writer(directory, WriteMode.PAIRED);
    skip(rig, Rig.TTL);
    assertThat(rig.duty.lapsed()).isTrue();

    rig.vote();

    assertThat(rig.duty.lapsed()).isFalse();
  }

  @Test
  void aSoloWriterHasNothingToLose() throws IOException {
    Rig rig = Rig.writer(directory, WriteMode.SOLO);
    skip(rig, Duration.ofDays(1));

    look(rig);

    assertThat(rig.log).isEmpty();
  }

  @Test
  void aRestartedAgentGoesOnUnderTheLeaseOnDisk() throws IOException {
    Rig rig = Rig.writer(directory, WriteMode.PAIRED);

    Rig restarted = new Rig(directory, rig.file.load().orElseThrow());

    assertThat(restarted.duty.lapsed()).isFalse();
    skip(restarted, Rig.TTL);
    assertThat(restarted.duty.lapsed()).isTrue();
  }
}
