package io.mysqlmmm.agent.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsExchange;
import io.mysqlmmm.agent.Board;
import io.mysqlmmm.agent.network.Network;
import io.mysqlmmm.shared.agent.Answer;
import io.mysqlmmm.shared.agent.Beat;
import io.mysqlmmm.shared.agent.BootTime;
import io.mysqlmmm.shared.agent.Order;
import io.mysqlmmm.shared.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What can be asked: GET /v1/state, POST /v1/watch, POST /v1/beat, POST /v1/orders, GET /v1/arp
 * (docs/agent.md).
 */
public final class Endpoints {
  private static final Logger log = LoggerFactory.getLogger(Endpoints.class);

  /** GTID sets of old servers are long; nothing else is. */
  private static final int LARGEST_REQUEST = 4 << 20;

  private static final long LONGEST_WAIT_MILLIS = 30_000;
  private static final int LARGEST_BEAT = 4096;

  /** Who calls, by its certificate: the operator, or the agent of a host of some resource. */
  private record Caller(String name, String organization) {
    private static final Caller NOBODY = new Caller("", "");

    /** Hosts may be called "operator" too, and have their resource's uid as organization. */
    boolean isOperator() {
      return name.equals("operator") && organization.equals("mysql-mmm");
    }

    boolean isAgentOf(String resourceUid) {
      return organization.equals(resourceUid);
    }
  }

  /** An answer to a request. */
  private record Reply(int status, Object body) {}

  /** The body of an answer that is no answer. */
  private record Problem(String error) {}

  private final ObjectMapper mapper = Json.mapper();
  private final Board board;
  private final Function<Order, Answer> orders;
  private final Network network;
  private final Consumer<Beat> votes;

  public Endpoints(
      Board board, Function<Order, Answer> orders, Network network, Consumer<Beat> votes) {
    this.board = board;
    this.orders = orders;
    this.network = network;
    this.votes = votes;
  }

