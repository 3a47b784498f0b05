package io.mysqlmmm.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mysqlmmm.kubectl.cluster.Environment;
import io.mysqlmmm.kubectl.cluster.TestResources;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole plugin but the process, against an API server in this JVM. */
@Timeout(60)
class MainTest {
  @TempDir private Path directory = Path.of("");

  private final FakeApiServer server = start();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private static FakeApiServer start() {
    try {
      return new FakeApiServer();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void connect() throws IOException {
    kubeconfig(server.address());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void kubeconfig(String address) throws IOException {
    Files.writeString(
        directory.resolve("config"),
        """
        current-context: fake
        contexts: [{name: fake, context: {cluster: fake}}]
        clusters: [{name: fake, cluster: {server: "%s"}}]
        """
            .formatted(address));
  }

  private int run(String... args) {
    Environment environment =
        new Environment(
            Map.of("KUBECONFIG", directory.resolve("config").toString()), directory, directory);
    return Main.run(
        environment, new Console(new PrintWriter(out, true), new PrintWriter(err, true)), args);
  }

  private void assertError(String message) {
    assertThat(err.toString()).isEqualTo("ERROR: " + message + "\n");
    assertThat(out.toString()).isEmpty();
  }

  /** The operator's part: takes the request in the spec to an end. */
  private void finish(String outcome, String fields) {
    server.change(
        "shop",
        """
        status:
          lastMove: {role: writer, host: db2, requestedAt: '%s', outcome: %s, %s}
        """
            .formatted(
                server.get("shop").at("/spec/moveRole/requestedAt").asText(), outcome, fields));
  }

  @Test
  void showsAllResourcesOfTheNamespace() {
    server.put(TestResources.SHOP);
    server.put(TestResources.SHOP.replace("name: shop", "name: bank"));
    server.put(
        TestResources.SHOP.replace("name: shop", "name: far").replace("default", "elsewhere"));

    assertThat(run("show")).isZero();
    assertThat(out.toString()).startsWith("# bank: Active").contains("\n\n# shop: Active");
    assertThat(out.toString()).doesNotContain("far");
    assertThat(server.requests())
        .containsExactly("GET /apis/mysqlmmm.io/v1alpha1/namespaces/default/mysqlmultimasters");
  }

  @Test
  void showsAllNamespaces() {
    server.put(
        TestResources.SHOP.replace("name: shop", "name: far").replace("default", "elsewhere"));

    assertThat(run("show", "-A")).isZero();
    assertThat(out.toString()).startsWith("# elsewhere/far: Active");
  }

  @Test
  void showsTheNamedResourceOfTheNamedNamespace() {
    server.put(TestResources.SHOP);

    assertThat(run("show", "shop", "-n", "default")).isZero();
    assertThat(out.toString()).contains("  db1(10.77.0.11) master/ONLINE. Roles: reader(");
  }

  @Test
  void printsTheResourceAsItIsInJsonYamlAndByName() {
    server.put(TestResources.SHOP);

    run("show", "shop", "-o", "json");
    run("show", "-o", "yaml");
    run("show", "-o", "name");

    assertThat(out.toString())
        .startsWith("{\n    \"apiVersion\": \"mysqlmmm.io/v1alpha1\",\n")
        .contains("\"newField\": \"ignored\"")
        .contains("\napiVersion: v1\nkind: List\n")
        .contains("      inSync:\n      - db1\n      - db2\n")
        .endsWith("\nmysqlmultimaster.mysqlmmm.io/shop\n")
        .doesNotContain("managedFields");
  }

  @Test
  void saysThatThereIsNothingWithoutCallingItAnError() {
    assertThat(run("show", "-n", "void")).isZero();
    assertThat(err.toString()).isEqualTo("No MySQLMultiMaster in namespace 'void'.\n");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void movesARoleAndWaitsForTheOutcome() {
    server.put(TestResources.SHOP);
    server.whenWatched(() -> finish("Done", "from: db1, pauseMillis: 35"));

    assertThat(run("move-role", "writer", "db2")).isZero();
    assertThat(out.toString())
        .isEqualTo("OK: Role 'writer' has been moved from 'db1' to 'db2' (pause 35 ms).\n");
    assertThat(server.get("shop").at("/spec/moveRole/requestedAt").asText())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{3}|\\.\\d{6})?Z");
    assertThat(server.requests().getLast())
        .isEqualTo(
            "GET /apis/mysqlmmm.io/v1alpha1/namespaces/default/mysqlmultimasters"
                + "?watch=true&fieldSelector=metadata.name%3Dshop&resourceVersion=102");
  }

  @Test
  void missesNoOutcomeThatComesBeforeTheWatch() {
    server.put(TestResources.SHOP);
    server.whenPatched(resource -> finish("Done", "from: db1, pauseMillis: 3"));

    assertThat(run("move-role", "writer", "db2", "shop")).isZero();
    assertThat(out.toString()).contains("(pause 3 ms)");
  }

  @Test
  void watchesAgainWhenTheApiServerEndsTheWatch() {
    server.put(TestResources.SHOP);
    server.cutWatches(2);
    server.whenWatched(() -> {});
    server.whenWatched(() -> {});
    server.whenWatched(() -> finish("Aborted", "message: db2 was too slow."));

    assertThat(run("move-role", "writer", "db2", "shop")).isEqualTo(1);
    assertError("db2 was too slow.");
    assertThat(server.requests().stream().filter(request -> request.contains("watch=true")))
        .hasSize(3);
  }

  @Test
  void forcesWhenAsked() {
    server.put(TestResources.SHOP);
    server.whenPatched(resource -> finish("Done", "from: db1"));

    assertThat(run("move-role", "writer", "db2", "shop", "--force")).isZero();

    assertThat(server.get("shop").at("/spec/moveRole/force").asBoolean()).isTrue();
  }

  @Test
  void dropsTheForceOfAnEarlierRequest() {
    server.put(TestResources.SHOP);
    server.change("shop", "spec: {moveRole: {role: writer, host: db1, force: true}}");
    server.whenPatched(resource -> finish("Done", "from: db1"));

    assertThat(run("move-role", "writer", "db2", "shop")).isZero();
    assertThat(((ObjectNode) server.get("shop").at("/spec/moveRole")).has("force")).isFalse();
  }

  @Test
  void timesOutAndLeavesTheRequest() {
    server.put(TestResources.SHOP);

    assertThat(run("move-role", "writer", "db2", "--timeout", "100ms")).isEqualTo(4);
    assertError(
        "No outcome within 0.1 s: no operator has taken the request up. The request stays. Look"
            + " with: kubectl mmm show -n default shop");
    assertThat(server.get("shop").at("/spec/moveRole/host").asText()).isEqualTo("db2");
  }

  @Test
  void movesNothingInADryRun() {
    server.put(TestResources.SHOP);

    assertThat(run("move-role", "--dry-run", "writer", "db2")).isZero();
    assertThat(out.toString())
        .startsWith("# Role writer is on db1.\n")
        .endsWith("OK: Role 'writer' would be moved from 'db1' to 'db2'.\n");
    assertThat(run("move-role", "--dry-run", "writer", "db9")).isEqualTo(1);
    assertThat(err.toString())
        .isEqualTo(
            "ERROR: Role 'writer' is not moved: spec.moveRole.host: there is no host 'db9'.\n");
    assertThat(server.requests()).noneMatch(request -> request.startsWith("PATCH"));
  }

  @Test
  void takesServerAndCredentialsFromTheCommandLine() throws IOException {
    server.put(TestResources.SHOP);
    kubeconfig("http://127.0.0.1:1");

    assertThat(run("show", "-s", server.address(), "--token", "t", "--as", "jane", "--as-group=x"))
        .isZero();
    assertThat(server.lastHeader("Authorization")).isEqualTo("Bearer t");
    assertThat(server.lastHeader("Impersonate-User")).isEqualTo("jane");
    assertThat(server.lastHeader("Impersonate-Group")).isEqualTo("x");
  }

  @Test
  void takesTheClustersOptionsBeforeTheVerbToo() {
    server.put(TestResources.SHOP);

    assertThat(run("-n", "default", "--token=t", "show", "shop", "-o", "name")).isZero();
    assertThat(server.lastHeader("Authorization")).isEqualTo("Bearer t");
    assertThat(run("__complete", "-n", "default", "mode", "")).isZero();
    assertThat(out.toString()).endsWith("shop\n" + "shop\tActive\n:4\n");
    assertThat(run("-n", "default")).isEqualTo(2);
    assertThat(run("--force", "show")).isEqualTo(2);
  }

  @Test
  void showsTheHistoryWhenAsked() {
    server.put(TestResources.SHOP);
    server.change("shop", "status: {plan: {history: [{at: now, what: it began}]}}");

    assertThat(run("show", "--history")).isZero();
    assertThat(out.toString()).endsWith("# now it began\n");
  }

  @Test
  void wantsANameWhenThereAreSeveral() {
    server.put(TestResources.SHOP);
    server.put(TestResources.SHOP.replace("name: shop", "name: bank"));

    assertThat(run("move-role", "writer", "db2")).isEqualTo(2);
    assertError(
        "Namespace 'default' has 2 resources (bank, shop): name one, as in kubectl mmm move-role"
            + " writer db2 bank");
  }

  @Test
  void saysWhatIsNotThere() {
    assertThat(run("move-role", "writer", "db2", "shop")).isEqualTo(3);
    assertError("mysqlmultimasters.mysqlmmm.io \"shop\" not found.");
  }

  @Test
  void saysThatTheApiServerIsNotThere() throws IOException {
    int port;
    try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = unused.getLocalPort();
    }
    kubeconfig("http://127.0.0.1:" + port);

    assertThat(run("show")).isEqualTo(3);
    assertError(
        "Cannot reach the API server http://127.0.0.1:%d: connection refused.".formatted(port));
  }

  @Test
  void saysThatTheApiServerDoesNotAnswer() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      kubeconfig("http://127.0.0.1:" + silent.getLocalPort());

      assertThat(run("show", "--request-timeout", "200ms")).isEqualTo(3);
      assertThat(err.toString()).endsWith(": no answer within 0.2 s.\n");
    }
  }

