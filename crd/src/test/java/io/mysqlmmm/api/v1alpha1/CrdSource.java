package io.mysqlmmm.api.v1alpha1;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The CRD as the API types define it. */
final class CrdSource {

  private static final String HEADER =
      "# Generated from crd/src/main/java/io/mysqlmmm/api/v1alpha1 by `make generate`: do not edit.\n";

  /** What the API server itself accepts as a quantity (apimachinery, resource/quantity.go). */
  private static final String QUANTITY =
      "^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+"
          + "(\\.[0-9]*)?)|(\\.[0-9]+))))?$";

  private CrdSource() {}

  /** The CRD as YAML; the same types give the same bytes. */
  static String yaml() {
    InMemory output = new InMemory();
    new CRDGenerator()
        .customResourceClasses(List.of(MySQLMultiMaster.class))
        .forCRDVersions("v1")
        .withMinQuotes(true)
        .withPostProcessor(new Finish())
        .withOutput(output)
        .generate();
    String text = output.bytes.toString(StandardCharsets.UTF_8);
    return HEADER + text.substring(text.indexOf('\n') + 1);
  }

  static CustomResourceDefinition crd() {
    return new KubernetesSerialization().unmarshal(yaml(), CustomResourceDefinition.class);
  }

  /** What the annotations cannot say. */
  private static final class Finish implements CRDPostProcessor {

    @Override
    public HasMetadata process(HasMetadata generated, String crdSpecVersion) {
      CustomResourceDefinition crd = (CustomResourceDefinition) generated;
      for (CustomResourceDefinitionVersion version : crd.getSpec().getVersions()) {
        JSONSchemaProps root = version.getSchema().getOpenAPIV3Schema();
        root.setDescription(
            "A pair of MySQL masters that replicate from each other, its roles and their virtual"
                + " IPs.");
        root.setRequired(List.of("spec"));
        describe(root, "spec", "What is wanted.");
        describe(root, "status", "What was seen and decided.");
        walk(root, CrdSource::boundQuantity);
        walk(root, CrdSource::spellOutDefault);
        version.getAdditionalPrinterColumns().sort(Comparator.comparingInt(CrdSource::position));
      }
      return crd;
    }
  }

  private static void describe(JSONSchemaProps parent, String property, String description) {
    parent
        .getProperties()
        .computeIfPresent(
            property,
            (_, schema) -> {
              schema.setDescription(description);
              return schema;
            });
  }

  private static void walk(JSONSchemaProps schema, Consumer<JSONSchemaProps> visit) {
    visit.accept(schema);
    Map<String, JSONSchemaProps> properties = schema.getProperties();
    if (properties != null) {
      properties.values().forEach(child -> walk(child, visit));
    }
    if (schema.getItems() != null && schema.getItems().getSchema() != null) {
      walk(schema.getItems().getSchema(), visit);
    }
    if (schema.getAdditionalProperties() != null
        && schema.getAdditionalProperties().getSchema() != null) {
      walk(schema.getAdditionalProperties().getSchema(), visit);
    }
  }

  private static void boundQuantity(JSONSchemaProps schema) {
    if (Boolean.TRUE.equals(schema.getXKubernetesIntOrString())) {
      schema.setPattern(QUANTITY);
    }
  }

  /** An API server checks a default by itself, before the defaults below it are filled in. */
  private static void spellOutDefault(JSONSchemaProps schema) {
    if (schema.getDefault() instanceof ObjectNode whole) {
      schema
          .getProperties()
          .forEach(
              (name, part) -> {
                if (part.getDefault() != null) whole.putIfAbsent(name, part.getDefault());
              });
    }
  }

  /** The generator sorts the columns by path; the annotations' order is the one meant. */
  private static int position(CustomResourceColumnDefinition column) {
    return Stream.of(MySQLMultiMaster.class.getAnnotationsByType(AdditionalPrinterColumn.class))
        .map(AdditionalPrinterColumn::name)
        .toList()
        .indexOf(column.getName());
  }

  private static final class InMemory implements CRDGenerator.CRDOutput<OutputStream> {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public OutputStream outputFor(String crdName) {
      return bytes;
    }

    @Override
    public void close() {}
  }
}
