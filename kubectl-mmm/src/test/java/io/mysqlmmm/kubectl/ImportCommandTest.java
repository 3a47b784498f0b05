package io.mysqlmmm.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.kubectl.cluster.Environment;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kubectl mmm import} without a cluster. */
class ImportCommandTest {
  private static final Path SAMPLE =
      Path.of("").toAbsolutePath().resolveSibling("samples").resolve("mmm/two-masters");

  @TempDir private Path directory = Path.of("");
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return Main.run(
        new Environment(Map.of(), directory, directory),
        new Console(new PrintWriter(out, true), new PrintWriter(err, true)),
        args);
  }

  private static String sample(String file) {
    return SAMPLE.resolve(file).toString();
  }

  @Test
  void printsTheManifestAndItsWarnings() {
    assertThat(
            run(
                "import",
                sample("mmm_common.conf"),
                sample("mmm_mon.conf"),
                "--name",
                "shop",
                "-n",
                "prod",
                "--node",
                "db1=node1",
                "--node",
                "db2=node2"))
        .isZero();

    assertThat(out.toString())
        .contains("\nmetadata:\n  name: shop\n  namespace: prod\n")
        .contains("- {name: db1, nodeName: node1, ")
        .contains("- {name: db2, nodeName: node2, ")
        .endsWith("    pingIps: [10.77.0.1]\n");
    assertThat(err.toString().lines()).isNotEmpty().allMatch(line -> line.startsWith("Warning: "));
  }

  @Test
  void printsAllErrorsAndNoManifest() throws IOException {
    Path file = Files.writeString(directory.resolve("mmm.conf"), "colour blue\n<box>\n</box>\n");

    assertThat(run("import", file.toString())).isEqualTo(1);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("ERROR: " + file + ":"));
  }

  @Test
  void wantsFilesAndNodesSpelledRight() {
    assertThat(run("import")).isEqualTo(2);
    assertThat(err.toString()).startsWith("ERROR: Missing required parameter: 'FILE'");
    assertThat(run("import", sample("mmm_common.conf"), "--node", "db1")).isEqualTo(2);
    assertThat(err.toString()).contains("HOST=NODE");
  }
}
