package io.mysqlmmm.operator.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.mysqlmmm.operator.core.Command.SwitchOff;
import io.mysqlmmm.operator.core.Topology;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Only what the hook confirms counts. */
class FencingHookTest {
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> posted = new LinkedBlockingQueue<>();
  private final FencingHook hook = new FencingHook(Ticker.system(), events::add);
  private HttpServer server;
  private volatile int status = 200;
  private volatile String answer = "{\"fenced\": true}";

  FencingHookTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void start() {
    server.createContext(
        "/fence",
        exchange -> {
          posted.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          byte[] body = answer.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Topology topology() {
    String url = "http://127.0.0.1:%d/fence".formatted(server.getAddress().getPort());
    var resource = Resources.pair("Active", "monitor: {fencing: {url: '%s'}}".formatted(url));
    return Resources.topology(resource);
  }

  private Event.HookAnswered asked() throws InterruptedException {
    hook.call(topology(), new SwitchOff("db1", 7));
    Event event = events.poll(20, TimeUnit.SECONDS);
    assertThat(event).isInstanceOf(Event.HookAnswered.class);
    return (Event.HookAnswered) event;
  }

  @Test
  void aConfirmedHostIsOff() throws InterruptedException {
    assertThat(asked()).isEqualTo(new Event.HookAnswered("db1", 7, true, "it confirmed"));
    assertThat(posted.take())
        .contains("\"host\":\"db1\"")
        .contains("\"nodeName\":\"node1\"")
        .contains("\"epoch\":7");
  }

  @Test
  void anAnswerWithoutTheWordConfirmsNothing() throws InterruptedException {
    answer = "{}";

    assertThat(asked().off()).isFalse();
  }

  @Test
  void wordsInPlaceOfTrueConfirmNothing() throws InterruptedException {
    answer = "{\"fenced\": \"true\"}";

    assertThat(asked().off()).isFalse();
  }

  @Test
  void anErrorConfirmsNothing() throws InterruptedException {
    status = 500;

    assertThat(asked().message()).contains("500");
  }

  @Test
  void aHookThatIsGoneConfirmsNothing() throws InterruptedException {
    Topology gone = topology();
    server.stop(0);

    hook.call(gone, new SwitchOff("db1", 7));

    assertThat(events.poll(20, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(Event.HookAnswered.class, a -> assertThat(a.off()).isFalse());
  }

  @Test
  void itIsNotAskedAgainAtOnce() throws InterruptedException {
    Event.HookAnswered first = asked();
    assertThat(first.off()).isTrue();

    hook.call(topology(), new SwitchOff("db1", 7));

    assertThat(posted).hasSize(1);
  }
}
