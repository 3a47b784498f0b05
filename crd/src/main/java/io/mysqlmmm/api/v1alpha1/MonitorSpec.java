package io.mysqlmmm.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import org.jspecify.annotations.Nullable;

/** How closely the pair is watched. Durations as 500ms, 2s, 1m. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MonitorSpec(
    @Default("200ms") @JsonPropertyDescription("Pause between two heartbeats.")
        @Nullable String heartbeat,
    @Default("2s")
        @JsonPropertyDescription("How long a virtual IP outlives the agent that refreshed it.")
        @Nullable String leaseTtl,
    @Default("10s")
        @JsonPropertyDescription(
            "Bound on a planned move; when it passes, the move is aborted and the old writer"
                + " serves again.")
        @Nullable String moveTimeout,
    @Default("5s")
        @JsonPropertyDescription("A move is refused while the peer is further behind than this.")
        @Nullable String maxLag) {}
