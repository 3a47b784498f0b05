package io.mysqlmmm.agent.orders;

import static io.mysqlmmm.agent.orders.Rig.VIP;
import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.agent.process.MysqldProcess;
import io.mysqlmmm.shared.agent.WriteMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardTest {
  @TempDir private Path directory;

  private Guard guard(Rig rig) {
    Guard guard = new Guard(rig.host, rig.actions, new MysqldProcess(directory), () -> false);
    guard.start();
    return guard;
  }

  /** Looks as the watch does, until it is so; says whether it was within 5 s. */
  private static boolean becomes(Rig rig, Guard guard, BooleanSupplier wanted)
      throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (!wanted.getAsBoolean() && System.nanoTime() < end) {
      guard.seen(rig.mysql.observe());
      Thread.sleep(5);
    }
    return wanted.getAsBoolean();
  }

  private static void look(Rig rig, Guard guard) throws InterruptedException {
    for (int i = 0; i < 20; i++) {
      guard.seen(rig.mysql.observe());
      Thread.sleep(5);
    }
  }

  @Test
  void aHostWithoutTheRightToWriteIsMadeReadOnly() throws IOException, InterruptedException {
    Rig rig = new Rig(directory);
    rig.mysql.readOnly = false;

    try (Guard guard = guard(rig)) {
      assertThat(becomes(rig, guard, () -> rig.mysql.readOnly)).isTrue();
    }
  }

  @Test
  void aSoloWriterResumesWithItsVip() throws IOException, InterruptedException {
    Rig rig = Rig.writer(directory, WriteMode.SOLO);
    rig.mysql.readOnly = true;
    rig.mysql.source = true;
    rig.network.held.clear();

    try (Guard guard = guard(rig)) {
      assertThat(becomes(rig, guard, () -> rig.network.held.contains(VIP))).isTrue();
    }
    assertThat(rig.log.stream().map(e -> e.substring(0, e.indexOf(" ["))))
        .containsExactly("semi-sync off", "writable", "hold " + VIP);
  }

  @Test
  void aSoloWriterThatIsBeingStoppedDoesNotResume() throws IOException, InterruptedException {
    Rig rig = Rig.writer(directory, WriteMode.SOLO);
    rig.mysql.readOnly = true;
    rig.duty.fence();

    try (Guard guard = guard(rig)) {
      look(rig, guard);
    }
    assertThat(rig.mysql.readOnly).isTrue();
  }

  @Test
  void aPairedWriterGoesOnUnderItsLeaseAndWaitsForThePeerFirst()
      throws IOException, InterruptedException {
    Rig rig = Rig.writer(directory, WriteMode.PAIRED);
    rig.mysql.readOnly = true;
    rig.mysql.source = false;
    rig.network.held.clear();

    try (Guard guard = guard(rig)) {
      assertThat(becomes(rig, guard, () -> rig.network.held.contains(VIP))).isTrue();
    }
    assertThat(rig.log.stream().map(e -> e.substring(0, e.indexOf(" ["))))
        .containsExactly("semi-sync on", "writable", "hold " + VIP);
  }

  @Test
  void aPairedWriterWithoutALeaseDoesNotResume() throws IOException, InterruptedException {
    Rig rig = Rig.writer(directory, WriteMode.PAIRED);
    rig.mysql.readOnly = true;
    rig.skipped.addAndGet(Rig.TTL.toNanos());

    try (Guard guard = guard(rig)) {
      look(rig, guard);
    }
    assertThat(rig.log).isEmpty();
    assertThat(rig.mysql.readOnly).isTrue();
  }

  @Test
  void semiSyncIsSwitchedOffOnlyWhenAMoveIsOver() throws IOException, InterruptedException {
    Rig rig = new Rig(directory);
    rig.mysql.source = true;

    try (Guard guard = guard(rig)) {
      look(rig, guard);
      assertThat(rig.mysql.source).as("an abort may come").isTrue();

      rig.duty.follow(1);
      assertThat(becomes(rig, guard, () -> !rig.mysql.source)).isTrue();
    }
  }

  @Test
  void anApplierThatWaitsForNobodyIsLetGo() throws IOException, InterruptedException {
    Rig rig = new Rig(directory);
    rig.mysql.source = true;
    rig.mysql.waiting = 1;

    try (Guard guard = guard(rig)) {
      assertThat(becomes(rig, guard, () -> !rig.mysql.source)).isTrue();
    }
  }

  @Test
  void whatCannotBeMadeReadOnlyIsKilledAfterTenSecondsInOnePiece()
      throws IOException, InterruptedException {
    Rig rig = new Rig(directory);
    rig.mysql.readOnly = false;
    rig.mysql.stuck.add("read-only");
    Process mysqld =
        new ProcessBuilder(
                "bash",
                "-c",
                "exec -a mysqld bash -c 'while :; do sleep 1; done' --init-file="
                    + directory.resolve("init.sql"))
            .start();
    Files.writeString(directory.resolve("mysqld.pid"), mysqld.pid() + "\n");
    MysqldProcess process = new MysqldProcess(directory);
    assertThat(becomes(() -> process.find().isPresent())).isTrue();

    try (Guard guard = guard(rig)) {
      look(rig, guard);
      rig.skipped.addAndGet(Duration.ofSeconds(9).toNanos());
      rig.mysql.readOnly = true;
      look(rig, guard);
      rig.mysql.readOnly = false;
      look(rig, guard);
      rig.skipped.addAndGet(Duration.ofSeconds(9).toNanos());
      look(rig, guard);
      assertThat(process.gone(mysqld.pid())).as("never 10 s in one piece").isFalse();

      rig.skipped.addAndGet(Duration.ofSeconds(2).toNanos());
      assertThat(becomes(rig, guard, () -> process.gone(mysqld.pid()))).isTrue();
    } finally {
      mysqld.destroyForcibly();
    }
  }

  private static boolean becomes(BooleanSupplier wanted) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (!wanted.getAsBoolean() && System.nanoTime() < end) {
      Thread.sleep(5);
    }
    return wanted.getAsBoolean();
  }
}
