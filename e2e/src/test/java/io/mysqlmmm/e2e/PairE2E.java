package io.mysqlmmm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.mysqlmmm.api.v1alpha1.LastMove;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The life of the sample pair, from its first apply to its deletion. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PairE2E {
  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration SOON = Duration.ofSeconds(30);

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

  private static void assertOneWriter(String host) {
    Eventually.within(
        SOON,
        () -> {
          assertThat(pair.writable()).containsExactly(host);
          assertThat(Lab.holders(PairUnderTest.WRITER_IP))
              .containsExactly(PairUnderTest.node(host));
        });
  }

  @Test
  @Order(1)
  void theWriterServesBehindItsVirtualIpAndThePeerFollows() throws Exception {
    assertThat(pair.writer()).isEqualTo("db1");
    assertThat(pair.ledger().inSync()).containsExactlyInAnyOrder("db1", "db2");
    assertOneWriter("db1");

    pair.execute(PairUnderTest.WRITER_IP, "CREATE TABLE greeting (word VARCHAR(20))");
    pair.execute(PairUnderTest.WRITER_IP, "INSERT INTO greeting VALUES ('hello')");

    Eventually.within(
        SOON,
        () ->
            assertThat(pair.query("10.77.0.12", "SELECT word FROM greeting"))
                .containsExactly("hello"));
    assertThat(Lab.holders("10.77.0.101")).hasSize(1);
    assertThat(Lab.holders("10.77.0.102")).hasSize(1);
  }

  @Test
  @Order(2)
  void tenMovesForthAndBackLoseNoAcknowledgedRow() throws Exception {
    try (WriteProbe probe = new WriteProbe(pair, "moves", 4)) {
      for (int i = 0; i < 10; i++) {
        probe.awaitMore(20, SOON);
        String to = pair.standby();
        pair.awaitTrue("Redundant", SOON);

        LastMove move = pair.outcome(pair.requestMove("writer", to), SOON);

        assertThat(move.outcome()).as(move.toString()).isEqualTo("Done");
        assertThat(pair.writer()).isEqualTo(to);
        assertOneWriter(to);
        probe.awaitMore(20, SOON);
      }
      probe.stop();
      assertThat(probe.lostAt(PairUnderTest.WRITER_IP)).isEmpty();
      probe.awaitNothingLost(SOON);
    }
  }

  @Test
  @Order(3)
  void anOutcomeIsToldByAnEvent() {
    assertThat(client.v1().events().inNamespace("default").list().getItems())
        .filteredOn(e -> "MoveRoleDone".equals(e.getReason()))
        .extracting(Event::getMessage)
        .anyMatch(m -> m.startsWith("Role 'writer' has been moved from"));
  }

  @Test
  @Order(4)
  void aRequestThatWasDoneIsNotDoneAgain() {
    String at = pair.requestMove("writer", pair.writer());
    LastMove first = pair.outcome(at, SOON);
    long epoch = pair.epoch();

    pair.patchSpec(
        """
        {"moveRole":{"role":"writer","host":"%s","requestedAt":"%s"}}"""
            .formatted(pair.writer(), at));
    LastMove second = pair.outcome(pair.requestMove("writer", pair.writer()), SOON);

    assertThat(first.message()).contains("is on '%s' already".formatted(pair.writer()));
    assertThat(second.outcome()).isEqualTo("Done");
    assertThat(pair.epoch()).isEqualTo(epoch);
  }

  @Test
  @Order(5)
  void aKilledStandbyStallsNothingForLongAndComesBack() throws Exception {
    try (WriteProbe probe = new WriteProbe(pair, "standby", 2)) {
      probe.awaitMore(20, SOON);
      probe.longestGap();

      pair.killMysqld(pair.standby());

      probe.awaitMore(50, SOON);
      pair.awaitTrue("Redundant", Duration.ofMinutes(1));
      probe.awaitMore(20, SOON);
      System.out.println("write stall at the loss of the standby: " + probe.longestGap());
      probe.stop();
      probe.awaitNothingLost(SOON);
    }
  }

  @Test
  @Order(6)
  void aKilledWriterIsReplacedAndComesBackAndNoAcknowledgedRowIsLost() throws Exception {
    String before = pair.writer();
    String after = pair.standby();
    try (WriteProbe probe = new WriteProbe(pair, "failover", 2)) {
      probe.awaitMore(50, SOON);
      probe.longestGap();

      pair.killMysqld(before);

      Eventually.within(SOON, () -> assertThat(pair.writer()).isEqualTo(after));
      probe.awaitMore(50, SOON);
      System.out.println("write gap at the death of the writer: " + probe.longestGap());
      assertOneWriter(after);
      pair.awaitTrue("Redundant", Duration.ofMinutes(1));
      probe.stop();
      probe.awaitNothingLost(SOON);
    }
  }

  @Test
  @Order(7)
  void deletionLeavesNothingButTheData() {
    pair.delete();
    Eventually.within(Duration.ofMinutes(2), () -> assertThat(pair.read()).isEmpty());

    for (String ip : List.of("10.77.0.100", "10.77.0.101", "10.77.0.102")) {
      assertThat(Lab.holders(ip)).isEmpty();
    }
    Eventually.within(
        Duration.ofMinutes(1),
        () -> {
          assertThat(Lab.pids("node1", "mysqld")).isEmpty();
          assertThat(Lab.pids("node2", "mysqld")).isEmpty();
          assertThat(objectsOfThePair()).isEmpty();
        });
  }

  private static List<String> objectsOfThePair() {
    String kinds =
        "statefulsets,pods,services,endpointslices,configmaps,secrets,poddisruptionbudgets,"
            + "persistentvolumeclaims";
    return Command.require(
            "kubectl",
            "get",
            kinds,
            "-n",
            "default",
            "-o",
            "name",
            "-l",
            "mysqlmmm.io/cluster=shop")
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("No resources"))
        .toList();
  }

  @Test
  @Order(8)
  void appliedAgainItServesTheDataThatItLeft() throws Exception {
    pair.apply();
    pair.awaitTrue("Ready", START);

    assertThat(pair.query(PairUnderTest.WRITER_IP, "SELECT word FROM greeting"))
        .containsExactly("hello");
  }
}
