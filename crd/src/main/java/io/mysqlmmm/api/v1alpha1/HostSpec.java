package io.mysqlmmm.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
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
@ValidationRule(
    fieldPath = ".delay",
    value = "self.mode != 'Master' || !has(self.delay)",
    message = "only a Replica can have a delay",
    messageExpression =
        """
        'host "' + self.name + '" is a Master and must be able to take over at once: remove its'
        + ' delay, or make it a Replica'""")
@ValidationRule(
    fieldPath = ".delay",
    value =
        "!has(self.delay) || (self.delay.matches("
            + Cel.DURATION
            + ") && duration(self.delay) >= duration('1s')"
            + " && duration(self.delay) <= duration('168h'))",
    message = "delay must be a duration from 1s to 168h (a week), such as 1h",
    messageExpression =
        """
        'delay "' + self.delay + '" of host "' + self.name
        + '" is no duration from 1s to 168h (a week): write it like 1h or 90m'""")
@ValidationRule(
    fieldPath = ".clone.from",
    value = "!has(self.clone) || !has(self.clone.from) || self.clone.from != self.name",
    message = "a host cannot be cloned from itself",
    messageExpression =
        """
        'host "' + self.name + '" cannot be cloned from itself: name another host, or leave from'
        + ' out'""")
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
        @Nullable String setOnline,
    @JsonPropertyDescription(
            "A one-shot request to give this host's data up and clone another host's. It is done"
                + " once: its outcome is in status.hosts[].clone.")
        @JsonProperty("clone")
        @Nullable HostCloneRequest cloneRequest,
    @JsonPropertyDescription(
            "A one-shot request for a backup of this host's data, into spec.mysql.backup. It is done"
                + " once: its outcome is in status.hosts[].backup.")
        @JsonProperty("backup")
        @Nullable HostBackupRequest backupRequest,
    @Size(max = 16)
        @JsonPropertyDescription(
            "For a Replica: how long after the writer each transaction is applied, such as 60m."
                + " Default: at once.")
        @Nullable String delay,
    @JsonPropertyDescription(
            "true: the host's mysqld is the node's own, such as a package's. Its service manager"
                + " starts it by the unit that the host's pod puts below mysql.storage.hostPath on"
                + " the node; until a person installs that, nothing of it is touched.")
        @Nullable Boolean external) {}
