import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The agent without its mysqld, on the loopback interface, with no IP to hold: it is asked for its
 * state, given orders, and asked to let mysqld start.
 */
final class AgentTraining implements Training {
  private static final String UUID = "00000000-0000-0000-0000-000000000001";
  private static final Duration START = Duration.ofSeconds(60);

  private static final List<String> ORDERS =
      List.of(
          "Promise",
          "Release",
          "Hold",
          "Await\", \"gtids\": \"" + UUID + ":1-5",
          "Activate\", \"mode\": \"PAIRED\", \"lossless\": true, \"vips\": [], \"x\": \"");

  @Override
  public void run(ProcessBuilder java, Path directory) throws Exception {
    Path root = directory.resolve("root");
    int port = freePort();
    Keys keys = new Keys(directory);
    keys.issue("agent", "CN=db1, O=training");
    keys.issue("operator", "CN=operator, O=mysql-mmm");
    furnish(root, keys, port);
    java.environment().put("MMM_ROOT", root.toString());
    Process agent = java.start();
    try (HttpClient operator =
        HttpClient.newBuilder().sslContext(keys.context("operator")).build()) {
      URI base = URI.create("https://127.0.0.1:" + port + "/v1/");
      awaitStart(agent, operator, base);
      talk(operator, base);
      Files.writeString(root.resolve("run/mmm/start-request"), "1");
      Thread.sleep(1000);
    } finally {
      Training.end(agent);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void furnish(Path root, Keys keys, int port) throws Exception {
    String config =
        """
        {"resourceUid": "training", "namespace": "default", "name": "shop", "host": "db1",
         "address": "127.0.0.1", "port": 1, "adminPort": 1, "agentPort": %d, "interface": "lo",
         "kind": "MASTER", "leaseTtl": "PT2S", "managedIps": []}
        """;
    write(root.resolve("etc/mmm/agent/agent.json"), config.formatted(port));
    write(root.resolve("etc/mmm/tls/tls.crt"), keys.certificatePem("agent"));
    write(root.resolve("etc/mmm/tls/tls.key"), keys.keyPem("agent"));
    write(root.resolve("etc/mmm/tls/ca.crt"), keys.authorityPem());
    for (String account : List.of("root", "agent", "replication")) {
      write(root.resolve("etc/mmm/credentials/" + account + "Password"), "training");
    }
    write(root.resolve("var/lib/mmm/mysql/data/auto.cnf"), "[auto]\nserver-uuid=" + UUID + "\n");
    Files.createDirectories(root.resolve("run/mmm"));
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static void awaitStart(Process agent, HttpClient operator, URI base) throws Exception {
    long end = System.nanoTime() + START.toNanos();
    while (true) {
      try {
        get(operator, base.resolve("state"));
        return;
      } catch (IOException e) {
        if (!agent.isAlive() || System.nanoTime() > end) {
          throw new IllegalStateException("the agent does not take orders", e);
        }
        Thread.sleep(50);
      }
    }
  }

  private static void talk(HttpClient operator, URI base) throws Exception {
    get(operator, base.resolve("state?since=0&wait=10"));
    get(operator, base.resolve("state?since=1000000&wait=100"));
    get(operator, base.resolve("arp?ip=127.0.0.1"));
    for (int i = 0; i < ORDERS.size(); i++) {
      String order =
          """
          {"type": "%s", "target": {"resourceUid": "training", "serverUuid": "%s",
           "version": %d, "epoch": %d, "budget": "PT0.2S"}}
          """;
      String body = order.formatted(ORDERS.get(i), UUID, i + 1, i + 1);
      send(
          operator,
          HttpRequest.newBuilder(base.resolve("orders")).POST(BodyPublishers.ofString(body)));
    }
  }

  private static void get(HttpClient operator, URI uri) throws Exception {
    send(operator, HttpRequest.newBuilder(uri));
  }

  private static void send(HttpClient operator, HttpRequest.Builder request) throws Exception {
    var response = operator.send(request.timeout(START).build(), BodyHandlers.ofString());
    IO.println(response.statusCode() + " " + response.body());
  }
}
