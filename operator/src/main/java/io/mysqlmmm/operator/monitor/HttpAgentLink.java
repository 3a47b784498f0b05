package io.mysqlmmm.operator.monitor;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Answer;
import io.mysqlmmm.shared.agent.Beat;
import io.mysqlmmm.shared.agent.BootTime;
import io.mysqlmmm.shared.agent.Order;
import io.mysqlmmm.shared.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The agents' HTTPS API (docs/agent-api.md). The client brings the operator's certificate. */
public final class HttpAgentLink implements AgentLink {
  private static final ObjectMapper JSON = Json.mapper();
  private static final Duration SLACK = Duration.ofSeconds(1);

  /** The agent's clock as it was when its state arrived. */
  private record Heard(BootTime clock, long nanos) {}

  private final HttpClient http;
  private final URI base;
  private volatile @Nullable Heard heard;

  public HttpAgentLink(HttpClient http, String address, int port) {
    this.http = http;
    String host = address.indexOf(':') < 0 ? address : "[" + address + "]";
    this.base = URI.create("https://" + host + ":" + port + "/v1/");
  }

  @Override
  public AgentState state() throws IOException, InterruptedException {
    return get("state", SLACK, AgentState.class);
  }

  @Override
  public AgentState watch(Beat beat, long since, Duration wait)
      throws IOException, InterruptedException {
    String query = "watch?since=" + since + "&wait=" + wait.toMillis();
    AgentState state =
        send(
            post(query, JSON.writeValueAsBytes(beat)).timeout(wait.plus(SLACK)).build(),
            AgentState.class);
    heard = new Heard(state.clock(), System.nanoTime());
    return state;
  }

  @Override
  public Use arp(String ip) throws IOException, InterruptedException {
    return get("arp?ip=" + ip, Duration.ofSeconds(3), Use.class);
  }

  @Override
  public Answer order(Order order) throws IOException, InterruptedException {
    try {
      return send(request(order), Answer.class);
    } catch (IOException _) {
      // A kept connection may have died with the agent's last process. Orders are idempotent.
      return send(request(order), Answer.class);
    }
  }

  private HttpRequest request(Order order) throws IOException {
    byte[] body = JSON.writerFor(Order.class).writeValueAsBytes(order);
    Duration bound = order.target().budget().plus(SLACK);
    return post("orders" + until(bound), body).timeout(bound).build();
  }

  /**
   * When nobody waits for an answer any more, by the agent's clock. TCP delivers what was sent
   * before a cut when that is over, long after it was given up here.
   */
  private String until(Duration bound) {
    Heard last = heard;
    if (last == null) {
      return "";
    }
    BootTime end =
        last.clock().plus(Duration.ofNanos(System.nanoTime() - last.nanos())).plus(bound);
    return "?boot=" + end.bootId() + "&until=" + end.sinceBoot().toMillis();
  }

  private HttpRequest.Builder post(String query, byte[] body) {
    return HttpRequest.newBuilder(base.resolve(query))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
  }

  private <T> T get(String query, Duration timeout, Class<T> type)
      throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(base.resolve(query)).timeout(timeout).build(), type);
  }

  private <T> T send(HttpRequest request, Class<T> type) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IOException(
          "%s answered %d: %s"
              .formatted(
                  request.uri(),
                  response.statusCode(),
                  new String(response.body(), java.nio.charset.StandardCharsets.UTF_8)));
    }
    return JSON.readValue(response.body(), type);
  }
}
