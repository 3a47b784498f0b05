package io.mysqlmmm.kubectl.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The structure that the CRD demands: known fields, types, required fields, lengths and bounds. Its
 * CEL rules are checked by an API server (AdmissionE2E), for the same manifest.
 */
final class CrdSchema {
  private final List<String> problems = new ArrayList<>();

  private CrdSchema() {}

  /** What is wrong with the resource's spec; empty when nothing is. */
  static List<String> problems(JsonNode resource) throws IOException {
    JsonNode crd =
        new YAMLMapper()
            .readTree(
                Installation.repository()
                    .resolve("charts/mysql-mmm/files/mysqlmultimasters.mysqlmmm.io.yaml")
                    .toFile());
    CrdSchema schema = new CrdSchema();
    schema.check(
        resource.path("spec"),
        crd.at("/spec/versions/0/schema/openAPIV3Schema/properties/spec"),
        "spec");
    return schema.problems;
  }

  private void check(JsonNode value, JsonNode schema, String path) {
    switch (schema.path("type").asText()) {
      case "object" -> checkObject(value, schema, path);
      case "array" -> checkArray(value, schema, path);
      case "string" -> {
        expect(value.isTextual(), path, "is no string");
        expect(value.asText().length() <= max(schema, "maxLength"), path, "is too long");
      }
      case "integer" -> {
        expect(value.isInt(), path, "is no integer");
        expect(value.asInt() >= schema.path("minimum").asInt(0), path, "is too small");
        expect(value.asInt() <= max(schema, "maximum"), path, "is too large");
      }
      case "boolean" -> expect(value.isBoolean(), path, "is no boolean");
      default -> problems.add(path + " has a type that this check does not know");
    }
  }

  private void checkObject(JsonNode value, JsonNode schema, String path) {
    expect(value.isObject(), path, "is no object");
    for (JsonNode required : schema.path("required")) {
      expect(value.has(required.asText()), path, "lacks " + required.asText());
    }
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      String child = path + "." + field.getKey();
      JsonNode known = schema.path("properties").path(field.getKey());
      expect(known.isObject(), child, "is unknown");
      if (known.isObject()) {
        check(field.getValue(), known, child);
      }
    }
  }

  private void checkArray(JsonNode value, JsonNode schema, String path) {
    expect(value.isArray(), path, "is no list");
    expect(value.size() <= max(schema, "maxItems"), path, "has too many items");
    for (int i = 0; i < value.size(); i++) {
      check(value.path(i), schema.path("items"), path + "[" + i + "]");
    }
  }

  private static int max(JsonNode schema, String bound) {
    return schema.path(bound).asInt(Integer.MAX_VALUE);
  }

  private void expect(boolean holds, String path, String otherwise) {
    if (!holds) {
      problems.add(path + " " + otherwise);
    }
  }
}
