package io.mysqlmmm.e2e.chaos;

import io.mysqlmmm.e2e.Eventually;
import java.time.Duration;
import java.util.List;

/** A full disk, and a lost one. */
final class DiskFaults {
  private static final Duration FULL = Duration.ofSeconds(8);
  private static final Duration POD_ENDS = Duration.ofSeconds(60);

  private DiskFaults() {}

  static List<Fault> all() {
    return List.of(
        Fault.lasting("writer-disk-full", FULL, s -> DataVolume.of(s.writer()).fill()),
        Fault.lasting("standby-disk-full", FULL, s -> DataVolume.of(s.standby()).fill()));
  }

  /** Ends in a state that asks for a person, so it is only made when it is asked for. */
  static Fault standbyWiped() {
    return Fault.request(
        "standby-disk-wiped",
        scene -> {
          PodFaults.pod(scene, Side.STANDBY).delete();
          Eventually.within(
              POD_ENDS,
              () -> {
                if (!Processes.mysqld(scene.standby()).isEmpty()) {
                  throw new AssertionError("mysqld still runs on " + scene.standby());
                }
              });
          DataVolume.of(scene.standby()).wipe(scene.standby());
          return Fault.Undo.NOTHING;
        });
  }
}
