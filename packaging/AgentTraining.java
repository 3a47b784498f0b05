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
 * The agent on the loopback interface, with no IP to hold and a server that only looks like mysqld:
 * it is asked for its state, given orders, and asked to let mysqld start.
 */
final class AgentTraining implements Training {
  private static final String UUID = "00000000-0000-0000-0000-000000000001";
  private static final Duration START = Duration.ofSeconds(60);

  /** Epoch of the order to become active; what follows rests on it. */
  private static final int ACTIVE = 6;

  private static final String SOURCE =
      "{\"host\": \"db2\", \"address\": \"127.0.0.1\", \"port\": 1, \"serverUuid\": \"%s\"}"
          .formatted(UUID);

  /** Types and parts, in an order in which they are obeyed. */
  private static final List<String> ORDERS =
      List.of(
          "\"type\": \"Hold\"",
          "\"type\": \"Roles\", \"readers\": [], \"managed\": []",
          "\"type\": \"Promise\"",
          "\"type\": \"Replicate\", \"source\": " + SOURCE,
          "\"type\": \"Await\", \"gtids\": \"" + UUID + ":1-5\"",
          "\"type\": \"Activate\", \"mode\": \"SOLO\", \"lossless\": true, \"vips\": [],"
              + " \"pairedWith\": \"\", \"echo\": {\"bootId\": \"boot\", \"sinceBoot\": \"PT1S\"}",
          "\"type\": \"Mark\"",
          "\"type\": \"Release\", \"kill\": false");

  @Override
  public void run(ProcessBuilder java, Path directory) throws Exception {
    Path root = directory.resolve("root");
    int port = freePort();
    Keys keys = new Keys(directory);
    keys.issue("agent", "CN=db1, O=training");
    keys.issue("operator", "CN=operator, O=mysql-mmm");
    try (MySqlStandIn mysql = new MySqlStandIn(keys.context("agent"))) {
      furnish(root, keys, port, mysql.port());
      java.environment().put("MMM_ROOT", root.toString());
      Process agent = java.start();
      try (HttpClient operator =
          HttpClient.newBuilder().sslContext(keys.context("operator")).build()) {
        URI base = URI.create("https://127.0.0.1:" + port + "/v1/");
        awaitStart(agent, operator, base);
        converse(operator, base, root);
      } finally {
        Training.end(agent);
      }
    }
  }

  private static void converse(HttpClient operator, URI base, Path root) throws Exception {
    Path run = root.resolve("run/mmm");
    Files.writeString(run.resolve("start-request"), "1");
    Thread.sleep(500);
    // Something that the agent takes for mysqld's process, until its input ends.
    Process mysqld = new ProcessBuilder("sh", "-c", "read -r line", "mysqld").start();
    try {
      Files.writeString(run.resolve("mysqld.pid"), Long.toString(mysqld.pid()));
      Thread.sleep(2000);
      give(operator, base);
    } finally {
      mysqld.destroyForcibly().waitFor();
    }
    vote(operator, base);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void furnish(Path root, Keys keys, int port, int mysqlPort) throws Exception {
    String config =
        """
        {"resourceUid": "training", "namespace": "default", "name": "shop", "host": "db1",
         "address": "127.0.0.1", "port": %d, "adminPort": %d, "agentPort": %d, "interface": "lo",
         "kind": "MASTER", "heartbeat": "PT0.1S", "leaseTtl": "PT3S", "managedIps": []}
        """;
    write(root.resolve("etc/mmm/agent/agent.json"), config.formatted(mysqlPort, mysqlPort, port));
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

  private static void give(HttpClient operator, URI base) throws Exception {
    get(operator, base.resolve("state?since=0&wait=10"));
    get(operator, base.resolve("arp?ip=127.0.0.1"));
    String target =
        "\"target\": {\"resourceUid\": \"training\", \"serverUuid\": \"%s\", \"version\": %d,"
            + " \"epoch\": %d, \"budget\": \"PT2S\"}";
    for (int i = 1; i <= ORDERS.size(); i++) {
      String order =
          "{" + ORDERS.get(i - 1) + ", " + target.formatted(UUID, i, Math.min(i, ACTIVE)) + "}";
      send(
          operator,
          HttpRequest.newBuilder(base.resolve("orders")).POST(BodyPublishers.ofString(order)));
    }
  }

  /** Heartbeats, as from the operator; the agent itself follows 127.0.0.1 and sends the other kind. */
  private static void vote(HttpClient operator, URI base) throws Exception {
    String beat =
        """
        {"resourceUid": "training", "serverUuid": "", "epoch": 1,
         "echo": {"bootId": "boot", "sinceBoot": "PT1S"}}""";
    for (int i = 0; i < 5; i++) {
      send(
          operator,
          HttpRequest.newBuilder(base.resolve("watch?since=1000000&wait=100"))
              .POST(BodyPublishers.ofString(beat)));
    }
  }

  private static void get(HttpClient operator, URI uri) throws Exception {
    send(operator, HttpRequest.newBuilder(uri));
  }

  private static void send(HttpClient operator, HttpRequest.Builder request) throws Exception {
    var response = operator.send(request.timeout(START).build(), BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      IO.println("the agent answered in its training run: " + response.body());
    }
  }
}
