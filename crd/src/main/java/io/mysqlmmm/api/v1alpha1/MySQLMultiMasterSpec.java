package io.mysqlmmm.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the user wants: hosts, roles, and how they are run. The rules here are the ones that look at
 * several fields; each lets pass what another rule already refuses, so that one mistake gives one
 * sentence.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    fieldPath = ".mode",
    value = "self.mode in ['Active', 'Manual', 'Wait', 'Passive']",
    message = "mode must be Active, Manual, Wait or Passive",
    messageExpression =
        """
        'mode "' + self.mode + '" is unknown: use Active, Manual, Wait or Passive'""")
@ValidationRule(
    fieldPath = ".durability",
    value = "self.durability in ['Lossless', 'Available']",
    message = "durability must be Lossless or Available",
    messageExpression =
        """
        'durability "' + self.durability + '" is unknown: use Lossless or Available'""")
@ValidationRule(
    fieldPath = ".deletionPolicy",
    value = "self.deletionPolicy in ['Retain', 'Delete']",
    message = "deletionPolicy must be Retain or Delete",
    messageExpression =
        """
        'deletionPolicy "' + self.deletionPolicy + '" is unknown: use Retain or Delete'""")
@ValidationRule(
    fieldPath = ".hosts",
    value = "self.hosts.all(h, self.hosts.exists_one(o, o.name == h.name))",
    message = "each host needs a name of its own",
    messageExpression =
        """
        self.hosts.map(h, !self.hosts.exists_one(o, o.name == h.name),
          'several hosts are named "' + h.name + '": give each host a name of its own')[0]""")
@ValidationRule(
    fieldPath = ".hosts",
    value =
        """
        self.hosts.all(h, h.nodeName == ''
          || self.hosts.exists_one(o, o.nodeName == h.nodeName))""",
    message = "each host needs a node of its own, because all hosts use the same ports",
    messageExpression =
        """
        self.hosts.map(h, h.nodeName != '' && !self.hosts.exists_one(o, o.nodeName == h.nodeName),
          self.hosts.map(o, o.name != h.name && o.nodeName == h.nodeName,
            'hosts "' + h.name + '" and "' + o.name + '" are on the same node "' + h.nodeName
            + '": put each on a node of its own, because they use the same ports'))[0][0]""")
@ValidationRule(
    fieldPath = ".hosts",
    value =
        """
        self.hosts.all(h, !has(h.address)
          || self.hosts.exists_one(o, has(o.address) && o.address == h.address))""",
    message = "each host needs an address of its own",
    messageExpression =
        """
        self.hosts.map(h, has(h.address) && !self.hosts.exists_one(o,
            has(o.address) && o.address == h.address),
          self.hosts.map(o, o.name != h.name && has(o.address) && o.address == h.address,
            'hosts "' + h.name + '" and "' + o.name + '" have the same address ' + h.address
            + ': give each its own, or leave address out'))[0][0]""")
@ValidationRule(
    fieldPath = ".hosts",
    value =
        """
        self.hosts.exists(h, !(h.mode in ['Master', 'Replica']))
          || self.hosts.filter(h, h.mode == 'Master').size() == 2""",
    message = "exactly two hosts must have mode Master, and any other mode Replica",
    messageExpression =
        """
        (self.hosts.filter(h, h.mode == 'Master').size() > 2
          ? 'more than two hosts have mode Master'
          : self.hosts.exists(h, h.mode == 'Master')
          ? 'only one host has mode Master' : 'no host has mode Master')
        + ': make exactly two hosts Master, and any other Replica'""")
@ValidationRule(
    fieldPath = ".hosts",
    value =
        """
        self.hosts.filter(h, h.mode == 'Master').size() != 2
          || self.hosts.filter(h, h.mode == 'Master').all(h, self.hosts.exists(o,
            o.mode == 'Master' && o.name != h.name && has(h.peer) && h.peer == o.name))""",
    message = "the two masters must name each other as peer",
    messageExpression =
        """
        self.hosts.map(h, h.mode == 'Master' && !self.hosts.exists(o, o.mode == 'Master'
            && o.name != h.name && has(h.peer) && h.peer == o.name),
          self.hosts.map(o, o.mode == 'Master' && o.name != h.name,
            'the two masters must name each other as peer: set the peer of host "' + h.name
            + '" to "' + o.name + '"' + (has(h.peer) ? ', not "' + h.peer + '"' : '')))[0][0]""")
