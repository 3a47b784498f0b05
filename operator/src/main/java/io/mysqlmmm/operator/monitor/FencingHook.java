package io.mysqlmmm.operator.monitor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mysqlmmm.operator.core.Command.SwitchOff;
import io.mysqlmmm.operator.core.Topology;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * MMM's kill_host as a web hook: posts the host to be switched off, and takes for done only what
 * the hook confirms (MMM went on whatever it said). One call at a time for each host; repeated
 * every five seconds while it is wanted.
 */
final class FencingHook {
  private static final Duration REPEAT = Duration.ofSeconds(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Ticker ticker;
  private final Consumer<Event> loop;

  /** When each may be called again. */
  private final Map<SwitchOff, Duration> next = new HashMap<>();

  FencingHook(Ticker ticker, Consumer<Event> loop) {
    this.ticker = ticker;
    this.loop = loop;
  }

  /** Calls the hook in a thread of its own, unless that was done a moment ago. */
  void call(Topology topology, SwitchOff off) {
    Optional<Topology.Fencing> fencing = topology.policy().fencing();
    Duration now = ticker.now();
    if (fencing.isEmpty() || now.compareTo(next.getOrDefault(off, Duration.ZERO)) < 0) {
      return;
    }
    next.put(off, now.plus(fencing.get().timeout()).plus(REPEAT));
    Thread.ofVirtual().start(() -> loop.accept(ask(topology, fencing.get(), off)));
  }

  private static Event ask(Topology topology, Topology.Fencing fencing, SwitchOff off) {
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(fencing.timeout()).build()) {
      HttpResponse<String> answer =
          client.send(request(topology, fencing, off), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != HttpURLConnection.HTTP_OK) {
        return new Event.HookAnswered(
            off.host(), off.epoch(), false, "it answered with status " + answer.statusCode());
      }
      JsonNode fenced = JSON.readTree(answer.body()).path("fenced");
      return fenced.isBoolean() && fenced.booleanValue()
          ? new Event.HookAnswered(off.host(), off.epoch(), true, "it confirmed")
          : new Event.HookAnswered(
              off.host(), off.epoch(), false, "its answer lacks \"fenced\": true");
    } catch (IOException e) {
      return new Event.HookAnswered(off.host(), off.epoch(), false, Causes.of(e));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Event.HookAnswered(off.host(), off.epoch(), false, "interrupted");
    }
  }

  private static HttpRequest request(Topology topology, Topology.Fencing fencing, SwitchOff off)
      throws IOException {
    Topology.Host host = topology.host(off.host());
    String body =
        JSON.writeValueAsString(
            Map.of(
                "namespace", topology.namespace(),
                "name", topology.name(),
                "host", host.name(),
                "nodeName", host.nodeName(),
                "address", host.address(),
                "epoch", off.epoch()));
    return HttpRequest.newBuilder(URI.create(fencing.url()))
        .timeout(fencing.timeout())
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }
}
