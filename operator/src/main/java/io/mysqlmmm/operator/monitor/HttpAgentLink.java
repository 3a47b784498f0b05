package io.mysqlmmm.operator.monitor;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Answer;
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
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration SLACK = Duration.ofSeconds(1);

  private final HttpClient http;
  private final URI base;

  public HttpAgentLink(HttpClient http, String address, int port) {
    this.http = http;
    String host = address.indexOf(':') < 0 ? address : "[" + address + "]";
    this.base = URI.create("https://" + host + ":" + port + "/v1/");
  }

  @Override
  public AgentState state(long since) throws IOException, InterruptedException {
    String query = since < 0 ? "state" : "state?since=" + since + "&wait=" + POLL.toMillis();
    return get(query, POLL.plus(SLACK), AgentState.class);
  }

  @Override
  public Use arp(String ip) throws IOException, InterruptedException {
    return get("arp?ip=" + ip, Duration.ofSeconds(3), Use.class);
  }

  @Override
  public Answer order(Order order) throws IOException, InterruptedException {
    byte[] body = JSON.writerFor(Order.class).writeValueAsBytes(order);
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve("orders"))
            .timeout(order.target().budget().plus(SLACK))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try {
      return send(request, Answer.class);
    } catch (IOException _) {
      // A kept connection may have died with the agent's last process. Orders are idempotent.
      return send(request, Answer.class);
    }
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
