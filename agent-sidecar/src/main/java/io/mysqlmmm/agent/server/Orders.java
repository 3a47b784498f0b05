package io.mysqlmmm.agent.server;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mysqlmmm.shared.agent.Order;
import java.io.IOException;

/** Reads orders; one with a part missing is no order. */
final class Orders {
  private Orders() {}

  static Order parse(ObjectMapper mapper, byte[] body) throws IOException {
    Order order = mapper.readValue(body, Order.class);
    // Jackson leaves an absent component null, whatever the type says: find any.
    if (order == null || hasNull(mapper.valueToTree(order))) {
      throw new JsonParseException(null, "a part of the order is missing");
    }
    return order;
  }

  static boolean hasNull(JsonNode node) {
    if (node.isNull()) {
      return true;
    }
    for (JsonNode child : node) {
      if (hasNull(child)) {
        return true;
      }
    }
    return false;
  }

  static String at(JsonProcessingException e) {
    JsonLocation place = e.getLocation();
    return place == null
        ? ""
        : " at line %d, column %d".formatted(place.getLineNr(), place.getColumnNr());
  }
}
