package io.mysqlmmm.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** A check of one host, after its trap. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CheckStatus(
    @JsonPropertyDescription("ping, mysql, rep_threads, rep_backlog, write, disk or clock.")
        @Nullable String name,
    @JsonPropertyDescription("OK, FAILED, or UNKNOWN: nothing can be said at the moment.")
        @Nullable String state,
    @JsonPropertyDescription("Of its last change, RFC 3339.") @Nullable String since,
    @JsonPropertyDescription("One sentence for a person.") @Nullable String message) {}
