package io.mysqlmmm.kubectl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mysqlmmm.kubectl.cluster.ClusterException;
import io.mysqlmmm.kubectl.cluster.ClusterException.Kind;
import io.mysqlmmm.kubectl.cluster.Pair;
import io.mysqlmmm.kubectl.cluster.Pairs;

/**
 * Changes an element of a list in the spec while others may change the list. A JSON patch reaches
 * elements by position only, so each patch tests first that its element is still the one meant;
 * refused for that, it is made anew from a fresh read.
 */
final class Edits {
  /** Each further try means that somebody else wrote in between, within milliseconds. */
  private static final int TRIES = 5;

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Pairs pairs;

  /** The operations of a change, made from the resource as it is. */
  interface Edit {
    ArrayNode on(Pair pair) throws ClusterException;
  }

  Edits(Pairs pairs) {
    this.pairs = pairs;
  }

  /** The resource right after the change. */
  Pair apply(Pair seen, Edit edit) throws ClusterException {
    Pair pair = seen;
    ArrayNode operations = edit.on(pair);
    for (int tries = 1; ; tries++) {
      try {
        return pairs.edit(pair.key(), operations);
      } catch (ClusterException e) {
        boolean perhapsChanged = e.kind() == Kind.REJECTED || e.kind() == Kind.CONFLICT;
        if (!perhapsChanged || tries == TRIES) {
          throw e;
        }
        pair = pairs.get(pair.key());
        ArrayNode anew = edit.on(pair);
        if (e.kind() == Kind.REJECTED && anew.equals(operations)) {
          // The list is as it was: it is the change itself that is refused.
          throw e;
        }
        operations = anew;
      }
    }
  }

  /** Where a host is in spec.hosts, as a JSON pointer. */
  static String pointer(Pair pair, String host) throws ClusterException {
    JsonNode hosts = pair.json().at("/spec/hosts");
    for (int i = 0; i < hosts.size(); i++) {
      if (hosts.path(i).path("name").asText("").equals(host)) {
        return "/spec/hosts/" + i;
      }
    }
    throw new ClusterException(
        Kind.NOT_FOUND, "Host '%s' has just been removed from the resource.".formatted(host));
  }

  /** The operations on a host, with the test that it is that host. */
  static ArrayNode onHost(Pair pair, String host) throws ClusterException {
    return add(JSON.arrayNode(), "test", pointer(pair, host) + "/name", JSON.textNode(host));
  }

  static ArrayNode add(ArrayNode operations, String op, String path, JsonNode value) {
    ObjectNode operation = operations.addObject().put("op", op).put("path", path);
    operation.set("value", value);
    return operations;
  }

  static ArrayNode remove(ArrayNode operations, String path) {
    operations.addObject().put("op", "remove").put("path", path);
    return operations;
  }
}
