package io.mysqlmmm.operator.monitor;

import io.mysqlmmm.api.v1alpha1.HostBackupStatus;
import io.mysqlmmm.api.v1alpha1.HostStatus;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMasterStatus;
import io.mysqlmmm.operator.monitor.CloneEvents.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The Events that a change of status is: BackupStarted, BackupDone, BackupFailed. */
final class BackupEvents {
  private BackupEvents() {}

  static List<Told> between(MySQLMultiMasterStatus before, MySQLMultiMasterStatus after) {
    List<HostStatus> known = before.hosts() == null ? List.of() : before.hosts();
    List<Told> told = new ArrayList<>();
    for (HostStatus host : after.hosts() == null ? List.<HostStatus>of() : after.hosts()) {
      HostBackupStatus now = host.lastBackup();
      if (now != null
          && host.name() != null
          && BackupStatuses.last(known, host.name())
              .map(HostBackupStatus::withoutFigures)
              .filter(b -> Objects.equals(b, now.withoutFigures()))
              .isEmpty()) {
        told.add(event(host.name(), now));
      }
    }
    return told;
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
