package io.mysqlmmm.operator.monitor;

import io.mysqlmmm.api.v1alpha1.HostCloneStatus;
import io.mysqlmmm.api.v1alpha1.HostStatus;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMasterStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The Events that a change of status is: CloneStarted, CloneDone, CloneFailed. Told by whoever
 * writes the change, so each once, whoever leads.
 */
final class CloneEvents {
  /** One of them. */
  record Told(boolean warning, String reason, String message) {}

  private CloneEvents() {}

  static List<Told> between(MySQLMultiMasterStatus before, MySQLMultiMasterStatus after) {
    List<Told> told = new ArrayList<>();
    for (HostStatus host : after.hosts() == null ? List.<HostStatus>of() : after.hosts()) {
      HostCloneStatus now = host.lastClone();
      if (now != null && host.name() != null && changed(clone(before, host.name()), now)) {
        told.add(event(host.name(), now));
      }
    }
    return told;
  }

  private static Optional<HostCloneStatus> clone(MySQLMultiMasterStatus status, String host) {
    return status.hosts() == null
        ? Optional.empty()
        : status.hosts().stream()
            .filter(h -> host.equals(h.name()))
            .flatMap(h -> Optional.ofNullable(h.lastClone()).stream())
            .findFirst();
  }

  private static boolean changed(Optional<HostCloneStatus> before, HostCloneStatus now) {
    return before
        .filter(
            b ->
                Objects.equals(b.state(), now.state())
                    && Objects.equals(b.startedAt(), now.startedAt())
                    && Objects.equals(b.finishedAt(), now.finishedAt()))
        .isEmpty();
  }

  private static Told event(String host, HostCloneStatus now) {
    String from = now.from() == null ? "" : " from " + now.from();
    return switch (Objects.requireNonNullElse(now.state(), "")) {
      case "Done" -> new Told(false, "CloneDone", "%s was cloned%s".formatted(host, from));
      case "Failed" ->
          new Told(
              true, "CloneFailed", "%s was not cloned%s: %s".formatted(host, from, now.message()));
      default ->
          new Told(
              false,
              "CloneStarted",
              "%s is being cloned%s; what it had is given up".formatted(host, from));
    };
  }
}
