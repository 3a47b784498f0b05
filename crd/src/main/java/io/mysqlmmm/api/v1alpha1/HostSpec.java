package io.mysqlmmm.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** One MySQL host, pinned to one node. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    fieldPath = ".name",
    value = "self.name.size() <= 20 && self.name.matches(" + Cel.LABEL + ")",
    message = "name must have 1 to 20 lower-case letters, digits and dashes, no dash first or last",
    messageExpression =
        """
        'host name "' + self.name
        + '" is no short DNS label: use 1 to 20 lower-case letters, digits and dashes'""")
@ValidationRule(
    fieldPath = ".nodeName",
    value = "self.nodeName.matches(" + Cel.SUBDOMAIN + ")",
    message = "nodeName must name a Kubernetes node",
    messageExpression =
        """
        'nodeName "' + self.nodeName + '" of host "' + self.name
        + '" is no node name: use one that "kubectl get nodes" shows'""")
@ValidationRule(
    fieldPath = ".mode",
    value = "self.mode in ['Master', 'Replica']",
    message = "mode must be Master or Replica",
    messageExpression =
        """
        'mode "' + self.mode + '" of host "' + self.name + '" is unknown: use Master or Replica'""")
@ValidationRule(
    fieldPath = ".peer",
    value = "self.mode != 'Replica' || !has(self.peer)",
    message = "only a Master has a peer",
    messageExpression =
        """
        'host "' + self.name + '" is a Replica and has no peer: remove its peer "'
        + self.peer + '"'""")
@ValidationRule(
    fieldPath = ".address",
    value = "!has(self.address) || (isIP(self.address) && ip.isCanonical(self.address))",
    message = "address must be an IP address in its usual notation",
    messageExpression =
        """
        'address "' + self.address + '" of host "' + self.name
        + (isIP(self.address)
          ? '" is not in its usual notation: write it in lower case and as short as possible'
          : '" is no IP address: give one, or leave address out')""")
@ValidationRule(
    fieldPath = ".setOnline",
    value = "!has(self.setOnline) || !format.datetime().validate(self.setOnline).hasValue()",
    message = "setOnline must be a time as of RFC 3339, for example 2026-11-22T10:00:00Z",
    messageExpression =
        """
        'setOnline "' + self.setOnline + '" of host "' + self.name
        + '" is no time as of RFC 3339: write it like 2026-11-22T10:00:00Z'""")
public record HostSpec(
    @Required
        @Size(max = 63)
        @JsonPropertyDescription("Name of the host in this resource; a DNS label.")
        @Nullable String name,
    @Required
        @Size(max = 253)
        @JsonPropertyDescription("The Kubernetes node that the host runs on.")
        @Nullable String nodeName,
    @Default("Master")
        @Size(max = 64)
        @JsonPropertyDescription(
            "Master: may hold the writer role. Replica: follows the active master, is never"
                + " promoted.")
        @Nullable String mode,
    @Size(max = 63)
        @JsonPropertyDescription("For a Master: the other master, which must name this one.")
        @Nullable String peer,
    @Size(max = 64)
        @JsonPropertyDescription(
            "IP address that the peer and the operator reach this host by. Default: the node's"
                + " InternalIP.")
        @Nullable String address,
    @JsonPropertyDescription(
            "true: ADMIN_OFFLINE, as MMM's set_offline: the host gives up its roles and stops"
                + " replicating until this is false or removed.")
        @Nullable Boolean offline,
    @Size(max = 64)
        @JsonPropertyDescription(
            "A one-shot request, as MMM's set_online, by its time (RFC 3339): a host that awaits"
                + " recovery goes ONLINE, and its flaps are forgotten. It is done once.")
        @Nullable String setOnline) {}
