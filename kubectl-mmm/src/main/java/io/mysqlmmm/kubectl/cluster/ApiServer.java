package io.mysqlmmm.kubectl.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.mysqlmmm.kubectl.cluster.ClusterException.Kind;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Requests to one API server. Every request but a watch ends within the request timeout; an answer
 * that is not a success becomes a {@link ClusterException} with the API server's own sentence.
 */
public final class ApiServer implements AutoCloseable {
  /** Reads no annotations, which takes a cold JVM long: records need none. Unknown fields pass. */
  static final ObjectMapper JSON =
      JsonMapper.builder()
          .disable(MapperFeature.USE_ANNOTATIONS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private static final Duration CLOSE_WITHIN = Duration.ofMillis(500);
  private static final String AGENT = "kubectl-mmm";

  private final ClusterAccess access;
  private final Duration timeout;
  private final HttpClient http;

  /**
   * @param timeout bound on each request; zero: none
   */
  public ApiServer(ClusterAccess access, Environment environment, Duration timeout)
      throws ClusterException {
    this.access = access;
    this.timeout = timeout;
    this.http = client(access, environment, timeout);
  }

  private static HttpClient client(ClusterAccess access, Environment environment, Duration timeout)
      throws ClusterException {
    HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
    if ("https".equals(access.server().getScheme())) {
      builder.sslContext(Tls.context(access));
    }
    if (timeout.isPositive()) {
      builder.connectTimeout(timeout);
    }
    ProxyRules.choose(access, environment).ifPresent(builder::proxy);
    return builder.build();
  }

  /** The namespace to use when none is named. */
  public String namespace() {
    return access.namespace();
  }

  JsonNode get(String path) throws ClusterException {
    return parse(send(request(path).GET().build(), BodyHandlers.ofString()));
  }

  JsonNode mergePatch(String path, JsonNode patch) throws ClusterException {
    return patch(path, patch, "application/merge-patch+json");
  }

  JsonNode jsonPatch(String path, JsonNode operations) throws ClusterException {
    return patch(path, operations, "application/json-patch+json");
  }

  private JsonNode patch(String path, JsonNode patch, String type) throws ClusterException {
    HttpRequest request =
        request(path)
            .header("Content-Type", type)
            .method("PATCH", BodyPublishers.ofString(patch.toString()))
            .build();
    return parse(send(request, BodyHandlers.ofString()));
  }

  /** Starts a watch; its lines come as the API server sends them, until either side ends it. */
  Lines watch(String path) throws ClusterException {
    HttpResponse<Publisher<List<ByteBuffer>>> response =
        send(request(path).GET().build(), BodyHandlers.ofPublisher());
    if (response.statusCode() != 200) {
      BodySubscriber<String> refusal = BodySubscribers.ofString(StandardCharsets.UTF_8);
      response.body().subscribe(refusal);
      String body = await(refusal.getBody().toCompletableFuture());
      throw Refusal.explain(response.statusCode(), body);
    }
    Lines lines = new Lines();
    response.body().subscribe(BodySubscribers.fromLineSubscriber(lines));
    return lines;
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(access.server() + path))
            .header("Accept", "application/json")
            .header("User-Agent", AGENT);
    access.identity().authorization().ifPresent(value -> builder.header("Authorization", value));
    access
        .identity()
        .impersonation()
        .forEach(header -> builder.header(header.name(), header.value()));
    return builder;
  }

  // Not HttpRequest.timeout: up to JDK 25 it ends with the headers, later with the body.
  private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
      throws ClusterException {
    return await(http.sendAsync(request, handler));
  }

  private <T> T await(CompletableFuture<T> answer) throws ClusterException {
    try {
      return timeout.isPositive()
          ? answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS)
          : answer.get();
    } catch (ExecutionException | TimeoutException e) {
      throw Unreachable.explain(access.server(), timeout, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException(Kind.UNREACHABLE, "Interrupted.", e);
    }
  }

  private static JsonNode parse(HttpResponse<String> response) throws ClusterException {
    if (response.statusCode() / 100 != 2) {
      throw Refusal.explain(response.statusCode(), response.body());
    }
    try {
      return JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new ClusterException(
          Kind.SERVER,
          "%s answered no JSON: is it a Kubernetes API server?".formatted(response.uri()),
          e);
    }
  }

  /** Ends every connection. Without it the JVM would wait 0.3 s for the client's own thread. */
  @Override
  public void close() {
    http.shutdownNow();
    try {
      http.awaitTermination(CLOSE_WITHIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
