package io.mysqlmmm.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** A request to move a role to a host, made by patching the spec. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MoveRoleRequest(
    @Required @JsonPropertyDescription("The role to move.") @Nullable String role,
    @Required @JsonPropertyDescription("The host to move it to.") @Nullable String host,
    @Required
        @JsonPropertyDescription(
            "When it was asked for, RFC 3339. A request with a new time is a new request; one older"
                + " than the resource is ignored.")
        @Nullable String requestedAt,
    @JsonPropertyDescription("Accept the loss of what only the present writer has.")
        @Nullable Boolean force) {}
