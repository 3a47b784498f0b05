package io.mysqlmmm.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** The last clone over a host's data. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HostCloneStatus(
    @JsonPropertyDescription("Running, Done or Failed.") @Nullable String state,
    @JsonPropertyDescription("The host that it comes from.") @Nullable String from,
    @JsonPropertyDescription("Stage of the clone, in MySQL's words, such as FILE COPY.")
        @Nullable String stage,
    @JsonPropertyDescription("Bytes copied so far.") @Nullable Long bytesDone,
    @JsonPropertyDescription("Bytes to copy, as estimated.") @Nullable Long bytesTotal,
    @JsonPropertyDescription("When it began, RFC 3339.") @Nullable String startedAt,
    @JsonPropertyDescription("When it was over, RFC 3339.") @Nullable String finishedAt,
    @JsonPropertyDescription("Why it failed, or was refused.") @Nullable String message,
    @JsonPropertyDescription(
            "Time of the request that it answers; absent when nobody asked for it.")
        @Nullable String requestedAt) {

  /** The same without what changes all the time. */
  public HostCloneStatus withoutFigures() {
    return new HostCloneStatus(
        state, from, stage, null, null, startedAt, finishedAt, message, requestedAt);
  }
}
