package io.mysqlmmm.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Where backups go: a path on each node, or a volume claim that all hosts can mount. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "has(self.hostPath) != has(self.claimName)",
    message =
        "backup has to have either hostPath, for a directory on each node, or claimName, for a"
            + " volume claim that all hosts can mount")
@ValidationRule(
    fieldPath = ".hostPath",
    value = Cel.HOST_PATH,
    message = Cel.HOST_PATH_MESSAGE,
    messageExpression = Cel.HOST_PATH_SENTENCE + "'/var/backups/mysql-mmm'")
@ValidationRule(
    fieldPath = ".claimName",
    value = "!has(self.claimName) || self.claimName.matches(" + Cel.SUBDOMAIN + ")",
    message = "claimName must name a PersistentVolumeClaim",
    messageExpression =
        """
        'claimName "' + self.claimName
        + '" is no name of a PersistentVolumeClaim: use lower-case letters, digits, dashes and dots'""")
public record BackupSpec(
    @Size(max = 1024)
        @JsonPropertyDescription(
            "Directory on each node; a host's backups go to PATH/NAMESPACE/NAME/HOST below it.")
        @Nullable String hostPath,
    @Size(max = 253)
        @JsonPropertyDescription(
            "PersistentVolumeClaim in the resource's namespace, with access mode ReadWriteMany; a"
                + " host's backups go to NAMESPACE/NAME/HOST in it.")
        @Nullable String claimName) {}
