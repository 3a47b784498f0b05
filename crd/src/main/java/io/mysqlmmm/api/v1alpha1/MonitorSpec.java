package io.mysqlmmm.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** How closely the pair is watched. Durations as 500ms, 2s, 1m. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    fieldPath = ".heartbeat",
    value =
        "self.heartbeat.matches("
            + Cel.DURATION
            + ") && duration(self.heartbeat) >= duration('50ms')"
            + " && duration(self.heartbeat) <= duration('10s')",
    message = "heartbeat must be a duration from 50ms to 10s, such as 200ms",
    messageExpression =
        """
        'heartbeat "' + self.heartbeat
        + '" is out of bounds: give a duration from 50ms to 10s, such as 200ms'""")
@ValidationRule(
    fieldPath = ".leaseTtl",
    value =
        "self.leaseTtl.matches("
            + Cel.DURATION
            + ") && duration(self.leaseTtl) >= duration('2s')"
            + " && duration(self.leaseTtl) <= duration('1m')",
    message =
        "leaseTtl must be a duration from 2s to 1m, such as 2s, because the kernel ends an"
            + " address by whole seconds",
    messageExpression =
        """
        'leaseTtl "' + self.leaseTtl + '" is out of bounds: give a duration from 2s to 1m,'
        + ' such as 2s (not less, because the kernel ends an address by whole seconds)'""")
@ValidationRule(
    fieldPath = ".heartbeat",
    value =
        "!self.heartbeat.matches("
            + Cel.DURATION
            + ") || !self.leaseTtl.matches("
            + Cel.DURATION
            + ") || duration(self.leaseTtl) < duration('2s')"
            + " || duration(self.heartbeat) > duration('10s')"
            + " || duration(self.heartbeat) + duration(self.heartbeat) + duration(self.heartbeat)"
            + " < duration(self.leaseTtl)",
    message =
        "three times heartbeat must be less than leaseTtl, so that one lost heartbeat ends no"
            + " lease",
    messageExpression =
        """
        'heartbeat ' + self.heartbeat + ' is too long for leaseTtl ' + self.leaseTtl
        + ': three times heartbeat must be less than leaseTtl,'
        + ' so that one lost heartbeat ends no lease'""")
@ValidationRule(
    fieldPath = ".moveTimeout",
    value =
        "self.moveTimeout.matches("
            + Cel.DURATION
            + ") && duration(self.moveTimeout) >= duration('1s')"
            + " && duration(self.moveTimeout) <= duration('10m')",
    message = "moveTimeout must be a duration from 1s to 10m, such as 10s",
    messageExpression =
        """
        'moveTimeout "' + self.moveTimeout
        + '" is out of bounds: give a duration from 1s to 10m, such as 10s'""")
@ValidationRule(
    fieldPath = ".maxLag",
    value =
        "self.maxLag.matches("
            + Cel.DURATION
            + ") && duration(self.maxLag) >= duration('100ms')"
            + " && duration(self.maxLag) <= duration('60m')",
    message = "maxLag must be a duration from 100ms to 60m, such as 5s",
    messageExpression =
        """
        'maxLag "' + self.maxLag
        + '" is out of bounds: give a duration from 100ms to 60m, such as 5s'""")
public record MonitorSpec(
    @Default("200ms") @Size(max = 16) @JsonPropertyDescription("Pause between two heartbeats.")
        @Nullable String heartbeat,
    @Default("2s")
        @Size(max = 16)
        @JsonPropertyDescription("How long a virtual IP outlives the agent that refreshed it.")
        @Nullable String leaseTtl,
    @Default("10s")
        @Size(max = 16)
        @JsonPropertyDescription(
            "Bound on a planned move; when it passes, the move is aborted and the old writer"
                + " serves again.")
        @Nullable String moveTimeout,
    @Default("5s")
        @Size(max = 16)
        @JsonPropertyDescription("A move is refused while the peer is further behind than this.")
        @Nullable String maxLag) {}
