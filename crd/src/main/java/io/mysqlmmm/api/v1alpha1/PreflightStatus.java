package io.mysqlmmm.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** One thing that was looked at before a data set is adopted. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PreflightStatus(
    @JsonPropertyDescription("The setting, or what it is.") @Nullable String name,
    @JsonPropertyDescription(
            "OK, WARNING, or MISSING: the data set is not adopted before that is put right.")
        @Nullable String state,
    @JsonPropertyDescription("How it is.") @Nullable String found,
    @JsonPropertyDescription("How it should be.") @Nullable String wanted,
    @JsonPropertyDescription("The statement or the setting that mends it; absent when OK.")
        @Nullable String remedy) {}
