package io.mysqlmmm.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** The last backup of a host's data. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HostBackupStatus(
    @JsonPropertyDescription("Running, Done or Failed.") @Nullable String state,
    @JsonPropertyDescription("Name of the backup, and of its directory.") @Nullable String name,
    @JsonPropertyDescription("Bytes that are there so far.") @Nullable Long bytesDone,
    @JsonPropertyDescription("Bytes that the data took when it began.") @Nullable Long bytesTotal,
    @JsonPropertyDescription("When it began, RFC 3339.") @Nullable String startedAt,
    @JsonPropertyDescription("When it was over, RFC 3339.") @Nullable String finishedAt,
    @JsonPropertyDescription("Why it failed, or was refused.") @Nullable String message,
    @JsonPropertyDescription("Time of the request that it answers.") @Nullable String requestedAt) {

  /** The same without what changes all the time. */
  public HostBackupStatus withoutFigures() {
    return new HostBackupStatus(
        state, name, null, null, startedAt, finishedAt, message, requestedAt);
  }
}
