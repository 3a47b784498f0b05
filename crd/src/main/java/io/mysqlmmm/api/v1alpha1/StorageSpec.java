package io.mysqlmmm.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** Where the data lives: a path on the node, or a volume claim. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StorageSpec(
    @JsonPropertyDescription(
            "Directory on the node; the data goes to PATH/NAMESPACE/NAME/HOST below it. Default,"
                + " when size is absent too: /var/lib/mysql-mmm.")
        @Nullable String hostPath,
    @JsonPropertyDescription("Size of a volume claim for each host, for example 100Gi.")
        @Nullable String size,
    @JsonPropertyDescription("Storage class of the claims. Default: the cluster's.")
        @Nullable String storageClassName) {}
