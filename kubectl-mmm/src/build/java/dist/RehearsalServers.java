package dist;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

/**
 * Two API servers with one resource, for the rehearsal alone: one with RSA keys, as kubeadm makes
 * them, one with elliptic-curve keys, as k3s does, so that the classes of both are recorded. Both
 * want a client certificate.
 */
final class RehearsalServers implements AutoCloseable {
  private static final char[] PASSWORD = "rehearsal".toCharArray();
  private static final Pattern TIME = Pattern.compile("\"(\\d{4}-[^\"]+Z)\"");

  private static final Pattern ASKED_MODE = Pattern.compile("\"mode\":\"(\\w+)\"");

  private static final String LEASE =
      """
      {"spec": {"holderIdentity": "rehearsal", "leaseDurationSeconds": 3, "renewTime": "%s"}}
      """;

  private static final String RESOURCE =
      """
      {"apiVersion": "mysqlmmm.io/v1alpha1", "kind": "MySQLMultiMaster", "metadata": {
        "name": "shop", "namespace": "default", "resourceVersion": "5", "generation": 1,
        "creationTimestamp": "2026-01-01T00:00:00Z"},
       "spec": {"mode": "MODE", "hosts": [
        {"name": "db1", "nodeName": "node1", "mode": "Master", "peer": "db2"},
        {"name": "db2", "nodeName": "node2", "mode": "Master", "peer": "db1",
         "offline": OFFLINE, "setOnline": "REQUESTED_AT"}],
        "roles": [{"name": "writer", "mode": "Exclusive", "hosts": ["db1", "db2"],
         "ips": ["10.77.0.100"], "prefer": "db1"}],
        "moveRole": {"role": "writer", "host": "db2", "requestedAt": "REQUESTED_AT"}},
       "status": {"observedGeneration": 1,
        "ledger": {"version": 3, "epoch": 1, "writer": "db1", "inSync": ["db1", "db2"],
         "serverUuids": {"db1": "6b7a", "db2": "6b7b"}},
        "hosts": [
         {"name": "db1", "address": "10.77.0.11", "mode": "Master", "state": "ONLINE",
          "lagMillis": 0, "writable": true, "vips": ["10.77.0.100"]},
         {"name": "db2", "address": "10.77.0.12", "mode": "Master", "state": "STATE",
          "reason": "no", "since": "2026-01-01T00:00:00Z", "writable": false, "vips": [],
          "checks": [{"name": "ping", "state": "OK", "since": "2026-01-01T00:00:00Z"}],
          "guard": {"flapping": false, "setOnline": "REQUESTED_AT", "setOnlineOutcome": "Done"},
          "clone": {"requestedAt": "REQUESTED_AT", "state": "Done", "from": "db1",
           "stage": "copying", "bytesDone": 5, "bytesTotal": 5}}],
        "roles": [{"name": "writer", "mode": "Exclusive",
         "assignments": [{"ip": "10.77.0.100", "host": "db1", "held": true}]}],
        "lastMove": {"role": "writer", "host": "db2", "requestedAt": "REQUESTED_AT",
         "outcome": "Done", "from": "db1", "message": "moved", "pauseMillis": 35},
        "plan": {"mode": "MODE", "since": "2026-01-01T00:00:00Z", "setIps": [],
         "history": [{"at": "2026-01-01T00:00:00Z", "what": "it began"}]},
        "verdict": "WATCHING",
        "conditions": [{"type": "Ready", "status": "False", "reason": "No", "message": "no",
         "lastTransitionTime": "2026-01-01T00:00:00Z", "observedGeneration": 1},
         {"type": "WriterAvailable", "status": "True", "reason": "Yes", "message": "yes",
         "lastTransitionTime": "2026-01-01T00:00:00Z", "observedGeneration": 1}]}}
      """
          .replace("\n", "");

  private final List<HttpsServer> servers = new ArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Path kubeconfig;

  private RehearsalServers(Path kubeconfig) {
    this.kubeconfig = kubeconfig;
  }

  static RehearsalServers start(Path work) throws Exception {
    RehearsalServers started = new RehearsalServers(work.resolve("kubeconfig"));
    StringBuilder config = new StringBuilder("apiVersion: v1\nkind: Config\ncurrent-context: RSA\n");
    StringBuilder contexts = new StringBuilder("contexts:\n");
    StringBuilder clusters = new StringBuilder("clusters:\n");
    StringBuilder users = new StringBuilder("users:\n");
    for (String algorithm : List.of("RSA", "EC")) {
      KeyStore keys = keys(work, algorithm);
      int port = started.serve(keys);
      String authority = pem("CERTIFICATE", keys.getCertificate("ca").getEncoded());
      String certificate = pem("CERTIFICATE", keys.getCertificate("both").getEncoded());
      String key = pem("PRIVATE KEY", keys.getKey("both", PASSWORD).getEncoded());
      contexts.append("- {name: %1$s, context: {cluster: %1$s, user: %1$s}}\n".formatted(algorithm));
      clusters.append(
          "- {name: %s, cluster: {server: 'https://127.0.0.1:%d', certificate-authority-data: %s}}\n"
              .formatted(algorithm, port, authority));
      users.append(
          "- {name: %s, user: {client-certificate-data: %s, client-key-data: %s}}\n"
              .formatted(algorithm, certificate, key));
    }
    Files.writeString(started.kubeconfig, config.append(contexts).append(clusters).append(users));
    return started;
  }

