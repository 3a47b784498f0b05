package io.mysqlmmm.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A role: who may hold it and which virtual IPs go with it. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RoleSpec(
    @Required @JsonPropertyDescription("Name of the role, for example writer or reader.")
        @Nullable String name,
    @Required
        @JsonPropertyDescription(
            "Exclusive: one IP, on one host. Balanced: several IPs, spread over the hosts.")
        @Nullable String mode,
    @Required @JsonPropertyDescription("Names of the hosts that may hold the role.")
        @Nullable List<String> hosts,
    @Required
        @JsonPropertyDescription(
            "Virtual IP addresses of the role; free addresses of the hosts' network.")
        @Nullable List<String> ips,
    @JsonPropertyDescription("For an Exclusive role: the host that holds it first.")
        @Nullable String prefer) {}
