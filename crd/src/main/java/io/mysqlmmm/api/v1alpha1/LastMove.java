package io.mysqlmmm.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** The last request to move a role, whole, and its outcome. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LastMove(
    @JsonPropertyDescription("As requested.") @Nullable String role,
    @JsonPropertyDescription("As requested.") @Nullable String host,
    @JsonPropertyDescription("As requested.") @Nullable String requestedAt,
    @JsonPropertyDescription("As requested.") @Nullable Boolean force,
    @JsonPropertyDescription("InProgress, Done, Refused or Aborted.") @Nullable String outcome,
    @JsonPropertyDescription("One sentence for a person.") @Nullable String message,
    @JsonPropertyDescription("The host that held the role before.") @Nullable String from,
    @JsonPropertyDescription("RFC 3339.") @Nullable String startedAt,
    @JsonPropertyDescription("RFC 3339.") @Nullable String finishedAt,
    @JsonPropertyDescription("From the order to release to the new holder's report, in ms.")
        @Nullable Long pauseMillis) {}
