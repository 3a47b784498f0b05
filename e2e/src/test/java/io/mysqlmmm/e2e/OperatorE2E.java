package io.mysqlmmm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.mysqlmmm.api.v1alpha1.LastMove;
import io.mysqlmmm.e2e.chaos.Leader;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The operator itself fails, or is used through the plugin. */
class OperatorE2E {
  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String NAMESPACE = "mysql-mmm-system";

  private static KubernetesClient client;
  private static PairUnderTest pair;

  @BeforeAll
  static void apply() {
    client = Lab.client();
    pair = new PairUnderTest(client);
    pair.apply();
    pair.awaitTrue("Ready", START);
    pair.awaitTrue("Redundant", SOON);
  }

  @AfterAll
  static void cleanUp() {
    pair.remove();
    client.close();
  }

  private static String leader() {
    return Leader.pod(client).orElse("");
  }

  @Test
  void writesGoOnWhenTheLeaderDiesAndTheOtherTakesOver() throws Exception {
    String before = leader();
    List<Pod> pods = client.pods().inNamespace(NAMESPACE).list().getItems();
    assertThat(pods).hasSizeGreaterThanOrEqualTo(2);
    try (WriteProbe probe = new WriteProbe(pair, "leader", 2)) {
      probe.awaitMore(20, SOON);

      client.pods().inNamespace(NAMESPACE).withName(before).withGracePeriod(0).delete();

      Eventually.within(SOON, () -> assertThat(leader()).isNotEmpty().isNotEqualTo(before));
      LastMove move = pair.outcome(pair.requestMove("writer", pair.standby()), SOON);
      assertThat(move.outcome()).as(move.toString()).isEqualTo("Done");
      probe.awaitMore(20, SOON);
      probe.stop();
      assertThat(probe.lostAt(PairUnderTest.WRITER_IP)).isEmpty();
    }
  }

  @Test
  void thePluginShowsAndMoves() throws Exception {
    pair.awaitTrue("Redundant", START);
    pair.awaitCaughtUp();
    String to = pair.standby();

    String moved = Command.require("kubectl", "mmm", "move-role", "writer", to);
    String shown = Command.require("kubectl", "mmm", "show");
    Command refused = Command.run("kubectl", "mmm", "move-role", "writer", "db9");

    assertThat(moved).startsWith("OK: Role 'writer' has been moved");
    assertThat(shown).contains("master/ONLINE").contains("writer(10.77.0.100)");
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.output()).startsWith("ERROR:").contains("db9");
    assertThat(pair.writer()).isEqualTo(to);
  }

  @Test
  void aDeletedWriterPodHandsItsRoleOver() throws Exception {
    pair.awaitTrue("Redundant", START);
    String before = pair.writer();
    String after = pair.standby();
    try (WriteProbe probe = new WriteProbe(pair, "deleted", 2)) {
      probe.awaitMore(20, SOON);

      client.pods().inNamespace("default").withName("shop-" + before + "-0").delete();

      Eventually.within(SOON, () -> assertThat(pair.writer()).isEqualTo(after));
      probe.awaitMore(20, SOON);
      pair.awaitTrue("Redundant", START);
      probe.stop();
      assertThat(probe.lostAt(PairUnderTest.WRITER_IP)).isEmpty();
    }
  }
}