  void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Reply reply;
      try {
        reply = reply(exchange);
      } catch (RuntimeException e) {
        log.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), e);
        reply = new Reply(500, new Problem(e.toString()));
      }
      byte[] body = mapper.writeValueAsBytes(reply.body());
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(reply.status(), body.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }

  private Reply reply(HttpExchange exchange) throws IOException {
    String request = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    try {
      return switch (request) {
        case "GET /v1/state" -> state(query(exchange));
        case "POST /v1/watch" -> watch(exchange);
        case "POST /v1/beat" -> beat(exchange);
        case "POST /v1/orders" -> order(exchange);
        case "GET /v1/arp" -> arp(exchange);
        default -> new Reply(404, new Problem("no such request: " + request));
      };
    } catch (NumberFormatException e) {
      return new Reply(400, new Problem("not a number: " + e.getMessage()));
    }
  }

  private Reply state(Map<String, String> query) {
    String since = query.get("since");
    if (since == null) {
      return new Reply(200, board.state());
    }
    long wait = Long.parseLong(query.getOrDefault("wait", "0"));
    Duration bound = Duration.ofMillis(Math.clamp(wait, 0, LONGEST_WAIT_MILLIS));
    try {
      return new Reply(200, board.awaitNewer(Long.parseLong(since), bound));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Reply(503, new Problem("the agent is ending"));
    }
  }

  private Reply order(HttpExchange exchange) throws IOException {
    Caller caller = caller(exchange);
    if (!caller.isOperator()) {
      return new Reply(403, new Problem("'" + caller.name() + "' may not give orders"));
    }
    byte[] body = body(exchange, LARGEST_REQUEST);
    if (body.length > LARGEST_REQUEST) {
      return new Reply(413, new Problem("larger than " + LARGEST_REQUEST + " bytes"));
    }
    Order order;
    try {
      order = Orders.parse(mapper, body);
    } catch (JsonProcessingException e) {
      // The message may quote the body, and so a password: only its place is told.
      return new Reply(
          400, new Problem("not an order: " + e.getClass().getSimpleName() + Orders.at(e)));
    }
    if (isLate(query(exchange))) {
      // Nobody hears of it but whoever reads this.
      log.warn("{} refused: it came late", order.getClass().getSimpleName());
      return new Reply(
          200, new Answer.Refused("late", "nobody waits for its answer any more", board.state()));
    }
    return new Reply(200, orders.apply(order));
  }

  /**
   * Whether an order arrives after the moment on this host's clock until which somebody waits for
   * its answer: after a cut, say, or a freeze. Another order may have been decided since. One that
   * was sent before this boot is late.
   */
  private boolean isLate(Map<String, String> query) {
    String boot = query.get("boot");
    if (boot == null) {
      return false;
    }
    long until = Long.parseLong(query.getOrDefault("until", "0"));
    BootTime now = board.state().clock();
    return !new BootTime(boot, Duration.ofMillis(until)).after(now);
  }

  /** The operator's heartbeat, answered with the state once it is newer than asked for. */
  private Reply watch(HttpExchange exchange) throws IOException {
    Caller caller = caller(exchange);
    Optional<Beat> beat = vote(exchange);
    if (beat.isEmpty()) {
      return new Reply(400, new Problem("not a heartbeat"));
    }
    if (!caller.isOperator() || !beat.get().serverUuid().isEmpty()) {
      return new Reply(403, new Problem("'" + caller.name() + "' is not the operator"));
    }
    votes.accept(beat.get());
    return state(query(exchange));
  }

  /** The other master's heartbeat, answered with the clock. */
  private Reply beat(HttpExchange exchange) throws IOException {
    Caller caller = caller(exchange);
    Optional<Beat> beat = vote(exchange);
    if (beat.isEmpty()) {
      return new Reply(400, new Problem("not a heartbeat"));
    }
    if (!caller.isAgentOf(beat.get().resourceUid()) || beat.get().serverUuid().isEmpty()) {
      return new Reply(403, new Problem("'" + caller.name() + "' is no host of this resource"));
    }
    votes.accept(beat.get());
    return new Reply(200, board.state().clock());
  }

  private Optional<Beat> vote(HttpExchange exchange) throws IOException {
    try {
      Beat beat = mapper.readValue(body(exchange, LARGEST_BEAT), Beat.class);
      return beat != null && isWhole(beat) ? Optional.of(beat) : Optional.empty();
    } catch (JsonProcessingException _) {
      return Optional.empty();
    }
  }

  /** Jackson leaves an absent component null, whatever the type says. */
  private static boolean isWhole(Beat beat) {
    Object echo = beat.echo();
    Object[] parts = {beat.resourceUid(), beat.serverUuid(), echo};
    return Stream.of(parts).allMatch(Objects::nonNull)
        && beat.echo().map(e -> isWhole(e.bootId(), e.sinceBoot())).orElse(true);
  }

  private static boolean isWhole(@Nullable Object one, @Nullable Object two) {
    return one != null && two != null;
  }

  private static byte[] body(HttpExchange exchange, int largest) throws IOException {
    try (InputStream in = exchange.getRequestBody()) {
      return in.readNBytes(largest + 1);
    }
  }

  private Reply arp(HttpExchange exchange) throws IOException {
    String ip = query(exchange).get("ip");
    return ip == null
        ? new Reply(400, new Problem("which ip?"))
        : caller(exchange).isOperator()
            ? new Reply(200, network.probe(ip))
            : new Reply(403, new Problem("only the operator may ask the network"));
  }

  /** From the client's certificate; nobody when it has none. */
  private static Caller caller(HttpExchange exchange) throws IOException {
    if (!(exchange instanceof HttpsExchange https)) {
      return Caller.NOBODY;
    }
    try {
      LdapName name = new LdapName(https.getSSLSession().getPeerPrincipal().getName());
      return new Caller(part(name, "CN"), part(name, "O"));
    } catch (SSLPeerUnverifiedException | InvalidNameException e) {
      return Caller.NOBODY;
    }
  }

  private static String part(LdapName name, String type) {
    return name.getRdns().stream()
        .filter(rdn -> rdn.getType().equalsIgnoreCase(type))
        .map(Rdn::getValue)
        .map(String::valueOf)
        .findFirst()
        .orElse("");
  }

  private static Map<String, String> query(HttpExchange exchange) {
    Map<String, String> parameters = new HashMap<>();
    String raw = exchange.getRequestURI().getRawQuery();
    for (String pair : raw == null ? new String[0] : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.put(
            pair.substring(0, equals),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return parameters;
  }
}
