package io.mysqlmmm.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A data set that was made elsewhere, which the pair begins with. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AdoptSpec(
    @Required
        @Size(max = 63)
        @JsonPropertyDescription(
            "The master whose data set it is: it lies where that host's data are to be, in"
                + " mysql/data of its directory or claim. That host is the first writer; the others"
                + " begin empty and are cloned.")
        @Nullable String host) {}
