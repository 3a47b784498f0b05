package io.mysqlmmm.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.kubectl.cluster.Environment;
import io.mysqlmmm.kubectl.cluster.TestResources;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the whole plugin but the process, against an API server in this JVM that has one pair. */
@Timeout(60)
abstract class PluginTest {
  @TempDir Path directory = Path.of("");

  final FakeApiServer server = start();
  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();

  private static FakeApiServer start() {
    try {
      return new FakeApiServer();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void connect() throws IOException {
    Files.writeString(
        directory.resolve("config"),
        """
        current-context: fake
        contexts: [{name: fake, context: {cluster: fake}}]
        clusters: [{name: fake, cluster: {server: "%s"}}]
        """
            .formatted(server.address()));
    server.put(TestResources.SHOP);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  int run(String... args) {
    out = new StringWriter();
    err = new StringWriter();
    Environment environment =
        new Environment(
            Map.of("KUBECONFIG", directory.resolve("config").toString()), directory, directory);
    return Main.run(
        environment, new Console(new PrintWriter(out, true), new PrintWriter(err, true)), args);
  }

  String out() {
    return out.toString();
  }

  String err() {
    return err.toString();
  }

  void assertDone(String answer, String... args) {
    assertThat(run(args)).as(err()).isZero();
    assertThat(out()).isEqualTo(answer + "\n");
    assertThat(err()).isEmpty();
  }

  void assertError(ExitStatus status, String sentence, String... args) {
    assertThat(run(args)).isEqualTo(status.code());
    assertThat(err()).isEqualTo("ERROR: " + sentence + "\n");
    assertThat(out()).isEmpty();
  }

  /** The operator's part: from now on it shows this status whenever the resource is patched. */
  void operatorShows(String status) {
    server.whenPatched(
        resource ->
            server.change(
                "shop",
                "status: {observedGeneration: %d}"
                    .formatted(resource.at("/metadata/generation").asLong()),
                status));
  }
}
