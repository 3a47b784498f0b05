package io.mysqlmmm.kubectl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mysqlmmm.kubectl.cluster.TestResources;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * As much of an API server as the plugin speaks to, in this JVM, over plain HTTP: list, get, merge
 * and JSON patch, and watches that replay every change after the version asked for, as the real one
 * does.
 */
final class FakeApiServer implements AutoCloseable {
  private static final String API = "/apis/mysqlmmm.io/v1alpha1/";
  private static final String LEASE =
      "/apis/coordination.k8s.io/v1/namespaces/mysql-mmm-system/leases/mysql-mmm-operator";

  /** As Kubernetes 1.36 says it; it does not say which operation failed. */
  private static final String TEST_FAILED =
      """
      {"kind": "Status", "code": 422, "reason": "Invalid",
       "message": "the server rejected our request due to an error in our request"}
      """;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A change of a resource: its name and how a watch tells of it. */
  private record Event(String name, int version, String line) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, ObjectNode> resources = new LinkedHashMap<>();
  private final List<Event> events = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();
  private final List<Runnable> atWatch = new ArrayList<>();
  private final Deque<Runnable> beforePatch = new ArrayDeque<>();
  private Headers headers = new Headers();
  private int leaseStatus = 404;
  private String lease = "{}";
  private Consumer<ObjectNode> operator = resource -> {};
  private int version = 100;
  private int watchesToCut;
  private int watches;
  private boolean closed;

  FakeApiServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  synchronized void put(String yaml) {
    ObjectNode resource = (ObjectNode) TestResources.json(yaml);
    store(resource);
  }

  /** What an operator does right when a resource is patched, before the patch is answered. */
  synchronized void whenPatched(Consumer<ObjectNode> reaction) {
    operator = reaction;
  }

  /** Runs right before a patch: called again, before the one after that, and so on. */
  synchronized void beforePatch(Runnable intruder) {
    beforePatch.add(intruder);
  }

  /** The operator's Lease, or how else its address answers. */
  synchronized void lease(int status, String body) {
    leaseStatus = status;
    lease = body;
  }

  /** Runs when the next watch begins; called again, the one after that, and so on. */
  synchronized void whenWatched(Runnable reaction) {
    atWatch.add(reaction);
  }

  /** Ends the next watches right after their headers. */
  synchronized void cutWatches(int count) {
    watchesToCut = count;
  }

  /** Merges changes into a resource and tells the watches. */
  synchronized void change(String name, String... yamls) {
    ObjectNode changed = resource(name);
    for (String yaml : yamls) {
      changed = TestResources.merged(changed, yaml);
    }
    store(changed);
  }

  synchronized JsonNode get(String name) {
    return resource(name).deepCopy();
  }

  private synchronized ObjectNode resource(String name) {
    return Objects.requireNonNull(resources.get(name));
  }

  /** Requests in order, as METHOD PATH?QUERY. */
  synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  /** Of the last request. */
  synchronized String lastHeader(String name) {
    return headers.getFirst(name);
  }

  private synchronized String store(ObjectNode resource) {
    version++;
    resource.withObject("/metadata").put("resourceVersion", Integer.toString(version));
    String name = resource.at("/metadata/name").asText();
    resources.put(name, resource);
    events.add(new Event(name, version, "{\"type\":\"MODIFIED\",\"object\":" + resource + "}\n"));
    notifyAll();
    return resource.toString();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    synchronized (this) {
      headers = exchange.getRequestHeaders();
      requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    }
    String name = path.substring(path.lastIndexOf('/') + 1);
    if (path.equals(LEASE)) {
      send(exchange, leaseStatus, lease);
    } else if (!path.startsWith(API)) {
      send(exchange, 404, "404 page not found");
    } else if (query.contains("watch=true")) {
      watch(exchange, query);
    } else if (name.equals("mysqlmultimasters")) {
      send(exchange, 200, list(path));
    } else if (!has(name)) {
      send(exchange, 404, notFound(name));
    } else if (exchange.getRequestMethod().equals("PATCH")) {
      answerPatch(exchange, name, body);
    } else {
      send(exchange, 200, get(name).toString());
    }
  }

  private synchronized boolean has(String name) {
    return resources.containsKey(name);
  }

  private static String notFound(String name) {
    return """
    {"kind": "Status", "code": 404, "details": {"name": "%1$s"},
     "message": "mysqlmultimasters.mysqlmmm.io \\"%1$s\\" not found"}
    """
        .formatted(name);
  }

  private synchronized String list(String path) {
    ObjectNode list = JSON.createObjectNode().put("kind", "MySQLMultiMasterList");
    list.putArray("items")
        .addAll(
            resources.values().stream()
                .filter(
                    resource ->
                        !path.contains("/namespaces/")
                            || path.contains(
                                "/namespaces/" + resource.at("/metadata/namespace").asText() + "/"))
                .toList());
    return list.toString();
  }

  private void answerPatch(HttpExchange exchange, String name, String body) {
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    Optional<String> answer = patch(name, body, "application/json-patch+json".equals(type));
    send(exchange, answer.isPresent() ? 200 : 422, answer.orElse(TEST_FAILED));
  }

  /** Empty: the patch does not fit the resource. */
  private synchronized Optional<String> patch(String name, String body, boolean operations) {
    Runnable intruder = beforePatch.poll();
    if (intruder != null) {
      intruder.run();
    }
    ObjectNode old = resource(name);
    Optional<ObjectNode> changed =
        operations
            ? JsonPatch.apply(old, TestResources.json(body))
            : Optional.of(TestResources.merged(old, body));
    if (changed.isEmpty()) {
      return Optional.empty();
    }
    if (!changed.get().at("/spec").equals(old.at("/spec"))) {
      ObjectNode metadata = changed.get().withObject("/metadata");
      metadata.put("generation", metadata.path("generation").asLong() + 1);
    }
    String answer = store(changed.get());
    operator.accept(resource(name));
    return Optional.of(answer);
  }

  private void watch(HttpExchange exchange, String query) throws IOException {
    int seen = Integer.parseInt(query.replaceAll(".*resourceVersion=(\\d+).*", "$1"));
    String name = query.replaceAll(".*metadata\\.name=([^&]+).*", "$1");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      out.flush();
      if (begin()) {
        return;
      }
      while (true) {
        List<Event> next = await(name, seen);
        if (next.isEmpty()) {
          return;
        }
        for (Event event : next) {
          out.write(event.line().getBytes(StandardCharsets.UTF_8));
          seen = event.version();
        }
        out.flush();
      }
    }
  }

  /** Counts a watch; whether it is to be cut. */
  private boolean begin() {
    Runnable reaction;
    boolean cut;
    synchronized (this) {
      reaction = watches < atWatch.size() ? atWatch.get(watches) : () -> {};
      cut = watches < watchesToCut;
      watches++;
    }
    reaction.run();
    return cut;
  }

  /** The changes after a version; empty once the server closes. */
  private synchronized List<Event> await(String name, int seen) {
    while (!closed) {
      List<Event> next =
          events.stream().filter(e -> e.name().equals(name) && e.version() > seen).toList();
      if (!next.isEmpty()) {
        return next;
      }
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return List.of();
      }
    }
    return List.of();
  }

  private static void send(HttpExchange exchange, int status, String text) {
    try (OutputStream out = exchange.getResponseBody()) {
      exchange.sendResponseHeaders(status, 0);
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    server.stop(0);
    threads.shutdownNow();
  }
}
