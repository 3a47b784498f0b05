package io.mysqlmmm.operator.kube;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.mysqlmmm.operator.core.Topology.Host;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the pods of a pair, and replaces those that could never start. */
final class Pods {
  private static final Logger LOG = LoggerFactory.getLogger(Pods.class);

  /** Reason of the StatefulSet controller's Event. */
  private static final String FAILED_CREATE = "FailedCreate";

  private final KubernetesClient client;

  Pods(KubernetesClient client) {
    this.client = client;
  }

  PodReport inspect(Blueprint pair) {
    Map<String, Pod> pods = new HashMap<>();
    pods(pair.namespace(), pair.cluster())
        .forEach(pod -> pods.put(pod.getMetadata().getName(), pod));
    Map<String, String> revisions = new HashMap<>();
    statefulSets(pair.namespace(), pair.cluster())
        .forEach(set -> revisions.put(set.getMetadata().getName(), updateRevision(set)));
    List<PodProblem> problems = new ArrayList<>();
    Set<String> ready = new TreeSet<>();
    Set<String> outdated = new TreeSet<>();
    Set<String> replaced = new TreeSet<>();
    for (Host host : pair.topology().hosts()) {
      String set = Names.statefulSet(pair.cluster(), host.name());
      Pod pod = pods.get(Names.pod(pair.cluster(), host.name()));
      if (pod == null) {
        if (revisions.containsKey(set)) {
          creationProblem(pair, host, set).ifPresent(problems::add);
        }
        continue;
      }
      if (PodRules.isReady(pod)) {
        ready.add(host.name());
      }
      if (PodRules.isOutdated(pod, revisions.getOrDefault(set, ""))) {
        if (!PodRules.everRan(pod) && replace(pod)) {
          replaced.add(host.name());
          continue;
        }
        outdated.add(host.name());
      }
      PodRules.problem(pair, host, pod).ifPresent(problems::add);
    }
    return new PodReport(
        List.copyOf(problems), Set.copyOf(ready), Set.copyOf(outdated), Set.copyOf(replaced));
  }

  List<Pod> pods(String namespace, String cluster) {
    return client
        .pods()
        .inNamespace(namespace)
        .withLabel(Names.CLUSTER_LABEL, cluster)
        .list()
        .getItems();
  }

  List<StatefulSet> statefulSets(String namespace, String cluster) {
    return client
        .apps()
        .statefulSets()
        .inNamespace(namespace)
        .withLabel(Names.CLUSTER_LABEL, cluster)
        .list()
        .getItems();
  }

  private static String updateRevision(StatefulSet set) {
    boolean seen =
        set.getStatus() != null
            && set.getStatus().getUpdateRevision() != null
            && set.getMetadata().getGeneration().equals(set.getStatus().getObservedGeneration());
    return seen ? set.getStatus().getUpdateRevision() : "";
  }

  /** Deletes the pod only if nothing has changed since it was looked at. */
  private boolean replace(Pod pod) {
    if (pod.getMetadata().getDeletionTimestamp() != null) {
      return false;
    }
    try {
      client.resource(pod).lockResourceVersion().delete();
      LOG.info(
          "Pod {} never started and is of an old template: deleted", pod.getMetadata().getName());
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT
          || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Why the StatefulSet's controller cannot even create the pod: a quota, a policy. Empty when the
   * operator may not read Events.
   */
  private Optional<PodProblem> creationProblem(Blueprint pair, Host host, String set) {
    try {
      return failedCreations(pair.namespace(), set).stream()
          .max(Comparator.comparing(Pods::lastTime))
          .map(
              event ->
                  new PodProblem(
                      host.name(),
                      FAILED_CREATE,
                      "the pod of host \"%s\" cannot be created: %s"
                          .formatted(host.name(), message(event.getMessage()))));
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private List<Event> failedCreations(String namespace, String set) {
    return client
        .v1()
        .events()
        .inNamespace(namespace)
        .withField("involvedObject.name", set)
        .withField("involvedObject.kind", "StatefulSet")
        .withField("reason", FAILED_CREATE)
        .list()
        .getItems();
  }

  private static String lastTime(Event event) {
    return event.getLastTimestamp() == null ? "" : event.getLastTimestamp();
  }

  private static String message(@Nullable String text) {
    return text == null ? "no reason is given" : text.strip().replaceAll("\\s+", " ");
  }
}
