package io.mysqlmmm.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How mysqld is run on every host. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MySQLSpec(
    @Default("docker.io/library/mysql:8.4")
        @JsonPropertyDescription(
            "Image with mysqld of 8.4 or later and a shell. Its entrypoint is not used.")
        @Nullable String image,
    @Default("IfNotPresent") @Nullable String imagePullPolicy,
    @Default("3306")
        @Min(1)
        @Max(65535)
        @JsonPropertyDescription("Port that mysqld serves clients on.")
        @Nullable Integer port,
    @Default("33062")
        @Min(1)
        @Max(65535)
        @JsonPropertyDescription(
            "Port on 127.0.0.1 of the node by which the agent reaches mysqld"
                + " (mysqld's admin_port).")
        @Nullable Integer adminPort,
    @Nullable StorageSpec storage,
    @JsonPropertyDescription(
            "Further mysqld settings, name to value. Settings that safety rests on are refused.")
        @Nullable Map<String, String> config,
    @JsonPropertyDescription("Resources of the mysqld container.")
        @Nullable ResourceRequirements resources,
    @JsonPropertyDescription(
            "Secret with the keys rootPassword, agentPassword and replicationPassword. Default: "
                + "NAME-mysql; generated when absent.")
        @Nullable String credentialsSecret,
    @JsonPropertyDescription("Databases to create, each with its user.")
        @Nullable List<DatabaseSpec> databases) {}
