package io.mysqlmmm.kubectl;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** RFC 6902, as far as the plugin uses it. */
final class JsonPatch {
  private JsonPatch() {}

  /** The patched copy; empty when an operation does not fit. */
  static Optional<ObjectNode> apply(ObjectNode target, JsonNode operations) {
    ObjectNode copy = target.deepCopy();
    for (JsonNode operation : operations) {
      if (!fits(copy, operation)) {
        return Optional.empty();
      }
    }
    return Optional.of(copy);
  }

  private static boolean fits(ObjectNode target, JsonNode operation) {
    JsonPointer path = JsonPointer.compile(operation.path("path").asText());
    JsonNode parent = target.at(path.head());
    String last = path.last().getMatchingProperty();
    JsonNode value = operation.path("value");
    boolean there = !target.at(path).isMissingNode();
    return switch (operation.path("op").asText()) {
      case "test" -> target.at(path).equals(value);
      case "remove" -> there && parent instanceof ObjectNode object && object.remove(last) != null;
      case "replace" -> there && put(parent, last, value, true);
      case "add" -> put(parent, last, value, false);
      default -> throw new IllegalArgumentException(operation.toString());
    };
  }

  private static boolean put(JsonNode parent, String last, JsonNode value, boolean replace) {
    if (parent instanceof ObjectNode object) {
      object.set(last, value);
      return true;
    }
    if (!(parent instanceof ArrayNode array)) {
      return false;
    }
    if (last.equals("-")) {
      array.add(value);
    } else if (replace) {
      array.set(Integer.parseInt(last), value);
    } else {
      array.insert(Integer.parseInt(last), value);
    }
    return true;
  }
}
