package io.mysqlmmm.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How mysqld is run on every host. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    fieldPath = ".image",
    value = "self.image.matches(" + Cel.IMAGE + ")",
    message = "mysql.image must be an image reference",
    messageExpression =
        """
        'mysql.image "' + self.image
        + '" is no image reference: give one such as docker.io/library/mysql:8.4'""")
@ValidationRule(
    fieldPath = ".imagePullPolicy",
    value = "self.imagePullPolicy in ['Always', 'IfNotPresent', 'Never']",
    message = "mysql.imagePullPolicy must be Always, IfNotPresent or Never",
    messageExpression =
        """
        'mysql.imagePullPolicy "' + self.imagePullPolicy
        + '" is unknown: use Always, IfNotPresent or Never'""")
@ValidationRule(
    fieldPath = ".adminPort",
    value = "self.port != self.adminPort",
    message = "mysql.port and mysql.adminPort must differ",
    messageExpression =
        """
        'mysql.port and mysql.adminPort are the same, but mysqld listens on both:'
        + ' choose another adminPort'""")
@ValidationRule(
    fieldPath = ".port",
    reason = "FieldValueForbidden",
    value = "self.port == oldSelf.port && self.adminPort == oldSelf.adminPort",
    message =
        "mysql.port and mysql.adminPort cannot be changed, because a running mysqld would be looked"
            + " for where it does not listen: set them back, or delete the resource (its data stays)"
            + " and create it with the new ones")
@ValidationRule(
    fieldPath = ".storage",
    reason = "FieldValueForbidden",
    value =
        """
        (has(self.storage) && has(self.storage.size))
            == (has(oldSelf.storage) && has(oldSelf.storage.size))
          && (has(self.storage) && has(self.storage.storageClassName)
              ? self.storage.storageClassName : '')
            == (has(oldSelf.storage) && has(oldSelf.storage.storageClassName)
              ? oldSelf.storage.storageClassName : '')
          && (has(self.storage) && has(self.storage.hostPath)
              ? self.storage.hostPath : '/var/lib/mysql-mmm')
            == (has(oldSelf.storage) && has(oldSelf.storage.hostPath)
              ? oldSelf.storage.hostPath : '/var/lib/mysql-mmm')""",
    message =
        "mysql.storage cannot be changed, because the data would be left behind: set it back, or"
            + " create another resource and move the data to it")
@ValidationRule(
    fieldPath = ".storage",
    reason = "FieldValueForbidden",
    value =
        """
        !has(self.storage) || !has(self.storage.size) || !isQuantity(self.storage.size)
          || !has(oldSelf.storage) || !has(oldSelf.storage.size)
          || quantity(self.storage.size).compareTo(quantity(oldSelf.storage.size)) >= 0""",
    message = "mysql.storage.size cannot become less, because volumes grow only: set it back",
    messageExpression =
        """
        'mysql.storage.size ' + self.storage.size + ' is less than ' + oldSelf.storage.size
        + ', but volumes grow only: set it back'""")
@ValidationRule(
    fieldPath = ".config",
    value = "!has(self.config) || self.config.all(k, k.matches('^[A-Za-z][A-Za-z0-9_.-]{0,63}$'))",
    message = "names in mysql.config must be names of mysqld settings",
    messageExpression =
        """
        self.config.map(k, !k.matches('^[A-Za-z][A-Za-z0-9_.-]{0,63}$'),
          'mysql.config has the setting "' + k
          + '", which no mysqld setting is named: use letters, digits and underscores')[0]""")
@ValidationRule(
    fieldPath = ".config",
    reason = "FieldValueForbidden",
    value = "!has(self.config) || !self.config.exists(k, " + RefusedSettings.REFUSED + ")",
    message =
        "mysql.config must not contain settings that the operator sets because safety rests on"
            + " them",
    messageExpression =
        "self.config.map(k, "
            + RefusedSettings.REFUSED
            + ", 'mysql.config sets \"' + k + '\", which the operator sets itself because safety"
            + " rests on it: remove it')[0]")
@ValidationRule(
    fieldPath = ".config",
    value = "!has(self.config) || self.config.all(k, !self.config[k].matches('[[:cntrl:]]'))",
    message = "values in mysql.config must be one line each",
    messageExpression =
        """
        self.config.map(k, self.config[k].matches('[[:cntrl:]]'), 'the value of "' + k
          + '" in mysql.config has a line break or control character: write it in one line')[0]""")
@ValidationRule(
    fieldPath = ".credentialsSecret",
    value = "!has(self.credentialsSecret) || self.credentialsSecret.matches(" + Cel.SUBDOMAIN + ")",
    message = "mysql.credentialsSecret must be the name of a Secret",
    messageExpression =
        """
        'mysql.credentialsSecret "' + self.credentialsSecret
        + '" is no name of a Secret: use lower-case letters, digits, dashes and dots'""")
