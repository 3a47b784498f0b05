package io.mysqlmmm.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Where virtual IPs are put. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    fieldPath = ".interface",
    value = "!has(self.interface) || self.interface.matches('^[^/:\\\\s]{1,15}$')",
    message = "interface must be the name of a Linux network interface",
    messageExpression =
        """
        'interface "' + self.interface
        + '" is no name of a Linux network interface: use one that "ip link" shows on the nodes'""")
public record NetworkSpec(
    @Size(max = 64)
        @JsonPropertyDescription(
            "Network interface of the nodes that holds the virtual IPs. Default: the interface that"
                + " has the host's address.")
        @JsonProperty("interface")
        @Nullable String networkInterface) {}
