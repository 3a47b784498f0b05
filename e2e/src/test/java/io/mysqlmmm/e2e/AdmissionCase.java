package io.mysqlmmm.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.zjsonpatch.JsonPatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The sample pair with one patch, and what the API server is to say to it.
 *
 * @param patch RFC 6902
 * @param field the cause's field; empty when the manifest is to be accepted
 * @param says the end of the cause's message; empty when the manifest is to be accepted
 */
record AdmissionCase(String name, JsonNode patch, String field, String says) {

  private static final KubernetesSerialization YAML = new KubernetesSerialization();
  private static final Path MODULE = Path.of("").toAbsolutePath();

  /** The cases of a file below src/test/resources/admission. */
  static Stream<AdmissionCase> in(String file) {
    return items(file)
        .map(
            node ->
                new AdmissionCase(
                    node.get("case").asText(),
                    node.get("patch"),
                    node.path("field").asText(""),
                    node.path("says").asText("")));
  }

  /** One case for each setting of mysqld that is refused. */
  static Stream<AdmissionCase> refusedSettings() {
    return items("refused-settings.yaml")
        .map(JsonNode::asText)
        .map(
            setting ->
                new AdmissionCase(
                    setting,
                    adding("/spec/mysql/config/" + setting, "1"),
                    "spec.mysql.config",
                    "mysql.config sets \""
                        + setting
                        + "\", which the operator sets itself because safety rests on it: remove"
                        + " it"));
  }

  boolean isRefused() {
    return !says.isEmpty();
  }

  /** The patched sample. */
  JsonNode manifest() {
    return JsonPatch.apply(patch, sample());
  }

  /** samples/pair.yaml. */
  static JsonNode sample() {
    return read(MODULE.resolveSibling("samples").resolve("pair.yaml"));
  }

  /** The same with a volume claim for each host, as another pair. */
  static JsonNode sampleOnClaims() {
    return JsonPatch.apply(list("on-claims.yaml"), sample());
  }

  private static JsonNode adding(String path, String value) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return json.arrayNode()
        .add(json.objectNode().put("op", "add").put("path", path).put("value", value));
  }

  private static Stream<JsonNode> items(String file) {
    return StreamSupport.stream(list(file).spliterator(), false);
  }

  private static JsonNode list(String file) {
    return read(MODULE.resolve("src/test/resources/admission").resolve(file));
  }

  private static JsonNode read(Path file) {
    try {
      return YAML.unmarshal(Files.readString(file), JsonNode.class);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
