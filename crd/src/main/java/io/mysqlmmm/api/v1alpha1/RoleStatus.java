package io.mysqlmmm.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A role and where its virtual IPs are. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RoleStatus(
    @JsonPropertyDescription("Name of the role.") @Nullable String name,
    @JsonPropertyDescription("Exclusive or Balanced.") @Nullable String mode,
    @JsonPropertyDescription("Its virtual IPs.") @Nullable List<Assignment> assignments) {

  /** One virtual IP and the host that holds it; no host while it is orphaned. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Assignment(
      @JsonPropertyDescription("The virtual IP.") @Nullable String ip,
      @JsonPropertyDescription("The host that is to hold it; absent while orphaned.")
          @Nullable String host,
      @JsonPropertyDescription("Whether it was seen there.") @Nullable Boolean held,
      @JsonPropertyDescription(
              "The time of the request by which a person put it there; it stays while the host is"
                  + " ONLINE.")
          @Nullable String pinnedAt) {}
}
