package io.mysqlmmm.operator.kube;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.mysqlmmm.operator.core.PodsSeen.Due;
import io.mysqlmmm.shared.agent.Order.Setting;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a pod lacks of its StatefulSet's template: of the one that is there, as an apply that was
 * refused gives no pod to wait for. Pure.
 */
final class PodDue {
  private PodDue() {}

  static Due of(StatefulSet set, Pod pod) {
    if (!isObserved(set)) {
      return new Due.Unknown();
    }
    ObjectMeta wanted = set.getSpec().getTemplate().getMetadata();
    if (!annotation(wanted, HostPod.TEMPLATE_HASH)
        .equals(annotation(pod.getMetadata(), HostPod.TEMPLATE_HASH))) {
      return new Due.Restart();
    }
    String before = annotation(pod.getMetadata(), HostPod.MY_CNF);
    String after = annotation(wanted, HostPod.MY_CNF);
    if (before.equals(after)) {
      return new Due.Nothing();
    }
    List<Setting> settings = MyCnfChange.between(before, after);
    // Only words differ: the next pod has them.
    return settings.isEmpty() ? new Due.Nothing() : new Due.Settings(settings);
  }

  /** Whether a pod that is made now has the newest template. */
  private static boolean isObserved(StatefulSet set) {
    return set.getStatus() != null
        && Objects.equals(
            set.getMetadata().getGeneration(), set.getStatus().getObservedGeneration());
  }

  static String annotation(ObjectMeta meta, String name) {
    Map<String, String> annotations = meta.getAnnotations();
    return annotations == null ? "" : annotations.getOrDefault(name, "");
  }
}
