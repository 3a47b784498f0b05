package io.mysqlmmm.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One host as it was last seen. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HostStatus(
    @JsonPropertyDescription("Name of the host.") @Nullable String name,
    @JsonPropertyDescription("Address that it is reached by.") @Nullable String address,
    @JsonPropertyDescription("Node that it is on.") @Nullable String nodeName,
    @JsonPropertyDescription("Master or Replica.") @Nullable String mode,
    @JsonPropertyDescription(
            "ONLINE, ADMIN_OFFLINE, HARD_OFFLINE, AWAITING_RECOVERY, REPLICATION_FAIL or"
                + " REPLICATION_DELAY; UNKNOWN while its agent does not answer.")
        @Nullable String state,
    @JsonPropertyDescription("Why it is in this state; empty when ONLINE.") @Nullable String reason,
    @JsonPropertyDescription("Since when, RFC 3339.") @Nullable String since,
    @JsonPropertyDescription("server_uuid of its mysqld.") @Nullable String serverUuid,
    @JsonPropertyDescription("Version of its mysqld.") @Nullable String version,
    @JsonPropertyDescription("gtid_executed of its mysqld.") @Nullable String gtidExecuted,
    @JsonPropertyDescription("Replication lag in milliseconds; absent when not known.")
        @Nullable Long lagMillis,
    @JsonPropertyDescription("Whether clients can write here; absent when not known.")
        @Nullable Boolean writable,
    @JsonPropertyDescription("Virtual IPs seen on its interface.") @Nullable List<String> vips,
    @JsonPropertyDescription(
            "The rule that led to this state; docs/mmm-migration.md lists them all.")
        @Nullable String rule,
    @JsonPropertyDescription("MMM's checks and further ones, each with its last change.")
        @Nullable List<CheckStatus> checks,
    @JsonPropertyDescription("What must be remembered to judge its return.")
        @Nullable HostGuard guard,
    @JsonPropertyDescription("The last clone over its data; absent when there was none.")
        @JsonProperty("clone")
        @Nullable HostCloneStatus lastClone,
    @JsonPropertyDescription("The last backup of its data; absent when there was none.")
        @JsonProperty("backup")
        @Nullable HostBackupStatus lastBackup,
    @JsonPropertyDescription(
            "What was found in the data set that spec.adopt names, as it was looked at last before"
                + " the host became the writer, and how the mysqld of an external host is started;"
                + " absent for other hosts.")
        @Nullable List<PreflightStatus> preflight,
    @JsonPropertyDescription(
            "What is in the way of a planned move of the writer's role; absent when nothing is.")
        @Nullable HostHindrances hindrances) {

  /** The same with another last clone. */
  public HostStatus withLastClone(@Nullable HostCloneStatus clone) {
    return with(clone, lastBackup);
  }

  /** The same with another last backup. */
  public HostStatus withLastBackup(@Nullable HostBackupStatus backup) {
    return with(lastClone, backup);
  }

  private HostStatus with(@Nullable HostCloneStatus clone, @Nullable HostBackupStatus backup) {
    return new HostStatus(
        name,
        address,
        nodeName,
        mode,
        state,
        reason,
        since,
        serverUuid,
        version,
        gtidExecuted,
        lagMillis,
        writable,
        vips,
        rule,
        checks,
        guard,
        clone,
        backup,
        preflight,
        hindrances);
  }
}
