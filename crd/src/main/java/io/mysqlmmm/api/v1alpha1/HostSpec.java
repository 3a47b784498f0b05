package io.mysqlmmm.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** One MySQL host, pinned to one node. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HostSpec(
    @Required @JsonPropertyDescription("Name of the host in this resource; a DNS label.")
        @Nullable String name,
    @Required @JsonPropertyDescription("The Kubernetes node that the host runs on.")
        @Nullable String nodeName,
    @Default("Master")
        @JsonPropertyDescription(
            "Master: may hold the writer role. Replica: follows the active master, is never"
                + " promoted.")
        @Nullable String mode,
    @JsonPropertyDescription("For a Master: the other master, which must name this one.")
        @Nullable String peer,
    @JsonPropertyDescription(
            "Address that the peer and the operator reach this host by. Default: the node's"
                + " InternalIP.")
        @Nullable String address) {}
