package io.mysqlmmm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A pair goes with all that it has, and its name is free then. */
class RemovalE2E {
  private static final Duration START = Duration.ofMinutes(3);
  private static final String KINDS =
      "statefulsets,pods,poddisruptionbudgets,endpointslices,services,configmaps,secrets";

  private final KubernetesClient client = Lab.client();
  private final PairUnderTest pair = new PairUnderTest(client);

  @AfterEach
  void close() {
    client.close();
  }

  /** Garbage collection, and whatever else a controller does, may come late or never (028). */
  @Test
  void nothingIsLeftThoughNoControllerRuns() {
    pair.apply();
    pair.awaitTrue("Redundant", START);
    assertThat(left()).contains("shop-tls-db1");

    Lab.lab("stop", "controllers");
    try {
      pair.remove();

      assertThat(left()).isEmpty();
      for (String host : PairUnderTest.HOSTS) {
        assertThat(Lab.pids(PairUnderTest.node(host), "mysqld")).isEmpty();
        assertThat(Lab.onNode(PairUnderTest.node(host), "ls", "/var/lib/mysql-mmm/default/shop"))
            .as("data on the node of " + host)
            .doesNotContain(host);
      }
    } finally {
      Lab.lab("start", "controllers");
    }
  }

  private static String left() {
    return Command.require(
        "kubectl",
        "get",
        KINDS,
        "--selector=mysqlmmm.io/cluster=shop",
        "--output=name",
        "--ignore-not-found");
  }
}
