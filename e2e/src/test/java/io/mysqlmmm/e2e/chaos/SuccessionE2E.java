package io.mysqlmmm.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.mysqlmmm.api.v1alpha1.LastMove;
import io.mysqlmmm.e2e.Eventually;
import io.mysqlmmm.e2e.Lab;
import io.mysqlmmm.e2e.PairUnderTest;
import io.mysqlmmm.e2e.WriteProbe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With an operator on each of the two masters' nodes, the one beside the writer leads. */
class SuccessionE2E {
  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration SOON = Duration.ofSeconds(60);

  private static KubernetesClient client;
  private static PairUnderTest pair;
  private final Undos undos = new Undos();

  @BeforeAll
  static void apply() throws Exception {
    client = Lab.client();
    pair = new PairUnderTest(client);
    Operators.keepTo(List.of("node1", "node2"));
    pair.apply(PairUnderTest.sample().replace(", prefer: db1", ""));
  }

  @BeforeEach
  void settle() {
    pair.awaitTrue("Redundant", START);
    awaitLeaderBesideTheWriter();
  }

  @AfterEach
  void heal() {
    assertThat(undos.runAll()).isEmpty();
  }

  @AfterAll
  static void cleanUp() throws Exception {
    pair.remove();
    client.close();
    Operators.letGo();
  }

  private static void awaitLeaderBesideTheWriter() {
    Eventually.within(
        SOON, () -> assertThat(Leader.node(client)).isEqualTo(PairUnderTest.node(pair.writer())));
  }

  @Test
  void theLeaderFollowsTheWriter() throws Exception {
    try (WriteProbe probe = new WriteProbe(pair, "succession", 2)) {
      for (int move = 0; move < 2; move++) {
        probe.awaitMore(20, SOON);
        String to = pair.standby();
        LastMove moved = pair.outcome(pair.requestMove("writer", to), SOON);
        assertThat(moved.outcome()).as(moved.toString()).isEqualTo("Done");

        awaitLeaderBesideTheWriter();
        assertThat(pair.writer()).isEqualTo(to);
        pair.awaitTrue("Redundant", SOON);
      }
      probe.awaitMore(20, SOON);
      probe.stop();
      assertThat(probe.lostAt(PairUnderTest.WRITER_IP)).isEmpty();
    }
  }

  /** A leader lost with it would cost the writer its lease, and its mysqld with that. */
  @Test
  void theLossOfTheStandbysNodeLeavesTheWriterAndTheLeaderAlone() throws Exception {
    String writer = pair.writer();
    long epoch = pair.epoch();
    List<String> mysqld = Processes.mysqld(writer);
    Optional<String> leader = Leader.pod(client);
    try (WriteProbe probe = new WriteProbe(pair, "succession", 2)) {
      probe.awaitMore(20, SOON);
      undos.add(NetworkFaults.linkDown(PairUnderTest.node(pair.standby())));

      Eventually.within(SOON, () -> assertThat(pair.ledger().inSync()).containsExactly(writer));
      probe.awaitMore(20, SOON);
      assertThat(undos.runAll()).isEmpty();
      pair.awaitTrue("Redundant", START);

      assertThat(pair.epoch()).isEqualTo(epoch);
      assertThat(Processes.mysqld(writer)).isEqualTo(mysqld);
      assertThat(Leader.pod(client)).isEqualTo(leader);
      probe.stop();
      assertThat(probe.lostAt(PairUnderTest.WRITER_IP)).isEmpty();
    }
  }
}
