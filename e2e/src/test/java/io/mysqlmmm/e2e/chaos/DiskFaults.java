package io.mysqlmmm.e2e.chaos;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.mysqlmmm.e2e.Eventually;
import io.mysqlmmm.e2e.PairUnderTest;
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
        Fault.lasting("standby-disk-full", FULL, s -> DataVolume.of(s.standby()).fill()),
        Fault.request("standby-disk-wiped", DiskFaults::wipeStandby).alone());
  }

  /** As a person exchanges a disk: the node is closed, the pod goes, the data go, it comes back. */
  private static Fault.Undo wipeStandby(Scene scene) {
    String node = PairUnderTest.node(scene.standby());
    cordon(scene, node, true);
    try {
      PodFaults.pod(scene, Side.STANDBY).delete();
      Eventually.within(
          POD_ENDS,
          () -> {
            if (!Processes.mysqld(scene.standby()).isEmpty()) {
              throw new AssertionError("mysqld still runs on " + scene.standby());
            }
          });
      DataVolume.of(scene.standby()).wipe(scene.standby());
    } finally {
      cordon(scene, node, false);
    }
    return Fault.Undo.NOTHING;
  }

  private static void cordon(Scene scene, String node, boolean closed) {
    scene
        .site()
        .client()
        .nodes()
        .withName(node)
        .edit(n -> new NodeBuilder(n).editSpec().withUnschedulable(closed).endSpec().build());
  }
}
