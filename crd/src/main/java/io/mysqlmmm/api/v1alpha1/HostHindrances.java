package io.mysqlmmm.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What on a host is in the way of a planned move of the writer's role, ten seconds ago at most. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HostHindrances(
    @JsonPropertyDescription(
            "Age of the oldest transaction that has changed rows, in milliseconds; absent: none"
                + " has.")
        @Nullable Long longestTransactionMillis,
    @JsonPropertyDescription("A lock that a release would wait for, and who has it.")
        @Nullable String lock,
    @JsonPropertyDescription(
            "Authentication plugins that accounts have and its mysqld has not: they cannot log in.")
        @Nullable List<String> missingPlugins) {}
