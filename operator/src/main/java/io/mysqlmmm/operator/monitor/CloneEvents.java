package io.mysqlmmm.operator.monitor;

import io.mysqlmmm.api.v1alpha1.HostCloneStatus;
import io.mysqlmmm.operator.monitor.HostEvents.Told;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Events of a clone: CloneStarted, CloneDone, CloneFailed. */
final class CloneEvents {
  private CloneEvents() {}

  static Optional<Told> of(
      String host, Optional<HostCloneStatus> before, @Nullable HostCloneStatus now) {
    return now != null && changed(before, now) ? Optional.of(event(host, now)) : Optional.empty();
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
