package io.mysqlmmm.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** How one of MMM's checks is done. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    fieldPath = ".period",
    value =
        "!has(self.period) || (self.period.matches("
            + Cel.DURATION
            + ") && duration(self.period) >= duration('100ms')"
            + " && duration(self.period) <= duration('10m'))",
    message = "period must be a duration from 100ms to 10m, such as 1s",
    messageExpression =
        """
        'period "' + self.period + '" is out of bounds: give a duration from 100ms to 10m, such as 1s'""")
@ValidationRule(
    fieldPath = ".trap",
    value =
        "!has(self.trap) || (self.trap.matches("
            + Cel.DURATION_OR_ZERO
            + ") && duration(self.trap) <= duration('10m'))",
    message = "trap must be a duration from 0s to 10m, such as 2s",
    messageExpression =
        """
        'trap "' + self.trap + '" is out of bounds: give a duration from 0s to 10m, such as 2s'""")
@ValidationRule(
    fieldPath = ".timeout",
    value =
        "!has(self.timeout) || (self.timeout.matches("
            + Cel.DURATION
            + ") && duration(self.timeout) >= duration('100ms')"
            + " && duration(self.timeout) <= duration('1m'))",
    message = "timeout must be a duration from 100ms to 1m, such as 2s",
    messageExpression =
        """
        'timeout "' + self.timeout + '" is out of bounds: give a duration from 100ms to 1m, such as 2s'""")
@ValidationRule(
    fieldPath = ".maxBacklog",
    value =
        "!has(self.maxBacklog) || (self.maxBacklog.matches("
            + Cel.DURATION
            + ") && duration(self.maxBacklog) >= duration('1s'))",
    message = "maxBacklog must be a duration of 1s or more, such as 60s",
    messageExpression =
        """
        'maxBacklog "' + self.maxBacklog + '" is out of bounds: give a duration of 1s or more, such as 60s'""")
public record CheckSpec(
    @Size(max = 16) @JsonPropertyDescription("Pause between two looks.") @Nullable String period,
    @Size(max = 16)
        @JsonPropertyDescription("For how long it must fail before it counts as failed.")
        @Nullable String trap,
    @Size(max = 16)
        @JsonPropertyDescription("How long an answer may take before it counts as none.")
        @Nullable String timeout,
    @Size(max = 16) @JsonPropertyDescription("Of repBacklog only: how far behind a host may be.")
        @Nullable String maxBacklog) {}
