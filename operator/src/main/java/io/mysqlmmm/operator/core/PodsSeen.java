package io.mysqlmmm.operator.core;

import io.mysqlmmm.shared.agent.Order;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The hosts' pods at one look.
 *
 * @param pods by host; a host without a pod is absent
 * @param cordoned hosts whose node takes no new pods
 * @param leaving hosts that are no longer in the spec
 */
public record PodsSeen(Map<String, Pod> pods, Set<String> cordoned, Set<String> leaving) {
  public PodsSeen {
    pods = Map.copyOf(pods);
    cordoned = Set.copyOf(cordoned);
    leaving = Set.copyOf(leaving);
  }

  /**
   * One pod.
   *
   * @param uid tells it from the one that replaces it
   * @param ready mysqld has its socket open
   * @param ending it is being deleted
   * @param due what of the spec it lacks
   * @param problem why it does not start
   * @param image mysqld's
   */
  public record Pod(
      String uid, boolean ready, boolean ending, Due due, Optional<String> problem, String image) {}

  /** What a pod lacks of what the spec asks for. */
  public sealed interface Due {
    /** Nothing. */
    record Nothing() implements Due {}

    /** That is not known yet: the StatefulSet's controller has not looked at the change. */
    record Unknown() implements Due {}

    /** Settings of mysqld, which may be taken over without a restart. */
    record Settings(List<Order.Setting> settings) implements Due {}

    /** A new pod. */
    record Restart() implements Due {}
  }

  /** Whether a host is where the writer should go to: it stays, and so does its pod. */
  public boolean stays(String host) {
    return !cordoned.contains(host) && !lacks(host);
  }

  /** Whether a host's pod lacks something of the spec. */
  boolean lacks(String host) {
    return due(host) instanceof Due.Settings || due(host) instanceof Due.Restart;
  }

  /** Whether a host has the very pod at another look. */
  public boolean isSamePod(String host, PodsSeen later) {
    return pod(host).map(Pod::uid).equals(later.pod(host).map(Pod::uid));
  }

  /** Whether a host lacks settings only. */
  public boolean wantsSettings(String host) {
    return due(host) instanceof Due.Settings;
  }

  Due due(String host) {
    Pod pod = pods.get(host);
    return pod == null ? new Due.Nothing() : pod.due();
  }

  Optional<Pod> pod(String host) {
    return Optional.ofNullable(pods.get(host));
  }
}
