package io.mysqlmmm.operator.kube;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.mysqlmmm.operator.core.PodsSeen;
import io.mysqlmmm.operator.core.Topology.Host;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a pod's status says. Pure. */
final class PodRules {
  private static final String REVISION = "controller-revision-hash";
  private static final int LONGEST_DETAIL = 300;

  private static final Set<String> IMAGE_REASONS =
      Set.of(
          "ErrImagePull",
          "ImagePullBackOff",
          "InvalidImageName",
          "ErrImageNeverPull",
          "ImageInspectError",
          "RegistryUnavailable");

  private static final Set<String> START_REASONS =
      Set.of(
          "CreateContainerConfigError",
          "CreateContainerError",
          "RunContainerError",
          "CrashLoopBackOff");

  private PodRules() {}

  static boolean isReady(Pod pod) {
    return conditions(pod)
        .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()));
  }

  /** Whether mysqld's container runs or has ever run in this pod. */
  static boolean everRan(Pod pod) {
    return statuses(pod)
        .filter(status -> HostContainers.MYSQLD.equals(status.getName()))
        .anyMatch(
            status ->
                began(status.getState())
                    || began(status.getLastState())
                    || (status.getRestartCount() != null && status.getRestartCount() > 0));
  }

  private static boolean began(ContainerState state) {
    return state != null && (state.getRunning() != null || state.getTerminated() != null);
  }

  /** Whether a container waits for an image that cannot be had. */
  static boolean lacksImage(Pod pod) {
    return statuses(pod)
        .map(ContainerStatus::getState)
        .filter(state -> state != null && state.getWaiting() != null)
        .anyMatch(state -> IMAGE_REASONS.contains(state.getWaiting().getReason()));
  }

  static boolean isOutdated(Pod pod, String updateRevision) {
    Map<String, String> labels = pod.getMetadata().getLabels();
    String revision = labels == null ? null : labels.get(REVISION);
    return revision != null && !updateRevision.isEmpty() && !revision.equals(updateRevision);
  }

  /** A pod for the plan of a rollout. */
  static PodsSeen.Pod seen(
      Pod pod, @Nullable StatefulSet set, Optional<String> problem, String wantedImage) {
    String image =
        pod.getSpec() == null
            ? wantedImage
            : pod.getSpec().getContainers().stream()
                .filter(c -> HostContainers.MYSQLD.equals(c.getName()))
                .map(Container::getImage)
                .findFirst()
                .orElse(wantedImage);
    return new PodsSeen.Pod(
        Objects.requireNonNullElse(pod.getMetadata().getUid(), ""),
        isReady(pod),
        pod.getMetadata().getDeletionTimestamp() != null,
        set == null ? new PodsSeen.Due.Unknown() : PodDue.of(set, pod),
        problem,
        image);
  }

  /** Why the pod does not start; empty when it does, or simply has not yet. */
  static Optional<PodProblem> problem(Blueprint pair, Host host, Pod pod) {
    return unschedulable(pair, host, pod)
        .or(
            () ->
                statuses(pod)
                    .map(status -> problem(pair, host, status))
                    .flatMap(Optional::stream)
                    .findFirst());
  }

  private static Optional<PodProblem> unschedulable(Blueprint pair, Host host, Pod pod) {
    return conditions(pod)
        .filter(
            c ->
                "PodScheduled".equals(c.getType())
                    && "False".equals(c.getStatus())
                    && "Unschedulable".equals(c.getReason()))
        .findFirst()
        .map(
            c -> {
              String said = detail(c.getMessage());
              return new PodProblem(
                  host.name(),
                  "Unschedulable",
                  "the pod of host \"%s\" cannot run on node \"%s\": %s (the scheduler says: %s)"
                      .formatted(host.name(), host.nodeName(), advice(pair, said), said));
            });
  }

  /** The scheduler's own words: pkg/scheduler/framework/plugins. */
  private static String advice(Blueprint pair, String said) {
    if (said.contains("free ports")) {
      return ("a port is taken there by another pod, so change spec.mysql.port (%d),"
              + " spec.mysql.adminPort (%d) or spec.agent.port (%d), or the node")
          .formatted(
              pair.topology().mysql().port(),
              pair.topology().mysql().adminPort(),
              pair.topology().agent().port());
    }
    if (said.contains("Insufficient")) {
      return "it has not enough room, so lower spec.mysql.resources.requests or free some";
    }
    if (said.contains("PersistentVolumeClaim") || said.contains("volume")) {
      return "its volume is not available there, so check spec.mysql.storage and the claim";
    }
    if (said.contains("taint") || said.contains("unschedulable")) {
      return "the node is cordoned, lost or tainted, so uncordon it or use another in"
          + " spec.hosts[].nodeName";
    }
    return "check spec.hosts[].nodeName";
  }

  private static Optional<PodProblem> problem(Blueprint pair, Host host, ContainerStatus status) {
    if (status.getState() == null || status.getState().getWaiting() == null) {
      return Optional.empty();
    }
    String reason =
        Objects.requireNonNullElse(status.getState().getWaiting().getReason(), "Waiting");
    String said = detail(status.getState().getWaiting().getMessage());
    boolean agent = HostContainers.AGENT.equals(status.getName());
    if (IMAGE_REASONS.contains(reason)) {
      return Optional.of(
          new PodProblem(
              host.name(),
              reason,
              "image \"%s\" (%s) cannot be had on node \"%s\": correct it or load it there (the node says: %s)"
                  .formatted(
                      agent ? pair.agentImage() : pair.image(),
                      agent ? "spec.agent.image" : "spec.mysql.image",
                      host.nodeName(),
                      said)));
    }
    if (START_REASONS.contains(reason)) {
      return Optional.of(
          new PodProblem(
              host.name(),
              reason,
              "container \"%s\" of host \"%s\" does not start: %s (see kubectl logs %s -c %s)"
                  .formatted(
                      status.getName(),
                      host.name(),
                      lastWords(status).orElse(said),
                      Names.pod(pair.cluster(), host.name()),
                      status.getName())));
    }
    return Optional.empty();
  }

  private static Optional<String> lastWords(ContainerStatus status) {
    return Optional.ofNullable(status.getLastState())
        .map(ContainerState::getTerminated)
        .map(
            ended ->
                "it ended with code %d: %s"
                    .formatted(ended.getExitCode(), detail(ended.getMessage())));
  }

  private static String detail(String message) {
    String line = message == null ? "nothing" : message.strip().replaceAll("\\s+", " ");
    // The end says most: logs and wrapped errors have the cause last.
    return line.length() <= LONGEST_DETAIL
        ? line
        : "…" + line.substring(line.length() - LONGEST_DETAIL);
  }

  private static Stream<PodCondition> conditions(Pod pod) {
    List<PodCondition> conditions =
        pod.getStatus() == null ? null : pod.getStatus().getConditions();
    return conditions == null ? Stream.of() : conditions.stream();
  }

  private static Stream<ContainerStatus> statuses(Pod pod) {
    return pod.getStatus() == null
        ? Stream.of()
        : Stream.of(
                pod.getStatus().getInitContainerStatuses(), pod.getStatus().getContainerStatuses())
            .filter(Objects::nonNull)
            .flatMap(List::stream);
  }
}
