package io.mysqlmmm.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A role: who may hold it and which virtual IPs go with it. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    fieldPath = ".name",
    value = "self.name.size() <= 20 && self.name.matches(" + Cel.LABEL + ")",
    message = "name must have 1 to 20 lower-case letters, digits and dashes, no dash first or last",
    messageExpression =
        """
        'role name "' + self.name
        + '" is no short DNS label: use 1 to 20 lower-case letters, digits and dashes'""")
@ValidationRule(
    fieldPath = ".mode",
    value = "self.mode in ['Exclusive', 'Balanced']",
    message = "mode must be Exclusive or Balanced",
    messageExpression =
        """
        'mode "' + self.mode + '" of role "' + self.name
        + '" is unknown: use Exclusive or Balanced'""")
@ValidationRule(
    fieldPath = ".hosts",
    value = "self.hosts.size() > 0",
    message = "a role needs at least one host",
    messageExpression =
        """
        'role "' + self.name + '" has no hosts: list the hosts that may hold it'""")
@ValidationRule(
    fieldPath = ".hosts",
    value = "self.hosts.all(h, self.hosts.exists_one(o, o == h))",
    message = "a role can list a host only once",
    messageExpression =
        """
        self.hosts.map(h, !self.hosts.exists_one(o, o == h),
          'role "' + self.name + '" lists host "' + h + '" more than once: list it once')[0]""")
@ValidationRule(
    fieldPath = ".ips",
    value = "self.ips.size() > 0",
    message = "a role needs at least one IP",
    messageExpression =
        """
        'role "' + self.name + '" has no ips: give it '
        + (self.mode == 'Balanced' ? 'at least one free address' : 'one free address')
        + ' of the hosts\\' network'""")
@ValidationRule(
    fieldPath = ".ips",
    value = "self.mode != 'Exclusive' || self.ips.size() < 2",
    message = "a role of mode Exclusive has exactly one IP",
    messageExpression =
        """
        'role "' + self.name + '" is Exclusive and has exactly one IP, but several are given:'
        + ' keep one, or make the role Balanced'""")
@ValidationRule(
    fieldPath = ".ips",
    value =
        """
        self.ips.all(i, isIP(i) && ip.isCanonical(i) && ip(i).isGlobalUnicast())""",
    message = "ips must be ordinary IPv4 or IPv6 addresses in their usual notation, no prefix",
    messageExpression =
        """
        self.ips.map(i, !(isIP(i) && ip.isCanonical(i) && ip(i).isGlobalUnicast()),
          'IP "' + i + '" of role "' + self.name
          + (!isIP(i) ? '" is no IP address: give a plain IPv4 or IPv6 address without a prefix'
            : !ip.isCanonical(i)
            ? '" is not in its usual notation: write it in lower case and as short as possible'
            : '" is no ordinary address (loopback, link-local, multicast or unspecified):'
              + ' use a free address of the hosts\\' network'))[0]""")
@ValidationRule(
    fieldPath = ".ips",
    value = "self.ips.all(i, self.ips.exists_one(o, o == i))",
    message = "a role can list an IP only once",
    messageExpression =
        """
        self.ips.map(i, !self.ips.exists_one(o, o == i),
          'role "' + self.name + '" lists IP ' + i + ' more than once: list it once')[0]""")
@ValidationRule(
    fieldPath = ".prefer",
    value = "!has(self.prefer) || self.mode != 'Balanced'",
    message = "only a role of mode Exclusive has a preferred host",
    messageExpression =
        """
        'role "' + self.name + '" is Balanced and is spread over its hosts: remove prefer "'
        + self.prefer + '"'""")
@ValidationRule(
    fieldPath = ".prefer",
    value = "!has(self.prefer) || self.mode == 'Balanced' || self.prefer in self.hosts",
    message = "prefer must name one of the role's hosts",
    messageExpression =
        """
        'role "' + self.name + '" prefers host "' + self.prefer
        + '", which is not among its hosts: use ' + self.hosts.join(' or ')""")
public record RoleSpec(
    @Required
        @Size(max = 63)
        @JsonPropertyDescription("Name of the role, for example writer or reader; a DNS label.")
        @Nullable String name,
    @Required
        @Size(max = 64)
        @JsonPropertyDescription(
            "Exclusive: one IP, on one host. Balanced: several IPs, spread over the hosts.")
        @Nullable String mode,
    @Required @Size(max = 16) @JsonPropertyDescription("Names of the hosts that may hold the role.")
        @Nullable List<@Size(max = 63) String> hosts,
    @Required
        @Size(max = 16)
        @JsonPropertyDescription(
            "Virtual IP addresses of the role; free addresses of the hosts' network.")
        @Nullable List<@Size(max = 64) String> ips,
    @Size(max = 63) @JsonPropertyDescription("For an Exclusive role: the host that holds it first.")
        @Nullable String prefer) {}
