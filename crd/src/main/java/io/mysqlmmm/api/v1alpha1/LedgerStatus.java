package io.mysqlmmm.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ledger (safety rule S1): changed by compare-and-set only, version + 1 each time. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LedgerStatus(
    @JsonPropertyDescription("Counts the writes of the ledger.") @Nullable Long version,
    @JsonPropertyDescription("Counts the designations of a writer; never reused.")
        @Nullable Long epoch,
    @JsonPropertyDescription("The host designated to write.") @Nullable String writer,
    @JsonPropertyDescription(
            "Hosts that hold every acknowledged write; only these may be promoted.")
        @Nullable List<String> inSync,
    @JsonPropertyDescription("server_uuid of each host in inSync: a new disk is a new host.")
        @Nullable Map<String, String> serverUuids) {}
