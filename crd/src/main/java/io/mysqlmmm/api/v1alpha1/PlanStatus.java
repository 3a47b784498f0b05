package io.mysqlmmm.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What MMM's monitor kept in its memory and its status file. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PlanStatus(
    @JsonPropertyDescription("Active, Manual, Wait or Passive: how roles are treated now.")
        @Nullable String mode,
    @JsonPropertyDescription("Since when, RFC 3339.") @Nullable String since,
    @JsonPropertyDescription("true: spec.mode is Wait, and the waiting is over.")
        @Nullable Boolean waitOver,
    @JsonPropertyDescription("The last spec.moveRole that was dealt with.")
        @Nullable MoveRoleRequest moveRole,
    @Size(max = 32) @JsonPropertyDescription("Requests of spec.setIp that were dealt with.")
        @Nullable List<SetIpRequest> setIps,
    @JsonPropertyDescription("The last changes of states, roles and modes, the newest last.")
        @Nullable List<Change> history) {

  /** Something that changed. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Change(
      @JsonPropertyDescription("RFC 3339.") @Nullable String at,
      @JsonPropertyDescription("One sentence for a person.") @Nullable String what) {}
}
