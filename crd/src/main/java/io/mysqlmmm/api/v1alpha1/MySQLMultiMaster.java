package io.mysqlmmm.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** A pair of MySQL masters that replicate from each other, its roles and their virtual IPs. */
@JsonIgnoreProperties(ignoreUnknown = true)
@Group("mysqlmmm.io")
@Version("v1alpha1")
@Kind("MySQLMultiMaster")
@Plural("mysqlmultimasters")
@Singular("mysqlmultimaster")
@ShortNames("mmm")
@AdditionalPrinterColumn(
    name = "Mode",
    jsonPath = ".spec.mode",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Writer",
    jsonPath = ".status.ledger.writer",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Epoch",
    jsonPath = ".status.ledger.epoch",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "In Sync",
    jsonPath = ".status.ledger.inSync",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@ValidationRule(
    value = "self.metadata.name.matches('^[a-z]([-a-z0-9]{0,28}[a-z0-9])?$')",
    message =
        "metadata.name must have 1 to 30 lower-case letters, digits and dashes and begin with a"
            + " letter, because Services and pods are named after it",
    messageExpression =
        """
        'metadata.name "' + self.metadata.name
        + '" is not allowed: use 1 to 30 lower-case letters, digits and dashes, a letter first,'
        + ' because Services and pods are named after it'""")
public final class MySQLMultiMaster
    extends CustomResource<MySQLMultiMasterSpec, MySQLMultiMasterStatus> implements Namespaced {}
