package io.mysqlmmm.agent.vitals;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.shared.agent.Vitals.Volume;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumeCheckTest {
  private static final Volume.Seen FINE = new Volume.Seen(100, 40, false, "", 0);

  private final AtomicLong now = new AtomicLong();

  private void pass(long millis) {
    now.addAndGet(Duration.ofMillis(millis).toNanos());
  }

  @Test
  void nothingIsKnownBeforeTheFirstAnswer() {
    VolumeCheck check = new VolumeCheck(() -> FINE, now::get);
    pass(1500);

    assertThat(check.told()).isEqualTo(new Volume.Silent(1500));
  }

  @Test
  void anAnswerIsToldWithItsAge() {
    VolumeCheck check = new VolumeCheck(() -> FINE, now::get);
    check.look();
    pass(1200);

    assertThat(check.told()).isEqualTo(new Volume.Seen(100, 40, false, "", 1200));
  }

  @Test
  void aDiskThatHangsHoldsNobodyUpAndIsToldAsSilent() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(2);
    CountDownLatch answer = new CountDownLatch(1);
    VolumeCheck check =
        new VolumeCheck(
            () -> {
              asked.countDown();
              if (asked.getCount() == 0) {
                awaitForEver(answer);
              }
              return FINE;
            },
            now::get);
    check.look();
    Thread hanging = Thread.ofVirtual().start(check::look);
    asked.await();

    pass(VolumeCheck.PATIENCE.toMillis());
    assertThat(check.told()).as("patience").isInstanceOf(Volume.Seen.class);
    pass(1);
    assertThat(check.told()).isEqualTo(new Volume.Silent(VolumeCheck.PATIENCE.toMillis() + 1));
    answer.countDown();
    hanging.join();
    assertThat(check.told()).isEqualTo(FINE);
  }

  private static void awaitForEver(CountDownLatch answer) {
    try {
      answer.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aRealVolumeTakesAFileAndKeepsNone(@TempDir Path directory) {
    Volume.Seen seen = new VolumeProbe(directory).look();

    assertThat(seen.writeError()).isEmpty();
    assertThat(seen.readOnly()).isFalse();
    assertThat(seen.totalBytes()).isGreaterThan(seen.freeBytes());
    assertThat(seen.freeBytes()).isPositive();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aVolumeThatIsGoneIsTold(@TempDir Path directory) {
    assertThat(new VolumeProbe(directory.resolve("gone")).look().writeError()).isNotEmpty();
  }
}
