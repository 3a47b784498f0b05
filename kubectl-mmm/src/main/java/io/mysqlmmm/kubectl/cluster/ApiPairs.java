package io.mysqlmmm.kubectl.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mysqlmmm.api.v1alpha1.MoveRoleRequest;
import io.mysqlmmm.kubectl.cluster.ClusterException.Kind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** {@link Pairs} of an API server. */
public final class ApiPairs implements Pairs {
  private static final String API = "/apis/mysqlmmm.io/v1alpha1";
  private static final String RESOURCE = "/mysqlmultimasters";
  private static final Comparator<Pair> BY_KEY =
      Comparator.comparing((Pair pair) -> pair.key().namespace())
          .thenComparing(pair -> pair.key().name());

  private final ApiServer server;

  public ApiPairs(ApiServer server) {
    this.server = server;
  }

  @Override
  public List<Pair> list(String namespace) throws ClusterException {
    return parseList(server.get(collection(namespace)));
  }

  @Override
  public List<Pair> listAll() throws ClusterException {
    return parseList(server.get(API + RESOURCE));
  }

  @Override
  public Pair get(Pair.Key key) throws ClusterException {
    return Pair.parse(server.get(path(key)));
  }

  @Override
  public Pair requestMove(Pair.Key key, MoveRoleRequest request) throws ClusterException {
    // Nulls are written on purpose: a merge patch keeps what it does not name, and an earlier
    // request's force must not stay.
    ObjectNode patch = ApiServer.JSON.createObjectNode();
    patch.putObject("spec").set("moveRole", ApiServer.JSON.valueToTree(request));
    return Pair.parse(server.mergePatch(path(key), patch));
  }

  @Override
  public Pair setMode(Pair.Key key, String mode) throws ClusterException {
    ObjectNode patch = ApiServer.JSON.createObjectNode();
    patch.putObject("spec").put("mode", mode);
    return Pair.parse(server.mergePatch(path(key), patch));
  }

  @Override
  public Pair edit(Pair.Key key, ArrayNode operations) throws ClusterException {
    return Pair.parse(server.jsonPatch(path(key), operations));
  }

  @Override
  public Changes watch(Pair.Key key, String version) throws ClusterException {
    String query =
        "?watch=true&fieldSelector=%s&resourceVersion=%s"
            .formatted(encode("metadata.name=" + key.name()), encode(version));
    return new WatchChanges(server.watch(collection(key.namespace()) + query));
  }

  private static String collection(String namespace) {
    return API + "/namespaces/" + encode(namespace) + RESOURCE;
  }

  private static String path(Pair.Key key) {
    return collection(key.namespace()) + "/" + encode(key.name());
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static List<Pair> parseList(JsonNode list) throws ClusterException {
    List<Pair> pairs = new ArrayList<>();
    for (JsonNode item : list.path("items")) {
      pairs.add(Pair.parse(item));
    }
    pairs.sort(BY_KEY);
    return pairs;
  }

  /** Reads a watch's lines: one event each, as {@code {"type": …, "object": …}}. */
  private record WatchChanges(Lines lines) implements Changes {
    @Override
    public Optional<Change> next(Duration atMost) throws ClusterException {
      try {
        Optional<Lines.Next> next = lines.next(atMost);
        return next.isPresent() ? Optional.of(change(next.get())) : Optional.empty();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ClusterException(Kind.UNREACHABLE, "Interrupted.", e);
      }
    }

    private static Change change(Lines.Next next) throws ClusterException {
      return switch (next) {
        case Lines.Next.End() -> new Change.Ended();
        case Lines.Next.Line(String text) -> event(text);
      };
    }

    private static Change event(String text) throws ClusterException {
      try {
        JsonNode event = ApiServer.JSON.readTree(text);
        return switch (event.path("type").asText("")) {
          case "ADDED", "MODIFIED" -> new Change.Updated(Pair.parse(event.path("object")));
          case "DELETED" -> new Change.Deleted();
          // ERROR, most often 410 Gone: the version is too old to go on from.
          default -> new Change.Ended();
        };
      } catch (JsonProcessingException e) {
        // The connection was cut in the middle of a line.
        return new Change.Ended();
      }
    }

    @Override
    public void close() {
      lines.close();
    }
  }
}