@ValidationRule(
    fieldPath = ".databases",
    value =
        """
        !has(self.databases)
          || self.databases.all(d, self.databases.exists_one(o, o.name == d.name))""",
    message = "mysql.databases can list a database only once",
    messageExpression =
        """
        self.databases.map(d, !self.databases.exists_one(o, o.name == d.name),
          'mysql.databases lists "' + d.name + '" more than once: list it once')[0]""")
@ValidationRule(
    fieldPath = ".databases",
    value =
        """
        !has(self.databases) || self.databases.all(d, self.databases.all(o,
          d.name == o.name
          || (has(d.user) ? d.user : d.name) != (has(o.user) ? o.user : o.name)
          || (has(d.secret) ? d.secret : d.name + '-app')
            == (has(o.secret) ? o.secret : o.name + '-app')))""",
    message = "databases of the same user must have the same secret",
    messageExpression =
        """
        self.databases.map(d, self.databases.map(o, d.name != o.name
            && (has(d.user) ? d.user : d.name) == (has(o.user) ? o.user : o.name)
            && (has(d.secret) ? d.secret : d.name + '-app')
            != (has(o.secret) ? o.secret : o.name + '-app'),
            'databases "' + d.name + '" and "' + o.name + '" have the user "'
            + (has(d.user) ? d.user : d.name)
            + '" but different secrets: give them the same secret, or users of their own'))
          .filter(l, l.size() > 0)[0][0]""")
@ValidationRule(
    fieldPath = ".databases",
    value =
        """
        !has(self.databases) || !has(self.credentialsSecret) || !self.databases.exists(d,
          (has(d.secret) ? d.secret : d.name + '-app') == self.credentialsSecret)""",
    message = "a database's secret must not be the credentialsSecret",
    messageExpression =
        """
        self.databases.map(d, (has(d.secret) ? d.secret : d.name + '-app') == self.credentialsSecret,
          'database "' + d.name + '" has the credentialsSecret "' + self.credentialsSecret
          + '" as its secret: give it one of its own')[0]""")
@ValidationRule(
    fieldPath = ".backup.hostPath",
    value =
        """
        !has(self.backup) || !has(self.backup.hostPath) || (has(self.storage) && has(self.storage.size))
          || [has(self.storage) && has(self.storage.hostPath)
              ? self.storage.hostPath : '/var/lib/mysql-mmm'].all(s,
            !(self.backup.hostPath + '/').startsWith(s.endsWith('/') ? s : s + '/')
            && !(s + '/').startsWith(
              self.backup.hostPath.endsWith('/') ? self.backup.hostPath : self.backup.hostPath + '/'))""",
    message = "backup.hostPath must be outside of storage.hostPath, and not around it",
    messageExpression =
        """
        'backup.hostPath "' + self.backup.hostPath + '" is where the data are:'
        + ' give another directory, outside of storage.hostPath and not around it'""")
public record MySQLSpec(
    @Default("docker.io/library/mysql:8.4")
        @Size(max = 512)
        @JsonPropertyDescription(
            "Image with mysqld of 8.4 or later and a shell. Its entrypoint is not used.")
        @Nullable String image,
    @Default("IfNotPresent")
        @Size(max = 64)
        @JsonPropertyDescription("When the image is pulled: Always, IfNotPresent or Never.")
        @Nullable String imagePullPolicy,
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
    @JsonPropertyDescription("Where the data lives. It cannot be changed later.")
        @Nullable StorageSpec storage,
    @Size(max = 64)
        @JsonPropertyDescription(
            "Further mysqld settings, name to value. Settings that safety rests on are refused.")
        @Nullable Map<String, @Size(max = 1024) String> config,
    @JsonPropertyDescription("Resources of the mysqld container.")
        @Nullable ResourceRequirements resources,
    @Size(max = 253)
        @JsonPropertyDescription(
            "Secret with the keys rootPassword, agentPassword and replicationPassword. Default: "
                + "NAME-mysql; generated when absent.")
        @Nullable String credentialsSecret,
    @Size(max = 32) @JsonPropertyDescription("Databases to create, each with its user.")
        @Nullable List<DatabaseSpec> databases,
    @JsonPropertyDescription("How fast hosts are cloned.") @JsonProperty("clone")
        @Nullable CloneSpec cloneLimits,
    @JsonPropertyDescription(
            "Where backups go that are asked for by spec.hosts[].backup. A change takes new pods.")
        @Nullable BackupSpec backup) {}
