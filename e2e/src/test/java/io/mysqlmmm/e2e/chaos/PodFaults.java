package io.mysqlmmm.e2e.chaos;

import io.fabric8.kubernetes.client.dsl.PodResource;
import io.mysqlmmm.e2e.Lab;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Pods deleted politely and not, and a node whose kubelet is away. */
final class PodFaults {
  private static final Duration KUBELET_AWAY = Duration.ofSeconds(10);

  private PodFaults() {}

  static List<Fault> all() {
    List<Fault> all = new ArrayList<>();
    for (Side side : Side.values()) {
      all.add(
          Fault.request(
              side.word() + "-pod-deleted",
              scene -> {
                pod(scene, side).delete();
                return Fault.Undo.NOTHING;
              }));
      all.add(
          Fault.request(
              side.word() + "-pod-deleted-by-force",
              scene -> {
                pod(scene, side).withGracePeriod(0).delete();
                return Fault.Undo.NOTHING;
              }));
      all.add(
          Fault.lasting(
              side.word() + "-kubelet-stopped",
              KUBELET_AWAY,
              scene -> stopKubelet(scene.node(side))));
    }
    return all;
  }

  static Fault.Undo stopKubelet(String node) {
    String kubelet = "kubelet" + node.substring("node".length());
    Lab.lab("stop", kubelet);
    return () -> Lab.lab("start", kubelet);
  }

  static PodResource pod(Scene scene, Side side) {
    return scene
        .site()
        .client()
        .pods()
        .inNamespace("default")
        .withName("shop-" + scene.host(side) + "-0");
  }
}
