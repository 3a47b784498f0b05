package io.mysqlmmm.operator.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.shared.agent.Vitals;
import io.mysqlmmm.shared.agent.Vitals.Volume;
import io.mysqlmmm.shared.agent.Vitals.Writing;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What MMM never looked at. */
class VitalSamplesTest {
  private static final long GIB = 1L << 30;
  private final SimulatedPair pair = SimulatedPair.healthy();

  private Sample look(Check check, Volume volume, Writing writing, long aheadMillis) {
    Instant wall = pair.snapshot().wall();
    pair.db1.vitals = new Vitals(wall.plusMillis(aheadMillis), volume, writing);
    return VitalSamples.of(pair.snapshot(), "db1", check);
  }

  private Sample disk(Volume volume) {
    return look(Check.DISK, volume, new Writing.NotDue(), 0);
  }

  private Sample write(Writing writing) {
    return look(Check.WRITE, new Volume.Silent(0), writing, 0);
  }

  private Sample clock(long aheadMillis) {
    return look(Check.CLOCK, new Volume.Silent(0), new Writing.NotDue(), aheadMillis);
  }

  @Test
  void aDiskWithRoomIsFine() {
    assertThat(disk(new Volume.Seen(100 * GIB, 6 * GIB, false, "", 0)))
        .isInstanceOf(Sample.Good.class);
  }

  @Test
  void aDiskThatIsNearlyFullIsBad() {
    assertThat(disk(new Volume.Seen(100 * GIB, 4 * GIB, false, "", 0)))
        .isInstanceOfSatisfying(
            Sample.Bad.class, b -> assertThat(b.message()).contains("nearly full"));
  }

  @Test
  void aReadOnlyFileSystemIsCertain() {
    assertThat(disk(new Volume.Seen(100 * GIB, 50 * GIB, true, "EROFS", 0)))
        .isEqualTo(new Sample.Bad("the data's file system is read-only", true));
  }

  @Test
  void aDiskThatHangsIsUnknownFirstAndBadAfterItsTimeout() {
    assertThat(disk(new Volume.Silent(20_000))).isInstanceOf(Sample.Unknown.class);
    assertThat(disk(new Volume.Silent(20_001))).isInstanceOf(Sample.Bad.class);
  }

  @Test
  void aWriterThatCannotWriteIsBad() {
    assertThat(write(new Writing.Due(Optional.of(9000L), 20_000, 0, false, "disk full")))
        .isInstanceOf(Sample.Bad.class);
    assertThat(write(new Writing.Due(Optional.of(9000L), 20_000, 5001, false, "")))
        .isInstanceOf(Sample.Bad.class);
  }

  @Test
  void thePeersSilenceIsNoFaultOfTheWriter() {
    assertThat(write(new Writing.Due(Optional.of(9000L), 20_000, 9000, true, "")))
        .isInstanceOf(Sample.Unknown.class);
  }

  @Test
  void aWriterThatWritesAndAHostThatNeedNotAreFine() {
    assertThat(write(new Writing.Due(Optional.of(100L), 20_000, 0, false, "")))
        .isInstanceOf(Sample.Good.class);
    assertThat(write(new Writing.NotDue())).isInstanceOf(Sample.Good.class);
  }

  @Test
  void aClockMayBeOffByASecond() {
    assertThat(clock(800)).isInstanceOf(Sample.Good.class);
    assertThat(clock(1200)).isInstanceOf(Sample.Bad.class);
    assertThat(clock(-1200))
        .isInstanceOfSatisfying(Sample.Bad.class, b -> assertThat(b.message()).contains("behind"));
  }

  @Test
  void aFailedVitalChangesNoState() {
    pair.db1.vitals =
        new Vitals(Instant.EPOCH, new Volume.Seen(GIB, 0, true, "", 0), new Writing.NotDue());

    pair.settle();

    assertThat(pair.snapshot().life("db1").state()).isEqualTo(HostState.ONLINE);
    assertThat(pair.lastVerdict()).isEqualTo(Verdict.HEALTHY);
  }
}
