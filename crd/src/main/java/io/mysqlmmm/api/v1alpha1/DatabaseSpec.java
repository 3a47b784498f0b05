package io.mysqlmmm.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A database and the user that owns it. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    fieldPath = ".name",
    value = "self.name.matches('^[A-Za-z0-9_$-]{1,64}$')",
    message = "name must have 1 to 64 letters, digits, _, $ and -",
    messageExpression =
        """
        'database name "' + self.name + '" is not allowed: use 1 to 64 letters, digits, _, $ and -'""")
@ValidationRule(
    fieldPath = ".name",
    value =
        """
        !(self.name.lowerAscii() in
          ['mysql', 'sys', 'information_schema', 'performance_schema', 'mysql_mmm'])""",
    message = "name must not be a schema of MySQL's own or the operator's",
    messageExpression =
        """
        'database name "' + self.name
        + '" belongs to MySQL or to the operator: choose another name'""")
@ValidationRule(
    fieldPath = ".user",
    value = "!has(self.user) || self.user.matches('^[A-Za-z0-9_.$-]{1,32}$')",
    message = "user must have 1 to 32 letters, digits, _, ., $ and -",
    messageExpression =
        """
        'user "' + self.user + '" of database "' + self.name
        + '" is not allowed: use 1 to 32 letters, digits, _, ., $ and -'""")
@ValidationRule(
    fieldPath = ".user",
    value = "has(self.user) || self.name.size() <= 32 || self.name.size() > 64",
    message = "user must be given when the database's name is longer than 32 characters",
    messageExpression =
        """
        'database name "' + self.name
        + '" is too long for a user name (32 characters): give user too'""")
@ValidationRule(
    fieldPath = ".user",
    value =
        """
        [(has(self.user) ? self.user : self.name).lowerAscii()].all(u,
          u != 'root' && !u.startsWith('mysql.') && !u.startsWith('mmm_'))""",
    message = "user must not be root or begin with mysql. or mmm_",
    messageExpression =
        """
        'user "' + (has(self.user) ? self.user : self.name)
        + '" belongs to MySQL or to the operator (root, mysql.*, mmm_*): choose another user'""")
@ValidationRule(
    fieldPath = ".secret",
    value = "!has(self.secret) || self.secret.matches(" + Cel.SUBDOMAIN + ")",
    message = "secret must be the name of a Secret",
    messageExpression =
        """
        'secret "' + self.secret + '" of database "' + self.name
        + '" is no name of a Secret: use lower-case letters, digits, dashes and dots'""")
@ValidationRule(
    fieldPath = ".secret",
    value =
        "has(self.secret) || self.name.matches("
            + Cel.LABEL
            + ") || !self.name.matches('^[A-Za-z0-9_$-]{1,64}$')",
    message = "secret must be given when the database's name cannot be part of a Secret's name",
    messageExpression =
        """
        'secret is needed for database "' + self.name + '", because "' + self.name
        + '-app" is no name of a Secret'""")
public record DatabaseSpec(
    @Required @Size(max = 256) @JsonPropertyDescription("Name of the database.")
        @Nullable String name,
    @Size(max = 256)
        @JsonPropertyDescription("User with all privileges on it. Default: the database's name.")
        @Nullable String user,
    @Size(max = 253)
        @JsonPropertyDescription(
            "Secret with the keys username and password. Default: DATABASE-app; generated when"
                + " absent. Changing its password changes the user's.")
        @Nullable String secret) {}