  /** The command lines to rehearse, each ending with success. */
  static List<List<String>> commands() {
    return List.of(
        List.of("version"),
        List.of("help"),
        List.of("help", "move-role"),
        List.of("show"),
        List.of("show", "shop", "-o", "wide"),
        List.of("show", "-o", "json", "--context", "EC"),
        List.of("show", "-A", "-o", "yaml"),
        List.of("move-role", "writer", "db2", "--timeout", "60s"),
        List.of("move-role", "writer", "db2", "shop", "-n", "default", "--context", "EC"),
        List.of("move-role", "--dry-run", "writer", "db1"),
        List.of("checks", "--context", "EC"),
        List.of("mode"),
        List.of("set-manual"),
        List.of("set-online", "db2"),
        List.of("set-offline", "db2"),
        List.of("set-ip", "10.77.0.100", "db2"),
        List.of("clone", "db2", "--from", "db1"),
        List.of("ping"),
        List.of("completion", "bash"),
        List.of("__complete", "move-role", "writer", ""));
  }

  Path kubeconfig() {
    return kubeconfig;
  }

  /** A CA and one certificate of it, which serves both sides. */
  private static KeyStore keys(Path work, String algorithm) throws Exception {
    Path file = work.resolve(algorithm + ".p12");
    keytool(work, file, algorithm, "ca", "-ext", "bc:c=ca:true");
    keytool(work, file, algorithm, "both", "-ext", "san=ip:127.0.0.1", "-signer", "ca");
    return KeyStore.getInstance(file.toFile(), PASSWORD);
  }

  private static void keytool(
      Path work, Path file, String algorithm, String alias, String... more) throws Exception {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    line.addAll(List.of("-genkeypair", "-alias", alias, "-keyalg", algorithm));
    line.addAll(List.of("-dname", "CN=" + alias, "-keystore", file.toString()));
    line.addAll(List.of("-storetype", "PKCS12", "-storepass", new String(PASSWORD)));
    line.addAll(List.of(more));
    Path log = work.resolve("keytool.log");
    Process keytool =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (keytool.waitFor() != 0) {
      throw new IllegalStateException(Files.readString(log));
    }
  }

  private static String pem(String type, byte[] der) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    String pem = "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(type, base64);
    return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
  }

  private int serve(KeyStore keys) throws GeneralSecurityException, IOException {
    KeyStore served = KeyStore.getInstance("PKCS12");
    served.load(null, null);
    served.setKeyEntry(
        "both", keys.getKey("both", PASSWORD), PASSWORD, keys.getCertificateChain("both"));
    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
    own.init(served, PASSWORD);
    // A key entry is no trust anchor: the certificate is entered once more, as one.
    KeyStore authorities = KeyStore.getInstance("PKCS12");
    authorities.load(null, null);
    authorities.setCertificateEntry("ca", keys.getCertificate("ca"));
    TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
    trusted.init(authorities);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(own.getKeyManagers(), trusted.getTrustManagers(), null);

    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(tls) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters needed = getSSLContext().getDefaultSSLParameters();
            needed.setNeedClientAuth(true);
            parameters.setSSLParameters(needed);
          }
        });
    server.setExecutor(threads);
    server.createContext("/", new Answers()::answer);
    server.start();
    servers.add(server);
    return server.getAddress().getPort();
  }

  /** What one server says; it does at once what it is asked for. */
  private static final class Answers {
    private String requestedAt = "2026-01-01T00:00:01Z";
    private String mode = "Active";
    private boolean offline;

    synchronized void answer(HttpExchange exchange) throws IOException {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String path = exchange.getRequestURI().getPath();
      String query = String.valueOf(exchange.getRequestURI().getQuery());
      if (exchange.getRequestMethod().equals("PATCH")) {
        patch(body);
        // The outcome of a move comes by the watch.
        String earlier = resource().replace("\"lastMove\"", "\"earlier\"");
        send(exchange, body.contains("moveRole") ? earlier : resource());
      } else if (query.contains("watch=true")) {
        send(exchange, "{\"type\":\"MODIFIED\",\"object\":" + resource() + "}\n");
      } else if (path.contains("/leases/")) {
        send(exchange, LEASE.formatted(Instant.now()));
      } else if (path.endsWith("/mysqlmultimasters")) {
        send(exchange, "{\"kind\": \"MySQLMultiMasterList\", \"items\": [" + resource() + "]}");
      } else {
        send(exchange, resource());
      }
    }

    private void patch(String body) {
      Matcher time = TIME.matcher(body);
      if (time.find()) {
        requestedAt = time.group(1);
      }
      Matcher asked = ASKED_MODE.matcher(body);
      if (asked.find()) {
        mode = asked.group(1);
      }
      offline = body.contains("/offline\",\"value\":true");
    }

    private String resource() {
      return RESOURCE
          .replace("REQUESTED_AT", requestedAt)
          .replace("MODE", mode)
          .replace("OFFLINE", Boolean.toString(offline))
          .replace("\"STATE\"", offline ? "\"ADMIN_OFFLINE\"" : "\"REPLICATION_FAIL\"");
    }

    /** In chunks, as Kubernetes answers. */
    private static void send(HttpExchange exchange, String text) throws IOException {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, 0);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  @Override
  public void close() {
    servers.forEach(server -> server.stop(0));
    threads.shutdownNow();
  }
}
