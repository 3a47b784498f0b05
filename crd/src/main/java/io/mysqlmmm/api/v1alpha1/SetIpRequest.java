package io.mysqlmmm.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** MMM's set_ip: where an IP is to be, planned while Passive or Manual. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    fieldPath = ".ip",
    value = "!isIP(self.ip) || ip.isCanonical(self.ip)",
    message = "ip must be in its usual notation",
    messageExpression =
        """
        'setIp names IP "' + self.ip
        + '", which is not in its usual notation: write it in lower case and as short as possible'""")
@ValidationRule(
    fieldPath = ".requestedAt",
    value = Cel.REQUESTED_AT,
    message = Cel.REQUESTED_AT_MESSAGE,
    messageExpression = Cel.REQUESTED_AT_SENTENCE)
public record SetIpRequest(
    @Required @Size(max = 64) @JsonPropertyDescription("A virtual IP of a role.")
        @Nullable String ip,
    @Required @Size(max = 63) @JsonPropertyDescription("The host that is to hold it.")
        @Nullable String host,
    @Required
        @Size(max = 64)
        @JsonPropertyDescription(
            "When it was asked for, RFC 3339. A request with a new time is a new request; one older"
                + " than the resource is ignored.")
        @Nullable String requestedAt) {}
