package io.mysqlmmm.operator.monitor;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Answer;
import io.mysqlmmm.shared.agent.Beat;
import io.mysqlmmm.shared.agent.Order;
import io.mysqlmmm.shared.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The agents' HTTPS API (docs/agent-api.md). The client brings the operator's certificate. */
public final class HttpAgentLink implements AgentLink {
  private static final ObjectMapper JSON = Json.mapper();
  private static final Duration SLACK = Duration.ofSeconds(1);

  private final HttpClient http;
  private final URI base;

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
    return send(
        post(query, JSON.writeValueAsBytes(beat)).timeout(wait.plus(SLACK)).build(),
        AgentState.class);
  }

  @Override
  public Use arp(String ip) throws IOException, InterruptedException {
    return get("arp?ip=" + ip, Duration.ofSeconds(3), Use.class);
  }

  @Override
  public Answer order(Order order) throws IOException, InterruptedException {
    byte[] body = JSON.writerFor(Order.class).writeValueAsBytes(order);
    HttpRequest request = post("orders", body).timeout(order.target().budget().plus(SLACK)).build();
    try {
      return send(request, Answer.class);
    } catch (IOException _) {
      // A kept connection may have died with the agent's last process. Orders are idempotent.
      return send(request, Answer.class);
    }
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
