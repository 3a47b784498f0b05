package io.mysqlmmm.e2e.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mysqlmmm.e2e.Lab;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fencing hook on the clients' side of the bridge. It remembers what it was asked; when it works,
 * it ends the mysqld of the host before it confirms.
 */
final class PowerSwitch implements AutoCloseable {
  private static final Pattern NODE = Pattern.compile("\"nodeName\":\"(\\w+)\"");

  private enum Mood {
    WORKS,
    DENIES,
    FAILS
  }

  private final HttpServer server;
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private volatile Mood mood = Mood.WORKS;

  private PowerSwitch(HttpServer server) {
    this.server = server;
  }

  static PowerSwitch start() {
    try {
      InetAddress bridge = InetAddress.ofLiteral("10.77.0.1");
      PowerSwitch hook = new PowerSwitch(HttpServer.create(new InetSocketAddress(bridge, 0), 0));
      hook.server.createContext("/fence", hook::answer);
      hook.server.start();
      return hook;
    } catch (IOException e) {
      throw new UncheckedIOException("the lab's bridge is not there", e);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String asked = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    calls.add(asked);
    if (mood == Mood.WORKS) {
      switchOff(asked);
    }
    byte[] body = "{\"fenced\": %s}".formatted(mood == Mood.WORKS).getBytes(UTF_8);
    exchange.sendResponseHeaders(mood == Mood.FAILS ? 500 : 200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static void switchOff(String asked) {
    Matcher node = NODE.matcher(asked);
    if (node.find()) {
      Lab.pids(node.group(1), "mysqld").forEach(Lab::kill9);
    }
  }

  String url() {
    return "http://10.77.0.1:%d/fence".formatted(server.getAddress().getPort());
  }

  /** What it was asked, in order. */
  List<String> calls() {
    return List.copyOf(calls);
  }

  void forget() {
    calls.clear();
  }

  /** It switches off, and confirms. */
  void works() {
    mood = Mood.WORKS;
  }

  /** It says that the host is not off. */
  void denies() {
    mood = Mood.DENIES;
  }

  /** It ends with an error. */
  void fails() {
    mood = Mood.FAILS;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
