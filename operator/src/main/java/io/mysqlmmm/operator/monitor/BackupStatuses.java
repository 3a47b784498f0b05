package io.mysqlmmm.operator.monitor;

import io.mysqlmmm.api.v1alpha1.HostBackupStatus;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMasterStatus;
import io.mysqlmmm.operator.core.BackupRequest;
import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Backup;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The last backup of each host, as status shows it. */
final class BackupStatuses {
  private BackupStatuses() {}

  /**
   * What the agent says of it. A request that was refused since stays, and so does what is known
   * when the agent knows of none: it was restarted, and what ran then is lost sight of.
   */
  static @Nullable HostBackupStatus of(
      Optional<AgentState> agent, @Nullable HostBackupStatus before, Instant now) {
    Optional<Backup> last = agent.flatMap(AgentState::lastBackup);
    if (last.isEmpty()) {
      return before != null && agent.isPresent() && "Running".equals(before.state())
          ? lost(before, now)
          : before;
    }
    return before != null && isRefusedAfter(before, last.get()) ? before : render(last.get());
  }

  private static HostBackupStatus lost(HostBackupStatus before, Instant now) {
    return new HostBackupStatus(
        "Failed",
        before.name(),
        before.bytesDone(),
        before.bytesTotal(),
        before.startedAt(),
        now.toString(),
        "the host's agent was restarted meanwhile: whether the backup is complete is not known",
        before.requestedAt());
  }

  private static boolean isRefusedAfter(HostBackupStatus before, Backup last) {
    return before.startedAt() == null
        && before.finishedAt() != null
        && !Objects.equals(before.requestedAt(), last.requestedAt())
        && Instant.parse(before.finishedAt()).isAfter(last.startedAt());
  }

  private static HostBackupStatus render(Backup backup) {
    return new HostBackupStatus(
        switch (backup.outcome()) {
          case RUNNING -> "Running";
          case DONE -> "Done";
          case FAILED -> "Failed";
        },
        backup.name(),
        backup.bytesDone(),
        backup.bytesTotal(),
        backup.startedAt().toString(),
        backup.finishedAt().map(Instant::toString).orElse(null),
        backup.error().isEmpty() ? null : backup.error(),
        backup.requestedAt());
  }

  /** With a host's request refused. */
  static MySQLMultiMasterStatus refused(
      MySQLMultiMasterStatus status, String host, BackupRequest request, String why, Instant now) {
    HostBackupStatus refused =
        new HostBackupStatus(
            "Failed", request.name(), null, null, null, now.toString(), why, request.requestedAt());
    return StatusEdits.withHost(status, host, h -> h.withLastBackup(refused));
  }
}
