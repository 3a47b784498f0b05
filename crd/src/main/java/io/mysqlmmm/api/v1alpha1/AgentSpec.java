package io.mysqlmmm.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import org.jspecify.annotations.Nullable;

/** How the agents are run. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AgentSpec(
    @JsonPropertyDescription("Image of the agent. Default: the one that the operator came with.")
        @Nullable String image,
    @Default("9989") @Min(1) @Max(65535) @JsonPropertyDescription("Port of the agent on the node.")
        @Nullable Integer port,
    @JsonPropertyDescription("Resources of the agent's container.")
        @Nullable ResourceRequirements resources) {}