@ValidationRule(
    fieldPath = ".roles",
    value = "self.roles.all(r, self.roles.exists_one(o, o.name == r.name))",
    message = "each role needs a name of its own",
    messageExpression =
        """
        self.roles.map(r, !self.roles.exists_one(o, o.name == r.name),
          'several roles are named "' + r.name + '": give each role a name of its own')[0]""")
@ValidationRule(
    fieldPath = ".roles",
    value = "self.roles.all(r, r.hosts.all(n, self.hosts.exists(h, h.name == n)))",
    message = "the hosts of a role must be in spec.hosts",
    messageExpression =
        """
        self.roles.map(r, !r.hosts.all(n, self.hosts.exists(h, h.name == n)),
          r.hosts.map(n, !self.hosts.exists(h, h.name == n),
            'role "' + r.name + '" lists the unknown host "' + n
            + '": use the name of a host of spec.hosts'))[0][0]""")
@ValidationRule(
    fieldPath = ".roles",
    value = "self.roles.all(r, r.ips.all(i, self.roles.exists_one(o, i in o.ips)))",
    message = "an IP can belong to one role only",
    messageExpression =
        """
        self.roles.map(r, r.ips.exists(i, !self.roles.exists_one(o, i in o.ips)),
          self.roles.map(o, o.name != r.name && o.ips.exists(i, i in r.ips),
            r.ips.map(i, i in o.ips, 'IP ' + i + ' is in the roles "' + r.name + '" and "' + o.name
              + '": give each role IPs of its own')))[0][0][0]""")
@ValidationRule(
    fieldPath = ".roles",
    value =
        """
        self.roles.all(r, r.ips.all(i,
          !self.hosts.exists(h, has(h.address) && h.address == i)))""",
    message = "a virtual IP cannot be the address of a host",
    messageExpression =
        """
        self.roles.map(r, self.hosts.exists(h, has(h.address) && h.address in r.ips),
          self.hosts.map(h, has(h.address) && h.address in r.ips,
            'IP ' + h.address + ' of role "' + r.name + '" is the address of host "' + h.name
            + '": use a free address of the same network'))[0][0]""")
@ValidationRule(
    fieldPath = ".activeMasterRole",
    value = "self.roles.exists(r, r.name == self.activeMasterRole)",
    message = "activeMasterRole must name a role of spec.roles",
    messageExpression =
        """
        'activeMasterRole names the unknown role "' + self.activeMasterRole
        + '": use the exclusive role of spec.roles whose holder is to be writable'""")
@ValidationRule(
    fieldPath = ".activeMasterRole",
    value = "self.roles.all(r, r.name != self.activeMasterRole || r.mode != 'Balanced')",
    message = "activeMasterRole must name a role of mode Exclusive",
    messageExpression =
        """
        'activeMasterRole names role "' + self.activeMasterRole
        + '", which is Balanced: only one host may be writable, so make that role Exclusive'""")
@ValidationRule(
    fieldPath = ".activeMasterRole",
    value =
        """
        self.hosts.filter(h, h.mode == 'Master').size() != 2
          || self.roles.all(r, r.name != self.activeMasterRole || r.hosts.all(n,
            !self.hosts.exists(h, h.name == n) || self.hosts.exists(h, h.name == n
              && h.mode != 'Replica')))""",
    message = "the hosts of the active master role must have mode Master",
    messageExpression =
        """
        self.hosts.map(h, h.mode == 'Replica'
            && self.roles.exists(r, r.name == self.activeMasterRole && h.name in r.hosts),
          'role "' + self.activeMasterRole + '" is the activeMasterRole, but its host "' + h.name
          + '" is a Replica and is never writable: remove it from the role')[0]""")
@ValidationRule(
    fieldPath = ".moveRole",
    value = "!has(self.moveRole) || self.roles.exists(r, r.name == self.moveRole.role)",
    message = "moveRole.role must name a role of spec.roles",
    messageExpression =
        """
        'moveRole.role names the unknown role "' + self.moveRole.role
        + '": use the name of a role of spec.roles, or remove moveRole'""")
