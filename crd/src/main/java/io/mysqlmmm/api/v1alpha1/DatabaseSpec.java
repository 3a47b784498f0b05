package io.mysqlmmm.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** A database and the user that owns it. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DatabaseSpec(
    @Required @JsonPropertyDescription("Name of the database.") @Nullable String name,
    @JsonPropertyDescription("User with all privileges on it. Default: the database's name.")
        @Nullable String user,
    @JsonPropertyDescription(
            "Secret with the keys username and password. Default: DATABASE-app; generated when"
                + " absent. Changing its password changes the user's.")
        @Nullable String secret) {}
