package io.mysqlmmm.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How closely the pair is watched. Durations as 500ms, 2s, 1m. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    fieldPath = ".heartbeat",
    value =
        "self.heartbeat.matches("
            + Cel.DURATION
            + ") && duration(self.heartbeat) >= duration('50ms')"
            + " && duration(self.heartbeat) <= duration('10s')",
    message = "heartbeat must be a duration from 50ms to 10s, such as 200ms",
    messageExpression =
        """
        'heartbeat "' + self.heartbeat
        + '" is out of bounds: give a duration from 50ms to 10s, such as 200ms'""")
@ValidationRule(
    fieldPath = ".leaseTtl",
    value =
        "self.leaseTtl.matches("
            + Cel.DURATION
            + ") && duration(self.leaseTtl) >= duration('3s')"
            + " && duration(self.leaseTtl) <= duration('1m')",
    message =
        "leaseTtl must be a duration from 3s to 1m, such as 3s, because the kernel ends an"
            + " address by whole seconds, and late",
    messageExpression =
        """
        'leaseTtl "' + self.leaseTtl + '" is out of bounds: give a duration from 3s to 1m, such as'
        + ' 3s (not less, because the kernel ends an address by whole seconds, and late)'""")
@ValidationRule(
    fieldPath = ".leaseTtl",
    value = "self.leaseTtl == oldSelf.leaseTtl",
    message =
        "leaseTtl cannot be changed: a writer that is cut off may still hold a lease of the old"
            + " length; delete the resource (its data stays) and create it with the new one")
@ValidationRule(
    fieldPath = ".heartbeat",
    value =
        "!self.heartbeat.matches("
            + Cel.DURATION
            + ") || !self.leaseTtl.matches("
            + Cel.DURATION
            + ") || duration(self.leaseTtl) < duration('3s')"
            + " || duration(self.heartbeat) > duration('10s')"
            + " || duration(self.heartbeat) + duration(self.heartbeat) + duration('2500ms')"
            + " <= duration(self.leaseTtl)",
    message =
        "leaseTtl must be at least two heartbeats and 2.5s, so that a virtual IP can be held"
            + " within the lease",
    messageExpression =
        """
        'heartbeat ' + self.heartbeat + ' is too long for leaseTtl ' + self.leaseTtl
        + ': leaseTtl must be at least two heartbeats and 2.5s,'
        + ' so that a virtual IP can be held within the lease'""")
@ValidationRule(
    fieldPath = ".moveTimeout",
    value =
        "self.moveTimeout.matches("
            + Cel.DURATION
            + ") && duration(self.moveTimeout) >= duration('1s')"
            + " && duration(self.moveTimeout) <= duration('10m')",
    message = "moveTimeout must be a duration from 1s to 10m, such as 10s",
    messageExpression =
        """
        'moveTimeout "' + self.moveTimeout
        + '" is out of bounds: give a duration from 1s to 10m, such as 10s'""")
@ValidationRule(
    fieldPath = ".maxLag",
    value =
        "self.maxLag.matches("
            + Cel.DURATION
            + ") && duration(self.maxLag) >= duration('100ms')"
            + " && duration(self.maxLag) <= duration('60m')",
    message = "maxLag must be a duration from 100ms to 60m, such as 5s",
    messageExpression =
        """
        'maxLag "' + self.maxLag
        + '" is out of bounds: give a duration from 100ms to 60m, such as 5s'""")
@ValidationRule(
    fieldPath = ".flapDuration",
    value =
        "self.flapDuration.matches("
            + Cel.DURATION
            + ") && duration(self.flapDuration) >= duration('1s')",
    message = "flapDuration must be a duration of 1s or more, such as 60m",
    messageExpression =
        """
        'flapDuration "' + self.flapDuration
        + '" is out of bounds: give a duration of 1s or more, such as 60m'""")
@ValidationRule(
    fieldPath = ".autoSetOnline",
    value =
        "self.autoSetOnline == 'Never' || self.autoSetOnline.matches(" + Cel.DURATION_OR_ZERO + ")",
    message = "autoSetOnline must be Never, 0s, or a duration such as 60s",
    messageExpression =
        """
        'autoSetOnline "' + self.autoSetOnline
        + '" is not understood: give Never, 0s, or a duration such as 60s'""")
@ValidationRule(
    fieldPath = ".waitForOtherMaster",
    value = "self.waitForOtherMaster.matches(" + Cel.DURATION_OR_ZERO + ")",
    message = "waitForOtherMaster must be 0s (for ever) or a duration such as 120s",
    messageExpression =
        """
        'waitForOtherMaster "' + self.waitForOtherMaster
        + '" is not understood: give 0s (for ever) or a duration such as 120s'""")
@ValidationRule(
    fieldPath = ".pingIps",
    value = "!has(self.pingIps) || self.pingIps.all(i, isIP(i))",
    message = "pingIps must be IP addresses",
    messageExpression =
        """
        self.pingIps.map(i, !isIP(i),
          'pingIps has "' + i + '", which is no IP address: give addresses of routers, say')[0]""")
public record MonitorSpec(
    @Default("200ms") @Size(max = 16) @JsonPropertyDescription("Pause between two heartbeats.")
        @Nullable String heartbeat,
    @Default("3s")
        @Size(max = 16)
        @JsonPropertyDescription(
            "How long a writer may write after the last clock of its own that came back in a"
                + " heartbeat, and so how long a failover waits for a writer that was cut off. It"
                + " cannot be changed later.")
        @Nullable String leaseTtl,
    @Default("10s")
        @Size(max = 16)
        @JsonPropertyDescription(
            "Bound on a planned move; when it passes, the move is aborted and the old writer"
                + " serves again.")
        @Nullable String moveTimeout,
    @Default("5s")
        @Size(max = 16)
        @JsonPropertyDescription("A move is refused while the peer is further behind than this.")
        @Nullable String maxLag,
    @Default("{}") @JsonPropertyDescription("MMM's checks.") @Nullable ChecksSpec checks,
    @Default("3")
        @Min(0)
        @Max(1000)
        @JsonPropertyDescription(
            "A host that leaves ONLINE more often than this within flapDuration is flapping and"
                + " comes back only by set-online; 0 switches this off.")
        @Nullable Integer flapCount,
    @Default("60m") @Size(max = 16) @JsonPropertyDescription("The time in which flaps are counted.")
        @Nullable String flapDuration,
    @Default("0s")
        @Size(max = 16)
        @JsonPropertyDescription(
            "How long a host that was down stays in AWAITING_RECOVERY before it goes ONLINE by"
                + " itself. Never: it waits for set-online, as with MMM's auto_set_online 0.")
        @Nullable String autoSetOnline,
    @Default("120s")
        @Size(max = 16)
        @JsonPropertyDescription(
            "In mode Wait: how long one master must have been ONLINE alone until the mode becomes"
                + " Active; 0s: for ever.")
        @Nullable String waitForOtherMaster,
    @Size(max = 8)
        @JsonPropertyDescription(
            "Addresses of routers, say. While none of them answers the operator, it takes its own"
                + " network for broken and changes nothing.")
        @Nullable List<@Size(max = 64) String> pingIps,
    @JsonPropertyDescription("A hook that takes an unreachable writer out of service for sure.")
        @Nullable FencingSpec fencing) {}