@ValidationRule(
    fieldPath = ".moveRole",
    value =
        """
        !has(self.moveRole)
          || self.roles.all(r, r.name != self.moveRole.role || self.moveRole.host in r.hosts)""",
    message = "moveRole.host must be one of the role's hosts",
    messageExpression =
        """
        self.roles.map(r, r.name == self.moveRole.role,
          (self.hosts.exists(h, h.name == self.moveRole.host)
            ? 'moveRole.host names host "' + self.moveRole.host + '", which may not hold role "'
              + r.name + '"'
            : 'moveRole.host names the unknown host "' + self.moveRole.host + '"')
          + ': use a host of the role, that is ' + r.hosts.join(' or ') + ', or remove moveRole')[0]""")
@ValidationRule(
    fieldPath = ".agent",
    value =
        """
        !has(self.agent) || !has(self.mysql)
          || !(self.agent.port in [self.mysql.port, self.mysql.adminPort])""",
    message = "agent.port must differ from mysql.port and mysql.adminPort",
    messageExpression =
        """
        (self.agent.port == self.mysql.port ? 'agent.port is the same as mysql.port'
          : 'agent.port is the same as mysql.adminPort')
        + ', but both listen on the node: choose another port for one of them'""")
@ValidationRule(
    fieldPath = ".setIp",
    value =
        """
        !has(self.setIp) || self.setIp.exists(s, isIP(s.ip) && !ip.isCanonical(s.ip))
          || self.setIp.all(s, self.roles.exists(r, s.ip in r.ips && s.host in r.hosts))""",
    message = "setIp must name an IP of a role and one of that role's hosts",
    messageExpression =
        """
        self.setIp.map(s, !self.roles.exists(r, s.ip in r.ips && s.host in r.hosts),
          self.roles.exists(r, s.ip in r.ips)
            ? 'setIp gives ' + s.ip + ' to host "' + s.host
              + '", which may not hold its role: use one of the role\\'s hosts'
            : 'setIp names ' + s.ip + ', which is no IP of any role: use one of spec.roles')[0]""")
@ValidationRule(
    fieldPath = ".setIp",
    value = "!has(self.setIp) || self.setIp.all(s, self.setIp.exists_one(o, o.ip == s.ip))",
    message = "setIp can name an IP only once",
    messageExpression =
        """
        self.setIp.map(s, !self.setIp.exists_one(o, o.ip == s.ip),
          'setIp names ' + s.ip + ' more than once: name it once')[0]""")
@ValidationRule(
    fieldPath = ".rejoin",
    value = "self.rejoin in ['Automatic', 'Manual']",
    message = "rejoin must be Automatic or Manual",
    messageExpression =
        """
        'rejoin "' + self.rejoin + '" is unknown: use Automatic or Manual'""")
@ValidationRule(
    fieldPath = ".hosts",
    value =
        """
        self.hosts.all(h, !has(h.clone) || !has(h.clone.from)
          || self.hosts.exists(o, o.name == h.clone.from))""",
    message = "clone.from must be the name of a host of spec.hosts",
    messageExpression =
        """
        self.hosts.map(h, has(h.clone) && has(h.clone.from)
            && !self.hosts.exists(o, o.name == h.clone.from),
          'clone.from of host "' + h.name + '" names the unknown host "' + h.clone.from
          + '": use the name of a host of spec.hosts, or leave it out')[0]""")
@ValidationRule(
    fieldPath = ".hosts",
    value =
        """
        self.hosts.all(h, !has(h.backup)) || (has(self.mysql) && has(self.mysql.backup))""",
    message = "a backup needs a place: set mysql.backup",
    messageExpression =
        """
        self.hosts.map(h, has(h.backup), 'a backup of host "' + h.name
          + '" is asked for, but mysql.backup does not say where backups go: set it')[0]""")
@ValidationRule(
    fieldPath = ".hosts",
    value =
        """
        !has(self.mysql) || !has(self.mysql.storage) || !has(self.mysql.storage.size)
          || !self.hosts.exists(h, has(h.external) && h.external)""",
    message = "an external host keeps its data on its node: remove mysql.storage.size",
    messageExpression =
        """
        self.hosts.map(h, has(h.external) && h.external, 'host "' + h.name
          + '" is external and keeps its data on its node, not in a claim: remove'
          + ' mysql.storage.size, or external')[0]""")
