package io.mysqlmmm.operator.monitor;

import io.mysqlmmm.api.v1alpha1.HostBackupRequest;
import io.mysqlmmm.api.v1alpha1.HostBackupStatus;
import io.mysqlmmm.api.v1alpha1.HostSpec;
import io.mysqlmmm.api.v1alpha1.HostStatus;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import io.mysqlmmm.operator.core.BackupRequest;
import io.mysqlmmm.operator.core.Reading;
import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Backup;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** spec.hosts[].backup: requests that were not dealt with and are not older than the resource. */
final class BackupRequests {
  private BackupRequests() {}

  static Map<String, BackupRequest> read(
      MySQLMultiMaster resource, Map<String, Reading<AgentState>> agents) {
    List<HostSpec> hosts = resource.getSpec() == null ? null : resource.getSpec().hosts();
    Map<String, BackupRequest> requests = new HashMap<>();
    for (HostSpec host : hosts == null ? List.<HostSpec>of() : hosts) {
      HostBackupRequest asked = host.backupRequest();
      if (host.name() != null
          && asked != null
          && asked.name() != null
          && asked.requestedAt() != null
          && !Requests.isStale(resource, asked.requestedAt())
          && !isAnswered(resource, agents, host.name(), asked.requestedAt())) {
        requests.put(host.name(), new BackupRequest(asked.name(), asked.requestedAt()));
      }
    }
    return requests;
  }

  private static boolean isAnswered(
      MySQLMultiMaster resource, Map<String, Reading<AgentState>> agents, String host, String at) {
    Optional<String> byAgent =
        Optional.ofNullable(agents.get(host))
            .flatMap(Reading::known)
            .flatMap(AgentState::lastBackup)
            .map(Backup::requestedAt);
    Optional<String> byStatus =
        Optional.ofNullable(resource.getStatus())
            .flatMap(status -> HostStatuses.find(status.hosts(), host))
            .map(HostStatus::lastBackup)
            .map(HostBackupStatus::requestedAt);
    return byAgent.filter(at::equals).isPresent() || byStatus.filter(at::equals).isPresent();
  }
}
