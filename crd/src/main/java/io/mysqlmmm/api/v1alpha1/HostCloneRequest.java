package io.mysqlmmm.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A request to give a host's data up and clone another host's, made by patching the spec. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    fieldPath = ".requestedAt",
    value = Cel.REQUESTED_AT,
    message = Cel.REQUESTED_AT_MESSAGE,
    messageExpression = Cel.REQUESTED_AT_SENTENCE)
public record HostCloneRequest(
    @Size(max = 63)
        @JsonPropertyDescription(
            "The host to clone from. Default: a replica in good state, else the other master.")
        @Nullable String from,
    @Required
        @Size(max = 64)
        @JsonPropertyDescription(
            "When it was asked for, RFC 3339. A request with a new time is a new request; one older"
                + " than the resource is ignored.")
        @Nullable String requestedAt) {}
