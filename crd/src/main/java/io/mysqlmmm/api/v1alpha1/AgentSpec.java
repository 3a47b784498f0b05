package io.mysqlmmm.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import org.jspecify.annotations.Nullable;

/** How the agents are run. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    fieldPath = ".image",
    value = "!has(self.image) || self.image.matches(" + Cel.IMAGE + ")",
    message = "agent.image must be an image reference; leave it out for the operator's own",
    messageExpression =
        """
        'agent.image "' + self.image
        + '" is no image reference: give one, or leave it out for the operator\\'s own'""")
@ValidationRule(
    fieldPath = ".port",
    reason = "FieldValueForbidden",
    value = "self.port == oldSelf.port",
    message =
        "agent.port cannot be changed, because running agents would be looked for where they do not"
            + " listen: set it back, or delete the resource (its data stays) and create it with the"
            + " new one")
public record AgentSpec(
    @Size(max = 512)
        @JsonPropertyDescription(
            "Image of the agent. Default: the one that the operator came with.")
        @Nullable String image,
    @Default("9989") @Min(1) @Max(65535) @JsonPropertyDescription("Port of the agent on the node.")
        @Nullable Integer port,
    @JsonPropertyDescription("Resources of the agent's container.")
        @Nullable ResourceRequirements resources) {}
