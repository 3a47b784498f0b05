package io.mysqlmmm.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the user wants: hosts, roles, and how they are run. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MySQLMultiMasterSpec(
    @Default("Active")
        @JsonPropertyDescription(
            "Active: everything is automatic. Manual: failed hosts keep their roles until somebody"
                + " moves them. Wait: Manual until both masters are ONLINE, then Active. Passive:"
                + " nothing at all is changed.")
        @Nullable String mode,
    @Default("Lossless")
        @JsonPropertyDescription(
            "Lossless: an acknowledged write survives any one failure. Available: asynchronous"
                + " replication, as MMM had it.")
        @Nullable String durability,
    @Default("writer")
        @JsonPropertyDescription("The exclusive role whose holder is the writable master.")
        @Nullable String activeMasterRole,
    @Default("Retain")
        @JsonPropertyDescription(
            "What deleting the resource does to the data: Retain keeps it on its volume, Delete"
                + " removes it.")
        @Nullable String deletionPolicy,
    @Required @JsonPropertyDescription("The MySQL hosts: two masters, and any number of replicas.")
        @Nullable List<HostSpec> hosts,
    @Required @JsonPropertyDescription("The roles, and the virtual IPs that clients follow.")
        @Nullable List<RoleSpec> roles,
    @JsonPropertyDescription(
            "A one-shot request to move a role. It is done once: its outcome is in"
                + " status.lastMove, and applying it again does nothing.")
        @Nullable MoveRoleRequest moveRole,
    @Nullable NetworkSpec network,
    @Nullable MySQLSpec mysql,
    @Nullable AgentSpec agent,
    @Nullable MonitorSpec monitor) {}