  @Test
  void showsWhereAFailureComesFromOnlyWhenAsked() {
    assertThat(run("show", "absent", "-v")).isEqualTo(3);
    assertThat(err.toString()).contains("\tat io.mysqlmmm.kubectl.");
  }

  @Test
  void answersAMistakeWithTheUsage() {
    assertThat(run("explode", "db1")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("ERROR: Invalid command 'explode db1'.\nUsage: kubectl mmm [-h] COMMAND\n");
  }

  @Test
  void answersNoCommandWithTheUsage() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).startsWith("ERROR: No command given.\nUsage: kubectl mmm");
  }

  @Test
  void answersAWrongArgumentWithTheVerbsUsage() {
    assertThat(run("move-role", "writer")).isEqualTo(2);
    assertThat(run("show", "-o", "xml")).isEqualTo(2);
    assertThat(run("move-role", "writer", "db2", "--timeout", "soon")).isEqualTo(2);
    assertThat(err.toString())
        .contains("ERROR: Missing required parameter: 'HOST'\nUsage: kubectl mmm move-role ")
        .contains("'xml' is none of wide, json, yaml, name\nUsage: kubectl mmm show ")
        .contains("'soon' is not a duration such as 30s, 1m30s or 500ms\n");
  }

  @Test
  void helps() {
    assertThat(run("help")).isZero();
    assertThat(run("help", "move-role")).isZero();
    assertThat(run("show", "--help")).isZero();
    assertThat(err.toString()).isEmpty();
    assertThat(out.toString())
        .contains("Usage: kubectl mmm [-h] COMMAND\n")
        .contains("Usage: kubectl mmm move-role [-hv]")
        .contains("Usage: kubectl mmm show [-Ahvw]");
    assertThat(run("help", "explode")).isEqualTo(2);
  }

  @Test
  void tellsItsVersionWithoutACluster() throws IOException {
    Files.delete(directory.resolve("config"));

    assertThat(run("version")).isZero();
    assertThat(out.toString()).startsWith("kubectl-mmm ");
  }
}
