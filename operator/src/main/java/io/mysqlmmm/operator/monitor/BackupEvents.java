package io.mysqlmmm.operator.monitor;

import io.mysqlmmm.api.v1alpha1.HostBackupStatus;
import io.mysqlmmm.operator.monitor.HostEvents.Told;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Events of a backup: BackupStarted, BackupDone, BackupFailed. */
final class BackupEvents {
  private BackupEvents() {}

  static Optional<Told> of(
      String host, Optional<HostBackupStatus> before, @Nullable HostBackupStatus now) {
    return now != null
            && before
                .map(HostBackupStatus::withoutFigures)
                .filter(now.withoutFigures()::equals)
                .isEmpty()
        ? Optional.of(event(host, now))
        : Optional.empty();
  }

  private static Told event(String host, HostBackupStatus now) {
    return switch (Objects.requireNonNullElse(now.state(), "")) {
      case "Done" ->
          new Told(false, "BackupDone", "%s was backed up: %s".formatted(host, now.name()));
      case "Failed" ->
          new Told(
              true,
              "BackupFailed",
              "backup %s of %s failed: %s".formatted(now.name(), host, now.message()));
      default ->
          new Told(false, "BackupStarted", "%s is being backed up: %s".formatted(host, now.name()));
    };
  }
}