@ValidationRule(
    fieldPath = ".hosts",
    value =
        """
        !has(self.mysql) || !has(self.mysql.backup) || !has(self.mysql.backup.claimName)
          || !self.hosts.exists(h, has(h.external) && h.external)""",
    message = "an external host cannot write its backups to a claim: use mysql.backup.hostPath",
    messageExpression =
        """
        self.hosts.map(h, has(h.external) && h.external, 'host "' + h.name
          + '" is external, and its mysqld cannot write backups to a claim: use'
          + ' mysql.backup.hostPath')[0]""")
@ValidationRule(
    fieldPath = ".adopt",
    value =
        """
        !has(self.adopt)
          || self.roles.all(r, r.name != self.activeMasterRole || self.adopt.host in r.hosts)""",
    message = "adopt.host must be one of the hosts of the active master role",
    messageExpression =
        """
        'adopt.host names "' + self.adopt.host + '", which is no host of role "'
        + self.activeMasterRole + '": use the master whose data set the pair is to begin with'""")
@ValidationRule(
    value =
        """
        (has(self.adopt) ? self.adopt.host : '') == (has(oldSelf.adopt) ? oldSelf.adopt.host : '')""",
    message =
        "adopt cannot be changed: it tells how the pair began, and whose accounts its data set came"
            + " with; set it back, or create another resource")
public record MySQLMultiMasterSpec(
    @Default("Active")
        @Size(max = 64)
        @JsonPropertyDescription(
            "Active: everything is automatic. Manual: failed hosts keep their roles until somebody"
                + " moves them. Wait: Manual until both masters are ONLINE, then Active. Passive:"
                + " nothing at all is changed.")
        @Nullable String mode,
    @Default("Lossless")
        @Size(max = 64)
        @JsonPropertyDescription(
            "Lossless: an acknowledged write survives any one failure. Available: asynchronous"
                + " replication, as MMM had it.")
        @Nullable String durability,
    @Default("writer")
        @Size(max = 64)
        @JsonPropertyDescription("The exclusive role whose holder is the writable master.")
        @Nullable String activeMasterRole,
    @Default("Retain")
        @Size(max = 64)
        @JsonPropertyDescription(
            "What deleting the resource does to the data: Retain keeps it on its volume, Delete"
                + " removes it.")
        @Nullable String deletionPolicy,
    @Required
        @Size(max = 16)
        @JsonPropertyDescription("The MySQL hosts: two masters, and any number of replicas.")
        @Nullable List<HostSpec> hosts,
    @Required
        @Size(max = 8)
        @JsonPropertyDescription("The roles, and the virtual IPs that clients follow.")
        @Nullable List<RoleSpec> roles,
    @JsonPropertyDescription(
            "A one-shot request to move a role. It is done once: its outcome is in"
                + " status.lastMove, and applying it again does nothing.")
        @Nullable MoveRoleRequest moveRole,
    @Default("{}") @JsonPropertyDescription("Where virtual IPs are put.")
        @Nullable NetworkSpec network,
    @Default("{}") @JsonPropertyDescription("How mysqld is run on every host.")
        @Nullable MySQLSpec mysql,
    @Default("{}") @JsonPropertyDescription("How the agents are run.") @Nullable AgentSpec agent,
    @Default("{}") @JsonPropertyDescription("How closely the pair is watched.")
        @Nullable MonitorSpec monitor,
    @Size(max = 32)
        @JsonPropertyDescription(
            "Where IPs are to be, as MMM's set_ip: planned while mode is Passive or Manual, carried"
                + " out once when it is not Passive.")
        @Nullable List<SetIpRequest> setIp,
    @Default("Automatic")
        @Size(max = 64)
        @JsonPropertyDescription(
            "How a host comes back that cannot replicate: one with transactions that the writer"
                + " lacks, or whose writer has purged the binlogs it needs. Automatic: it is cloned."
                + " Manual: it waits for a request in spec.hosts[].clone.")
        @Nullable String rejoin,
    @JsonPropertyDescription(
            "The pair begins with a data set that exists. Absent: with new, empty ones.")
        @Nullable AdoptSpec adopt) {}
