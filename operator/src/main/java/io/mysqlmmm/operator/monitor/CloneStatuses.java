package io.mysqlmmm.operator.monitor;

import io.mysqlmmm.api.v1alpha1.HostCloneStatus;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMasterStatus;
import io.mysqlmmm.operator.core.Clones;
import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Clone;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The last clone over each host, as status shows it. */
final class CloneStatuses {
  private CloneStatuses() {}

  /**
   * What the agent says of it; a request that was refused since stays until there is another clone,
   * and so does whatever is known of a host whose agent is silent, or has lost its disk.
   */
  static @Nullable HostCloneStatus of(
      Optional<AgentState> agent, @Nullable HostCloneStatus before, Instant now) {
    Optional<Clone> last = agent.flatMap(AgentState::lastClone);
    if (last.isEmpty()) {
      return before != null && agent.isPresent() && "Running".equals(before.state())
          ? ended(before, "the host has lost its disk meanwhile", now)
          : before;
    }
    return before != null && refusedAfter(before, last.get()) ? before : render(last.get());
  }

  private static HostCloneStatus ended(HostCloneStatus before, String why, Instant now) {
    return new HostCloneStatus(
        "Failed",
        before.from(),
        before.stage(),
        before.bytesDone(),
        before.bytesTotal(),
        before.startedAt(),
        now.toString(),
        why,
        before.requestedAt());
  }

  private static boolean refusedAfter(HostCloneStatus before, Clone last) {
    return before.startedAt() == null
        && before.finishedAt() != null
        && Instant.parse(before.finishedAt()).isAfter(last.startedAt());
  }

  private static HostCloneStatus render(Clone clone) {
    return new HostCloneStatus(
        switch (clone.outcome()) {
          case RUNNING -> "Running";
          case DONE -> "Done";
          case FAILED -> "Failed";
        },
        clone.donor(),
        clone.stage().isEmpty() ? null : clone.stage(),
        clone.bytesDone(),
        clone.bytesTotal(),
        clone.startedAt().toString(),
        clone.finishedAt().map(Instant::toString).orElse(null),
        clone.error().isEmpty() ? null : clone.error(),
        clone.requestedAt().isEmpty() ? null : clone.requestedAt());
  }

  /** With a host's request refused. */
  static MySQLMultiMasterStatus refused(
      MySQLMultiMasterStatus status, String host, Clones.Request request, String why, Instant now) {
    HostCloneStatus refused =
        new HostCloneStatus(
            "Failed",
            request.from().isEmpty() ? null : request.from(),
            null,
            null,
            null,
            null,
            now.toString(),
            why,
            request.requestedAt());
    return StatusEdits.withHost(status, host, h -> h.withLastClone(refused));
  }
}
