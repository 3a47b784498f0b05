package io.mysqlmmm.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A hook that takes a host out of service for sure, as MMM's kill_host; its answer counts. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    fieldPath = ".url",
    value =
        "isURL(self.url) && (self.url.startsWith('http://') || self.url.startsWith('https://'))",
    message = "fencing.url must be an http or https URL",
    messageExpression =
        """
        'fencing.url "' + self.url + '" is no URL: write it like https://power.example/fence'""")
@ValidationRule(
    fieldPath = ".timeout",
    value =
        "self.timeout.matches("
            + Cel.DURATION
            + ") && duration(self.timeout) >= duration('100ms')"
            + " && duration(self.timeout) <= duration('5m')",
    message = "fencing.timeout must be a duration from 100ms to 5m, such as 10s",
    messageExpression =
        """
        'fencing.timeout "' + self.timeout
        + '" is out of bounds: give a duration from 100ms to 5m, such as 10s'""")
public record FencingSpec(
    @Required
        @Size(max = 1024)
        @JsonPropertyDescription(
            "Where the operator posts {namespace, name, host, nodeName, address, epoch} when the"
                + " writer cannot be reached. Status 200 with {\"fenced\": true} says that the host"
                + " is off; anything else says nothing.")
        @Nullable String url,
    @Default("10s") @Size(max = 16) @JsonPropertyDescription("Bound on a call.")
        @Nullable String timeout,
    @Default("false")
        @JsonPropertyDescription(
            "true: a writer that cannot be reached is replaced only after the hook has confirmed."
                + " false: also when it can hold no lease any more.")
        @Nullable Boolean required) {}
