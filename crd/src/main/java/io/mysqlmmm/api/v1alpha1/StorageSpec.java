package io.mysqlmmm.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Where the data lives: a path on the node, or a volume claim. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "!has(self.hostPath) || !has(self.size)",
    message =
        "storage has both hostPath and size: keep hostPath for a directory on the node, or size"
            + " for a volume claim")
@ValidationRule(
    fieldPath = ".hostPath",
    value = Cel.HOST_PATH,
    message = Cel.HOST_PATH_MESSAGE,
    messageExpression = Cel.HOST_PATH_SENTENCE + "'/var/lib/mysql-mmm'")
@ValidationRule(
    fieldPath = ".size",
    value =
        """
        !has(self.size) || (isQuantity(self.size) && quantity(self.size).isGreaterThan(quantity('0')))""",
    message = "size must be a quantity above zero, such as 100Gi",
    messageExpression =
        """
        'size "' + self.size + '" is no quantity above zero: write it like 100Gi'""")
@ValidationRule(
    fieldPath = ".storageClassName",
    value = "!has(self.storageClassName) || has(self.size) || has(self.hostPath)",
    message = "storageClassName is for a volume claim: give size too",
    messageExpression =
        """
        'storageClassName "' + self.storageClassName
        + '" is for a volume claim, but there is no size: give size, or remove it'""")
@ValidationRule(
    fieldPath = ".storageClassName",
    value = "!has(self.storageClassName) || has(self.size) || !has(self.hostPath)",
    message = "storageClassName is for a volume claim and has no meaning with hostPath",
    messageExpression =
        """
        'storageClassName "' + self.storageClassName
        + '" is for a volume claim and has no meaning with hostPath: remove one of them'""")
@ValidationRule(
    fieldPath = ".storageClassName",
    value = "!has(self.storageClassName) || self.storageClassName.matches(" + Cel.SUBDOMAIN + ")",
    message = "storageClassName must name a storage class",
    messageExpression =
        """
        'storageClassName "' + self.storageClassName
        + '" is no name of a storage class: use one that "kubectl get storageclass" shows'""")
public record StorageSpec(
    @Size(max = 1024)
        @JsonPropertyDescription(
            "Directory on the node; the data goes to PATH/NAMESPACE/NAME/HOST below it. Default,"
                + " when size is absent too: /var/lib/mysql-mmm.")
        @Nullable String hostPath,
    @Size(max = 64)
        @JsonPropertyDescription(
            "Size of a volume claim for each host, for example 100Gi. It may grow, if the storage"
                + " class allows it.")
        @Nullable String size,
    @Size(max = 253)
        @JsonPropertyDescription("Storage class of the claims. Default: the cluster's.")
        @Nullable String storageClassName) {}
