package io.mysqlmmm.operator.kube;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.mysqlmmm.api.v1alpha1.HostSpec;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import io.mysqlmmm.operator.kube.Storage.HostPath;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Removes a pair step by step, each call as far as it can go without waiting: (1) the StatefulSets
 * are deleted, and their pods; (2) pods are waited for, until {@link #BOUND} after the resource's
 * deletion; (3) with {@code deletionPolicy: Delete} and data on host paths, one pod for each node
 * removes them, until {@link #BOUND_WITH_DATA}; (4) what else the resource owns is deleted, so that
 * the name is free when the resource is gone: garbage collection may come a minute later. Volume
 * claims go by the StatefulSets' own retention policy. Pods on dead nodes are not deleted by force:
 * they may still run.
 */
final class Removal {
  static final Duration BOUND = Duration.ofSeconds(90);
  static final Duration BOUND_WITH_DATA = Duration.ofMinutes(2);

  private static final Pattern HOST_NAME = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

  private final KubernetesClient client;
  private final Pods pods;
  private final Clock clock;

  Removal(KubernetesClient client, Pods pods, Clock clock) {
    this.client = client;
    this.pods = pods;
    this.clock = clock;
  }

  Cleanup advance(MySQLMultiMaster resource) {
    ObjectMeta meta = resource.getMetadata();
    String namespace = meta.getNamespace();
    deleteStatefulSets(namespace, meta.getName(), meta.getUid());
    List<Pod> left =
        pods.pods(namespace, meta.getName()).stream().filter(Removal::isOfStatefulSet).toList();
    left.forEach(pod -> pods.delete(pod, "its pair is deleted"));
    boolean expired = isOver(meta, BOUND);
    if (!left.isEmpty() && !expired) {
      return new Cleanup.Waiting("waiting until the pods are gone: " + names(left));
    }
    List<String> remarks = new ArrayList<>();
    left.forEach(pod -> remarks.add(leftBehind(pod)));
    return Storage.deletesData(resource) && Storage.of(resource) instanceof HostPath path
        ? removeData(resource, path, left, remarks)
        : done(meta, remarks);
  }

  private void deleteStatefulSets(String namespace, String cluster, String uid) {
    pods.statefulSets(namespace, cluster).forEach(set -> deleteIfOwned(set, uid));
  }

  private void deleteIfOwned(HasMetadata object, String uid) {
    ObjectMeta meta = object.getMetadata();
    boolean ours = meta.getOwnerReferences().stream().anyMatch(o -> o.getUid().equals(uid));
    if (ours && meta.getDeletionTimestamp() == null) {
      client.resource(object).withPropagationPolicy(DeletionPropagation.BACKGROUND).delete();
    }
  }

  private Stream<HasMetadata> labelled(String namespace, String cluster) {
    return Stream.of(
            client.policy().v1().podDisruptionBudget(),
            client.discovery().v1().endpointSlices(),
            client.services(),
            client.configMaps(),
            client.secrets())
        .flatMap(
            kind ->
                kind
                    .inNamespace(namespace)
                    .withLabel(Names.CLUSTER_LABEL, cluster)
                    .list()
                    .getItems()
                    .stream());
  }

  private Cleanup removeData(
      MySQLMultiMaster resource, HostPath path, List<Pod> left, List<String> remarks) {
    ObjectMeta meta = resource.getMetadata();
    boolean expired = isOver(meta, BOUND_WITH_DATA);
    List<String> waitingFor = new ArrayList<>();
    for (HostSpec host : hosts(resource)) {
      String name = Objects.requireNonNullElse(host.name(), "");
      if (!HOST_NAME.matcher(name).matches() || host.nodeName() == null) {
        // Never admitted, so there is no such host; and no path to give to rm.
        continue;
      }
      if (left.stream().anyMatch(pod -> isPodOf(pod, name))) {
        remarks.add(notRemoved(path, meta, host, "its pod is still there"));
        continue;
      }
      switch (dataPod(resource, path, host, expired)) {
        case REMOVED -> {}
        case FAILED ->
            remarks.add(
                notRemoved(
                    path, meta, host, "removing them failed, or spec.mysql.image is missing"));
        case RUNNING -> {
          if (expired) {
            remarks.add(notRemoved(path, meta, host, "its node did not do it in time"));
          } else {
            waitingFor.add(name);
          }
        }
      }
    }
    return waitingFor.isEmpty()
        ? done(meta, remarks)
        : new Cleanup.Waiting(
            "waiting until the data are removed of " + String.join(", ", waitingFor));
  }

  private enum DataPodState {
    RUNNING,
    REMOVED,
    FAILED
  }

  private DataPodState dataPod(
      MySQLMultiMaster resource, HostPath path, HostSpec host, boolean expired) {
    Pod wanted = DataRemovalPod.render(resource, path, host);
    Pod present = client.resource(wanted).get();
    if (present == null) {
      if (!expired) {
        client.resource(wanted).create();
      }
      return DataPodState.RUNNING;
    }
    String phase = present.getStatus() == null ? "" : present.getStatus().getPhase();
    return switch (Objects.requireNonNullElse(phase, "")) {
      case "Succeeded" -> DataPodState.REMOVED;
      case "Failed" -> DataPodState.FAILED;
      default -> PodRules.lacksImage(present) ? DataPodState.FAILED : DataPodState.RUNNING;
    };
  }

  private Cleanup done(ObjectMeta meta, List<String> remarks) {
    // One by one: the operator has no right to delete pods by label.
    client
        .pods()
        .inNamespace(meta.getNamespace())
        .withLabel(DataRemovalPod.LABEL, meta.getName())
        .list()
        .getItems()
        .forEach(pod -> client.resource(pod).withGracePeriod(0).delete());
    labelled(meta.getNamespace(), meta.getName())
        .forEach(object -> deleteIfOwned(object, meta.getUid()));
    return new Cleanup.Done(List.copyOf(remarks));
  }

  private boolean isOver(ObjectMeta meta, Duration bound) {
    String deleted = meta.getDeletionTimestamp();
    return deleted != null && clock.instant().isAfter(Instant.parse(deleted).plus(bound));
  }

  private static List<HostSpec> hosts(MySQLMultiMaster resource) {
    @Nullable List<HostSpec> hosts = resource.getSpec() == null ? null : resource.getSpec().hosts();
    return hosts == null ? List.of() : hosts;
  }

  private static boolean isOfStatefulSet(Pod pod) {
    return pod.getMetadata().getLabels().containsKey(Names.HOST_LABEL);
  }

  private static boolean isPodOf(Pod pod, String host) {
    return host.equals(pod.getMetadata().getLabels().get(Names.HOST_LABEL));
  }

  private static String names(List<Pod> pods) {
    return String.join(", ", pods.stream().map(pod -> pod.getMetadata().getName()).toList());
  }

  private static String leftBehind(Pod pod) {
    return ("pod %s on node %s did not end within %d seconds and is left to Kubernetes: when the"
            + " node is dead for good, delete the node")
        .formatted(pod.getMetadata().getName(), pod.getSpec().getNodeName(), BOUND.toSeconds());
  }

  private static String notRemoved(HostPath path, ObjectMeta meta, HostSpec host, String why) {
    return "the data of host %s stay on node %s in %s, because %s: remove them by hand"
        .formatted(
            host.name(),
            host.nodeName(),
            path.ofHost(
                meta.getNamespace(), meta.getName(), Objects.requireNonNullElse(host.name(), "")),
            why);
  }
}
