package io.mysqlmmm.operator.kube;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.mysqlmmm.operator.core.PodsSeen;
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
    Map<String, StatefulSet> sets = new HashMap<>();
    statefulSets(pair.namespace(), pair.cluster())
        .forEach(set -> sets.put(set.getMetadata().getName(), set));
    Map<String, PodsSeen.Pod> seen = new HashMap<>();
    List<PodProblem> problems = new ArrayList<>();
    Set<String> ready = new TreeSet<>();
    Set<String> replaced = new TreeSet<>();
    for (Host host : pair.topology().hosts()) {
      String name = Names.statefulSet(pair.cluster(), host.name());
      StatefulSet set = sets.get(name);
      Pod pod = pods.get(Names.pod(pair.cluster(), host.name()));
      if (pod == null) {
        if (set != null) {
          creationProblem(pair, host, name).ifPresent(problems::add);
        }
        continue;
      }
      if (PodRules.isReady(pod)) {
        ready.add(host.name());
      }
      String revision = set == null ? "" : updateRevision(set);
      if (PodRules.isOutdated(pod, revision)
          && !PodRules.everRan(pod)
          && delete(pod, "it never started and is of an old template")) {
        replaced.add(host.name());
        continue;
      }
      Optional<PodProblem> problem = PodRules.problem(pair, host, pod);
      problem.ifPresent(problems::add);
      seen.put(
          host.name(), PodRules.seen(pod, set, problem.map(PodProblem::sentence), pair.image()));
    }
    return new PodReport(
        List.copyOf(problems), Set.copyOf(ready), Set.copyOf(replaced), Map.copyOf(seen));
  }

  /** Deletes a pod, if it is the one that is meant; its StatefulSet makes the next. */
  boolean restart(String namespace, String cluster, String host, String uid) {
    return ofUid(namespace, cluster, host, uid).filter(pod -> delete(pod, "restart")).isPresent();
  }

  /** Gives a pod the my.cnf of its StatefulSet's template: its mysqld has taken it over. */
  boolean record(String namespace, String cluster, String host, String uid) {
    StatefulSet set =
        client
            .apps()
            .statefulSets()
            .inNamespace(namespace)
            .withName(Names.statefulSet(cluster, host))
            .get();
    Optional<Pod> pod = ofUid(namespace, cluster, host, uid);
    if (set == null || pod.isEmpty()) {
      return false;
    }
    String text = PodDue.annotation(set.getSpec().getTemplate().getMetadata(), HostPod.MY_CNF);
    client
        .resource(pod.get())
        .edit(
            p ->
                p.edit()
                    .editMetadata()
                    .addToAnnotations(HostPod.MY_CNF, text)
                    .endMetadata()
                    .build());
    return true;
  }

  private Optional<Pod> ofUid(String namespace, String cluster, String host, String uid) {
    return Optional.ofNullable(
            client.pods().inNamespace(namespace).withName(Names.pod(cluster, host)).get())
        .filter(pod -> pod.getMetadata().getUid().equals(uid));
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

  /** Deletes the pod only if nothing has changed since it was looked at; whether it did. */
  boolean delete(Pod pod, String why) {
    if (pod.getMetadata().getDeletionTimestamp() != null) {
      return false;
    }
    try {
      client.resource(pod).lockResourceVersion().delete();
      LOG.info("Pod {}: deleted: {}", pod.getMetadata().getName(), why);
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
