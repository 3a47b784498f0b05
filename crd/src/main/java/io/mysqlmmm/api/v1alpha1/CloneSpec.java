package io.mysqlmmm.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** How fast hosts are cloned, so that their donors go on serving. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CloneSpec(
    @Min(0)
        @Max(1048576)
        @JsonPropertyDescription(
            "Most MiB of data per second and thread (mysqld's clone_max_data_bandwidth). Default: 0,"
                + " no limit.")
        @Nullable Integer maxDataBandwidth,
    @Min(0)
        @Max(1048576)
        @JsonPropertyDescription(
            "Most MiB per second over the network (mysqld's clone_max_network_bandwidth). Default:"
                + " 0, no limit.")
        @Nullable Integer maxNetworkBandwidth) {}
