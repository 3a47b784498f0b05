package io.mysqlmmm.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** MMM's four checks. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value =
        "(!has(self.ping) || !has(self.ping.maxBacklog))"
            + " && (!has(self.mysql) || !has(self.mysql.maxBacklog))"
            + " && (!has(self.repThreads) || !has(self.repThreads.maxBacklog))",
    message = "maxBacklog belongs to checks.repBacklog only: remove it from the other checks")
public record ChecksSpec(
    @JsonPropertyDescription(
            "Whether the host's agent answers the operator or the other master's agent."
                + " Default: period 1s, trap half of leaseTtl, timeout 1s.")
        @Nullable CheckSpec ping,
    @JsonPropertyDescription(
            "Whether mysqld answers. Default: period 1s, trap 3s, timeout 1s. A mysqld that is seen"
                + " to be gone fails at once.")
        @Nullable CheckSpec mysql,
    @JsonPropertyDescription(
            "Whether both replication threads run. Default: period 1s, trap 2s, timeout 2s.")
        @Nullable CheckSpec repThreads,
    @JsonPropertyDescription(
            "How far behind a host is. Default: period 1s, trap 5s, timeout 2s, maxBacklog 60s.")
        @Nullable CheckSpec repBacklog) {}
