package io.mysqlmmm.api.v1alpha1;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The fields of the resource as a page for people, made from the CRD: one table for each object,
 * the rules that the API server checks below it.
 */
final class FieldReference {

  /** Kubernetes' own types, described by Kubernetes. */
  private static final String RESOURCES =
      "[ResourceRequirements](https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/)";

  private final StringBuilder page = new StringBuilder();

  private FieldReference() {}

  static String of(CustomResourceDefinition crd) {
    FieldReference reference = new FieldReference();
    JSONSchemaProps root = crd.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
    reference.line("<!-- Generated from the CRD by `make generate`: do not edit. -->");
    reference.line("# MySQLMultiMaster: fields, defaults, rules");
    reference.line("");
    reference.line(
        "`apiVersion: mysqlmmm.io/v1alpha1`, short name `mmm`. "
            + Objects.requireNonNullElse(root.getDescription(), ""));
    reference.line(
        "The API server checks the constraints before it stores a resource; its answer names the"
            + " value at fault. Kubernetes 1.32 or later understands them.");
    reference.rulesOfTheWhole(root);
    root.getProperties().forEach((name, child) -> reference.section(name, child));
    reference.refusedSettings();
    return reference.page.toString();
  }

  private void section(String path, JSONSchemaProps object) {
    line("");
    line("## " + path);
    if (object.getDescription() != null) {
      line("");
      line(object.getDescription());
    }
    line("");
    line("| Field | Type | Default | Constraint | Description |");
    line("| --- | --- | --- | --- | --- |");
    object.getProperties().forEach((name, field) -> line(row(path, name, object, field)));
    rulesOfTheWhole(object);
    object.getProperties().forEach((name, field) -> subsection(path + "." + name, field));
  }

  private void subsection(String path, JSONSchemaProps field) {
    if (isResources(field)) {
      return;
    }
    if (!field.getProperties().isEmpty()) {
      section(path, field);
    } else if (isList(field) && !item(field).getProperties().isEmpty()) {
      section(path + "[]", item(field));
    }
  }

  private static String row(
      String path, String name, JSONSchemaProps object, JSONSchemaProps field) {
    return Stream.of(
            "`" + path + "." + name + "`",
            type(field),
            field.getDefault() == null || field.getDefault().isObject()
                ? ""
                : "`" + field.getDefault().asText() + "`",
            constraint(name, field, object),
            Objects.requireNonNullElse(field.getDescription(), ""))
        .map(cell -> cell.replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static String type(JSONSchemaProps field) {
    if (isResources(field)) {
      return RESOURCES;
    }
    if (isList(field)) {
      return "list of " + type(item(field));
    }
    if (field.getAdditionalProperties() != null) {
      return "map of " + type(field.getAdditionalProperties().getSchema());
    }
    return field.getType();
  }

  private static String constraint(String name, JSONSchemaProps field, JSONSchemaProps object) {
    List<String> parts = new ArrayList<>();
    if (object.getRequired().contains(name)) {
      parts.add("required");
    }
    if (field.getMinimum() != null && field.getMaximum() != null) {
      parts.add(
          "%d to %d".formatted(field.getMinimum().longValue(), field.getMaximum().longValue()));
    }
    atMost(parts, field.getMaxItems(), "items");
    atMost(parts, field.getMaxProperties(), "entries");
    List<String> rules = rulesAt("." + name, object);
    if (rules.isEmpty()) {
      atMost(parts, field.getMaxLength(), "characters");
    }
    parts.addAll(rules);
    return String.join("<br>", parts);
  }

  private static void atMost(List<String> parts, @Nullable Long limit, String of) {
    if (limit != null) {
      parts.add("at most " + limit + " " + of);
    }
  }

  private void rulesOfTheWhole(JSONSchemaProps object) {
    List<String> rules = rulesAt("", object);
    if (!rules.isEmpty()) {
      line("");
      rules.forEach(rule -> line("- " + rule));
    }
  }

  /** Messages of the rules about a field; about the object as a whole for an empty path. */
  private static List<String> rulesAt(String fieldPath, JSONSchemaProps object) {
    return object.getXKubernetesValidations().stream()
        .filter(rule -> fieldPath.equals(Objects.requireNonNullElse(rule.getFieldPath(), "")))
        .map(ValidationRule::getMessage)
        .toList();
  }

  private void refusedSettings() {
    line("");
    line("## Settings of mysqld that are refused");
    line("");
    line(
        "`spec.mysql.config` takes any mysqld setting but these. Names are compared as mysqld reads"
            + " them: case, dash or underscore, the prefixes loose, skip, enable, disable and"
            + " maximum make no difference, and abbreviations are refused too.");
    line("");
    line("By name: " + quoted(RefusedSettings.NAMES, "") + ".");
    line("");
    line("With all that begins so: " + quoted(RefusedSettings.FAMILIES, "…") + ".");
  }

  private static String quoted(String celList, String suffix) {
    return Stream.of(celList.replaceAll("[\\[\\]' \n]", "").split(",", -1))
        .map(name -> "`" + name + suffix + "`")
        .collect(Collectors.joining(", "));
  }

  private static boolean isList(JSONSchemaProps field) {
    return field.getItems() != null && field.getItems().getSchema() != null;
  }

  private static JSONSchemaProps item(JSONSchemaProps list) {
    return list.getItems().getSchema();
  }

  private static boolean isResources(JSONSchemaProps field) {
    return field.getProperties().containsKey("requests")
        && field.getProperties().containsKey("limits");
  }

  private void line(String text) {
    page.append(text).append('\n');
  }
}
