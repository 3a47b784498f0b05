import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * Stands in for the API server in a training run: keeps what it is given and gives it back. No
 * validation, no conflicts, no controllers; a watch tells what is put there.
 */
final class ApiStandIn implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private record Watch(String paths, OutputStream out) {}

  private final Map<String, ObjectNode> objects = new TreeMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpsServer server;
  private final List<Watch> watches = new ArrayList<>();
  private final CountDownLatch statusWritten = new CountDownLatch(1);
  private int version = 1;

  ApiStandIn(SSLContext tls) throws IOException {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Puts an object there; {@code path} is its own, as {@code /api/v1/nodes/node1}. */
  synchronized ObjectNode put(String path, ObjectNode object) {
    ObjectNode meta = object.withObject("/metadata");
    meta.put("resourceVersion", Integer.toString(++version));
    if (!meta.has("uid")) {
      meta.put("uid", UUID.nameUUIDFromBytes(path.getBytes(UTF_8)).toString());
      meta.put("creationTimestamp", "2026-01-01T00:00:00Z").put("generation", 1);
    }
    object
        .withObject("/stringData")
        .properties()
        .forEach(e -> object.withObject("/data").put(e.getKey(), base64(e.getValue())));
    object.remove("stringData");
    tellWatches(path, object, objects.put(path, object) == null);
    return object;
  }

  private static byte[] base64(JsonNode text) {
    return text.asText().getBytes(UTF_8); // Jackson writes bytes as base64
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    byte[] body = exchange.getRequestBody().readAllBytes();
    switch (exchange.getRequestMethod()) {
      case "GET" -> {
        if (query.contains("watch=true")) {
          watch(exchange, path);
        } else {
          get(exchange, path);
        }
      }
      case "POST" -> {
        ObjectNode object = (ObjectNode) JSON.readTree(body);
        ObjectNode meta = object.withObject("/metadata");
        String name = meta.path("name").asText(meta.path("generateName").asText() + version);
        send(exchange, 201, put(path + "/" + name, object.deepCopy()));
      }
      case "PUT", "PATCH" -> send(exchange, 200, change(path, (ObjectNode) JSON.readTree(body)));
      default -> send(exchange, 200, JSON.createObjectNode().put("kind", "Status"));
    }
  }

  /** Waits until somebody has written a status; whether that was so. */
  boolean awaitStatus(Duration bound) throws InterruptedException {
    return statusWritten.await(bound.toMillis(), TimeUnit.MILLISECONDS);
  }

  private synchronized ObjectNode change(String path, ObjectNode with) {
    if (path.endsWith("/status")) {
      statusWritten.countDown();
    }
    String object = path.replaceFirst("/status$", "");
    ObjectNode before = objects.getOrDefault(object, JSON.createObjectNode());
    ObjectNode meta =
        before.path("metadata").deepCopy() instanceof ObjectNode m ? m : JSON.createObjectNode();
    with.withObject("/metadata").remove("resourceVersion");
    meta.setAll(with.withObject("/metadata"));
    ObjectNode after = before.deepCopy();
    after.setAll(with);
    after.set("metadata", meta);
    return after.equals(before) ? before : put(object, after);
  }

  private void get(HttpExchange exchange, String path) throws IOException {
    ObjectNode found;
    synchronized (this) {
      found = objects.get(path);
    }
    if (found != null) {
      send(exchange, 200, found);
    } else if (path.matches(
        "/api/v1(/namespaces/[^/]+)?/[^/]+|/apis/[^/]+/[^/]+(/namespaces/[^/]+)?/[^/]+")) {
      send(exchange, 200, list(path));
    } else {
      ObjectNode status = JSON.createObjectNode().put("kind", "Status").put("apiVersion", "v1");
      send(
          exchange,
          404,
          status.put("status", "Failure").put("reason", "NotFound").put("code", 404));
    }
  }

  private synchronized ObjectNode list(String path) {
    ObjectNode list = JSON.createObjectNode();
    list.put("kind", "List").put("apiVersion", "v1");
    list.withObject("/metadata").put("resourceVersion", Integer.toString(version));
    String pattern = below(path);
    objects.entrySet().stream()
        .filter(e -> e.getKey().matches(pattern))
        .forEach(e -> list.withArray("/items").add(e.getValue()));
    list.withArray("/items");
    return list;
  }

  /** A client that wants a WebSocket learns from an empty 200 to do without. */
  private void watch(HttpExchange exchange, String path) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    boolean socket = exchange.getRequestHeaders().containsKey("Upgrade");
    exchange.sendResponseHeaders(200, socket ? -1 : 0);
    if (socket) {
      exchange.close();
      return;
    }
    synchronized (this) {
      exchange.getResponseBody().flush();
      watches.add(
          new Watch(below(path), exchange.getResponseBody())); // open until the server stops
    }
  }

  private void tellWatches(String path, ObjectNode object, boolean isNew) {
    ObjectNode event = JSON.createObjectNode().put("type", isNew ? "ADDED" : "MODIFIED");
    String line = event.set("object", object) + "\n";
    for (Watch watch : watches) {
      if (path.matches(watch.paths())) {
        try {
          watch.out().write(line.getBytes(UTF_8));
          watch.out().flush();
        } catch (IOException _) {
          // The client is gone.
        }
      }
    }
  }

  /** What a collection holds, in all namespaces or in its own. */
  private static String below(String path) {
    return path.replaceFirst("/([^/]+)$", "(/namespaces/[^/]+)?/$1/[^/]+");
  }

  private static void send(HttpExchange exchange, int status, ObjectNode object)
      throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(object);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
