package io.mysqlmmm.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.mysqlmmm.api.v1alpha1.HostStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An old MMM configuration, imported, runs: two masters, a slave, three readers. */
class ImportE2E {
  private static final Duration START = Duration.ofMinutes(3);
  private static final String CONFIGURATION = "samples/mmm/two-masters-and-slave/";

  private static KubernetesClient client;
  private static PairUnderTest pair;

  @BeforeAll
  static void apply() {
    client = Lab.client();
    pair = new PairUnderTest(client);
    // A replica of another test leaves its data, and nobody is made writer beside unknown data.
    Lab.onNode("node3", "rm", "-rf", "/var/lib/mysql-mmm/default/shop/db3");
    pair.apply(imported());
    pair.awaitTrue("Ready", START);
  }

  @AfterAll
  static void cleanUp() {
    pair.remove();
    client.close();
  }

  /** What import prints, with what MMM's files do not tell: an image, and a database to look at. */
  private static String imported() {
    String files =
        "%1$s/%2$smmm_common.conf %1$s/%2$smmm_mon.conf".formatted(Lab.root(), CONFIGURATION);
    // Warnings go to standard error.
    String resource =
        Command.require(
            "sh",
            "-c",
            "kubectl mmm import "
                + files
                + " --name shop --namespace default"
                + " --node db1=node1 --node db2=node2 --node db3=node3 2>/dev/null");
    return resource.replaceFirst(
        "(?m)^  mysql:$",
        """
          mysql:
            image: docker.io/lab/mysql:9.7
            databases: [{name: shop, user: shop, secret: shop-app}]"""
            .indent(2)
            .stripTrailing());
  }

  private static Map<String, String> states() {
    return requireNonNull(pair.status().hosts(), "no hosts yet").stream()
        .collect(
            Collectors.toMap(
                h -> requireNonNull(h.name()), (HostStatus h) -> requireNonNull(h.state())));
  }

  @Test
  void theImportedPairRuns() throws Exception {
    pair.awaitTrue("Redundant", START);
    assertThat(pair.writer()).isEqualTo("db1");
    // auto_set_online 0 in the old file: new hosts await somebody's word, as they did with MMM.
    Eventually.within(
        Duration.ofSeconds(30),
        () ->
            assertThat(states())
                .isEqualTo(
                    Map.of(
                        "db1", "ONLINE", "db2", "AWAITING_RECOVERY", "db3", "AWAITING_RECOVERY")));
    for (String host : List.of("db2", "db3")) {
      assertThat(Command.require("kubectl", "mmm", "set-online", host))
          .contains("State of '" + host + "' changed to ONLINE");
    }
    // mode wait in the old file: both masters are ONLINE, so it is over.
    Eventually.within(
        Duration.ofSeconds(30),
        () -> assertThat(Command.require("kubectl", "mmm", "mode").strip()).isEqualTo("ACTIVE"));
    pair.execute(PairUnderTest.WRITER_IP, "CREATE TABLE imported (n INT PRIMARY KEY)");
    pair.execute(PairUnderTest.WRITER_IP, "INSERT INTO imported VALUES (1)");
    for (String host : List.of("db2", "db3")) {
      Eventually.within(
          Duration.ofSeconds(30),
          () ->
              assertThat(pair.query(PairUnderTest.address(host), "SELECT n FROM imported"))
                  .containsExactly("1"));
    }
    for (String ip : List.of("10.77.0.101", "10.77.0.102", "10.77.0.103")) {
      Eventually.within(
          Duration.ofSeconds(30), () -> assertThat(Lab.holders(ip)).as(ip).hasSize(1));
    }

    assertThat(Command.require("kubectl", "mmm", "move-role", "writer", "db2")).startsWith("OK:");

    pair.execute(PairUnderTest.WRITER_IP, "INSERT INTO imported VALUES (2)");
    Eventually.within(
        Duration.ofSeconds(30),
        () ->
            assertThat(pair.query("10.77.0.13", "SELECT n FROM imported"))
                .as("the slave follows the new master")
                .containsExactly("1", "2"));
  }
}
