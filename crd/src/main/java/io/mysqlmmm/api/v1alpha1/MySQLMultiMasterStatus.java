package io.mysqlmmm.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the operator saw and decided. Written by the leading operator alone. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MySQLMultiMasterStatus(
    @JsonPropertyDescription("Generation of the spec that the rest of the status is about.")
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("Who may write and who may be promoted. Never edit it.")
        @Nullable LedgerStatus ledger,
    @JsonPropertyDescription("Each host as it was last seen.") @Nullable List<HostStatus> hosts,
    @JsonPropertyDescription("Each role and where its virtual IPs are.")
        @Nullable List<RoleStatus> roles,
    @JsonPropertyDescription("The last spec.moveRole and what became of it.")
        @Nullable LastMove lastMove,
    @JsonPropertyDescription("What the operator is doing or waiting for, and why.")
        @Nullable String verdict,
    @JsonPropertyDescription(
            "Ready, WriterAvailable, Redundant and others, each with a reason and a message.")
        @Nullable List<Condition> conditions,
    @JsonPropertyDescription("The mode in force, plan edits, and a short history.")
        @Nullable PlanStatus plan) {}
