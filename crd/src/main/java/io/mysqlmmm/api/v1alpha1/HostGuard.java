package io.mysqlmmm.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a host to judge its return, so that an operator's restart forgets nothing.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HostGuard(
    @JsonPropertyDescription("How often it has left ONLINE since flapsSince.")
        @Nullable Integer flapCount,
    @JsonPropertyDescription("When the present count began, RFC 3339.") @Nullable String flapsSince,
    @JsonPropertyDescription("Whether it left ONLINE too often to come back without set-online.")
        @Nullable Boolean flapping,
    @JsonPropertyDescription("When it was last ONLINE before it went down, RFC 3339.")
        @Nullable String downSince,
    @JsonPropertyDescription("Boot of its node when it was last ONLINE.") @Nullable String bootId,
    @JsonPropertyDescription("The last spec.hosts[].setOnline that was dealt with.")
        @Nullable String setOnline,
    @JsonPropertyDescription("What became of that request: Done, or Refused and why.")
        @Nullable String setOnlineOutcome,
    @JsonPropertyDescription(
            "Until when its leaving ONLINE is no flap, RFC 3339: the operator replaces its pod or"
                + " clones it, or its node is cordoned.")
        @Nullable String expectedUntil) {}
