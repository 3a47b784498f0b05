package io.mysqlmmm.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.mysqlmmm.api.v1alpha1.HostStatus;
import io.mysqlmmm.api.v1alpha1.LastMove;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What MMM's people did with mmm_control, done with the plugin on a pair that serves clients. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PolicyE2E {
  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final List<String> READERS = List.of("10.77.0.101", "10.77.0.102");

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

  private static HostStatus host(String name) {
    return requireNonNull(pair.status().hosts(), "no hosts yet").stream()
        .filter(h -> name.equals(h.name()))
        .findFirst()
        .orElseThrow();
  }

  private static boolean flaps(String name) {
    return Boolean.TRUE.equals(requireNonNull(host(name).guard()).flapping());
  }

  private static void awaitState(String host, String state) {
    Eventually.within(
        SOON, () -> assertThat(host(host).state()).as(host(host).toString()).isEqualTo(state));
  }

  private static void awaitReadersOn(String host, int count) {
    Eventually.within(
        SOON,
        () ->
            assertThat(READERS)
                .filteredOn(ip -> Lab.holders(ip).equals(List.of(PairUnderTest.node(host))))
                .hasSize(count));
  }

  @Test
  @Order(1)
  void aHostIsSetOfflineForMaintenanceAndBack() throws Exception {
    String down = pair.writer();
    String other = pair.standby();
    try (WriteProbe probe = new WriteProbe(pair, "offline", 2)) {
      probe.awaitMore(20, SOON);

      String said = Command.require("kubectl", "mmm", "set-offline", down);

      assertThat(said).contains("State of '" + down + "' changed to ADMIN_OFFLINE");
      assertThat(pair.writer()).isEqualTo(other);
      awaitReadersOn(down, 0);
      // The state is told first; the threads end a moment later.
      Eventually.within(
          SOON,
          () -> {
            String executed = "SELECT @@GLOBAL.gtid_executed";
            Set<String> before = pair.query(PairUnderTest.address(down), executed);
            probe.awaitMore(50, SOON);
            assertThat(pair.query(PairUnderTest.address(down), executed))
                .as("it does not replicate")
                .isEqualTo(before);
          });
      // The IP is gone from the node first; the status tells it a moment later.
      Eventually.within(
          SOON,
          () ->
              assertThat(Command.require("kubectl", "mmm", "show"))
                  .contains("/ADMIN_OFFLINE. Roles: \n"));

      assertThat(Command.require("kubectl", "mmm", "set-online", down))
          .contains("State of '" + down + "' changed to ONLINE");
      pair.awaitTrue("Redundant", SOON);
      awaitReadersOn(down, 1);
      probe.stop();
      assertThat(probe.lostAt(PairUnderTest.WRITER_IP)).isEmpty();
    }
  }

  @Test
  @Order(2)
  void aReaderLeavesAHostThatIsTooFarBehindAndComesBack() throws Exception {
    pair.patchSpec(
        """
        {"monitor":{"checks":{"repBacklog":{"maxBacklog":"1s","trap":"1s"}}}}""");
    String behind = pair.standby();
    awaitReadersOn(behind, 1);
    pair.execute(PairUnderTest.WRITER_IP, "CREATE TABLE IF NOT EXISTS slow (n INT)");
    pair.awaitCaughtUp();
    try (Connection reader = pair.connect(PairUnderTest.address(behind));
        Statement statement = reader.createStatement()) {
      statement.execute("LOCK TABLES slow READ");
      pair.execute(PairUnderTest.WRITER_IP, "INSERT INTO slow VALUES (1)");

      awaitState(behind, "REPLICATION_DELAY");
      awaitReadersOn(behind, 0);
      assertThat(Command.require("kubectl", "mmm", "checks", behind, "rep_backlog"))
          .contains("rep_backlog")
          .contains("behind");
      statement.execute("UNLOCK TABLES");
    }

    awaitState(behind, "ONLINE");
    awaitReadersOn(behind, 1);
    pair.patchSpec("{\"monitor\":{\"checks\":null}}");
  }

  @Test
  @Order(3)
  void aReadersIpGoesWhereItIsAskedToBe() throws Exception {
    String to = pair.writer();

    assertThat(Command.require("kubectl", "mmm", "move-role", "reader", to)).startsWith("OK:");

    awaitReadersOn(to, 2);
    assertThat(Command.require("kubectl", "mmm", "move-role", "reader", pair.standby()))
        .startsWith("OK:");
    awaitReadersOn(to, 1);
  }

  @Test
  @Order(4)
  void inPassiveNothingIsChangedAndAPlanIsCarriedOutAfterwards() throws Exception {
    String standby = pair.standby();
    String writer = pair.writer();
    String ip =
        READERS.stream()
            .filter(i -> Lab.holders(i).equals(List.of(PairUnderTest.node(writer))))
            .findFirst()
            .orElseThrow();
    Command.require("kubectl", "mmm", "set-passive");
    String settled = settledVersion();
    long epoch = pair.epoch();

    pair.killMysqld(standby);

    Eventually.within(
        SOON, () -> assertThat(Lab.pids(PairUnderTest.node(standby), "mysqld")).hasSize(1));
    assertThat(pair.read().orElseThrow().getMetadata().getResourceVersion())
        .as("nothing was written while a host died and came back")
        .isEqualTo(settled);
    assertThat(pair.ledger().inSync()).containsExactlyInAnyOrder("db1", "db2");
    assertThat(Command.require("kubectl", "mmm", "show"))
        .contains("# --- Monitor is in PASSIVE MODE ---");
    assertThat(Command.require("kubectl", "mmm", "mode").strip()).isEqualTo("PASSIVE");
    assertThat(Command.require("kubectl", "mmm", "set-ip", ip, standby)).startsWith("OK:");
    assertThat(Lab.holders(ip)).containsExactly(PairUnderTest.node(writer));

    assertThat(Command.require("kubectl", "mmm", "set-active"))
        .contains("OK: Switched into active mode.");

    pair.awaitTrue("Redundant", START);
    assertThat(pair.epoch()).isGreaterThanOrEqualTo(epoch);
    // The host was not ONLINE when the plan was carried out, or it has the IP now.
    awaitState(standby, "ONLINE");
    Eventually.within(SOON, () -> assertThat(READERS).allMatch(i -> Lab.holders(i).size() == 1));
  }

  /** The operator may have been about to write when the mode was changed. */
  private static String settledVersion() {
    String[] last = {""};
    int[] times = {0};
    Eventually.within(
        SOON,
        () -> {
          String now = pair.read().orElseThrow().getMetadata().getResourceVersion();
          times[0] = now.equals(last[0]) ? times[0] + 1 : 0;
          last[0] = now;
          assertThat(times[0]).as("looks without a change").isGreaterThan(20);
        });
    return last[0];
  }

  @Test
  @Order(5)
  void thePreferredHostReturnsLateAndTakesTheRoleBack() throws Exception {
    pair.awaitTrue("Redundant", START);
    if (pair.writer().equals("db2")) {
      pair.awaitCaughtUp();
      LastMove move = pair.outcome(pair.requestMove("writer", "db1"), SOON);
      assertThat(move.outcome()).as(move.toString()).isEqualTo("Done");
    }
    try (WriteProbe probe = new WriteProbe(pair, "prefer", 2)) {
      probe.awaitMore(20, SOON);

      pair.killMysqld("db1");

      Eventually.within(SOON, () -> assertThat(pair.writer()).isEqualTo("db2"));
      Eventually.within(Duration.ofMinutes(2), () -> assertThat(pair.writer()).isEqualTo("db1"));
      probe.awaitMore(20, SOON);
      probe.stop();
      assertThat(probe.lostAt(PairUnderTest.WRITER_IP)).isEmpty();
    }
  }

  @Test
  @Order(6)
  void aHostThatFlapsIsHeldBackUntilItIsSetOnline() throws Exception {
    pair.awaitTrue("Redundant", START);
    String flapping = pair.standby();
    for (int i = 0; i < 8 && !flaps(flapping); i++) {
      awaitState(flapping, "ONLINE");
      pair.killMysqld(flapping);
      awaitState(flapping, "HARD_OFFLINE");
      pair.awaitTrue("Redundant", START);
      Eventually.within(
          SOON,
          () ->
              assertThat(host(flapping).state())
                  .isEqualTo(flaps(flapping) ? "AWAITING_RECOVERY" : "ONLINE"));
    }

    assertThat(host(flapping).state()).isEqualTo("AWAITING_RECOVERY");
    assertThat(flaps(flapping)).isTrue();
    awaitReadersOn(flapping, 0);
    Command refused = Command.run("kubectl", "mmm", "move-role", "writer", flapping);
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.output()).contains("AWAITING_RECOVERY");

    assertThat(Command.require("kubectl", "mmm", "set-online", flapping)).startsWith("OK:");

    awaitReadersOn(flapping, 1);
  }
}
