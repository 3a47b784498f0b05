package io.mysqlmmm.operator.monitor;

import io.mysqlmmm.api.v1alpha1.HostStatus;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMasterStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The Events that a change of the hosts' status is. Told by whoever writes the change, so each
 * once, whoever leads.
 */
final class HostEvents {
  /** One of them. */
  record Told(boolean warning, String reason, String message) {}

  private HostEvents() {}

  static List<Told> between(MySQLMultiMasterStatus before, MySQLMultiMasterStatus after) {
    List<Told> told = new ArrayList<>();
    for (HostStatus host : after.hosts() == null ? List.<HostStatus>of() : after.hosts()) {
      if (host.name() != null) {
        Optional<HostStatus> known = HostStatuses.find(before.hosts(), host.name());
        CloneEvents.of(host.name(), known.map(HostStatus::lastClone), host.lastClone())
            .ifPresent(told::add);
        BackupEvents.of(host.name(), known.map(HostStatus::lastBackup), host.lastBackup())
            .ifPresent(told::add);
      }
    }
    return told;
  }
}
