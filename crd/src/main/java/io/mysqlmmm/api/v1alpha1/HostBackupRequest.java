package io.mysqlmmm.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A request for a backup of a host's data, made by patching the spec. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    fieldPath = ".name",
    value = "self.name.matches('^[A-Za-z0-9][A-Za-z0-9._-]*$')",
    message = "name must be a directory's name of letters, digits and ._-, a letter or digit first",
    messageExpression =
        """
        'backup.name "' + self.name
        + '" is no plain name of a directory: use letters, digits and ._-, a letter or digit first'""")
@ValidationRule(
    fieldPath = ".requestedAt",
    value = Cel.REQUESTED_AT,
    message = Cel.REQUESTED_AT_MESSAGE,
    messageExpression = Cel.REQUESTED_AT_SENTENCE)
public record HostBackupRequest(
    @Required
        @Size(max = 63)
        @JsonPropertyDescription(
            "Name of the backup, which its directory gets: one that is not there yet.")
        @Nullable String name,
    @Required
        @Size(max = 64)
        @JsonPropertyDescription(
            "When it was asked for, RFC 3339. A request with a new time is a new request; one older"
                + " than the resource is ignored.")
        @Nullable String requestedAt) {}
