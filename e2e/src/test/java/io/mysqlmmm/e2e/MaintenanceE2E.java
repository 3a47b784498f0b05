package io.mysqlmmm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.mysqlmmm.api.v1alpha1.HostGuard;
import io.mysqlmmm.api.v1alpha1.HostStatus;
import io.mysqlmmm.api.v1alpha1.LastMove;
import io.mysqlmmm.e2e.chaos.Administrator;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestMethodOrder;

/** Changes of a pair at work, as a user makes them, while clients write. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MaintenanceE2E {
  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration DELAY = Duration.ofSeconds(10);

  /** All that the tests of this class write, onto an empty disk. */
  private static final Duration REPLAYED = Duration.ofMinutes(5);

  /** Two new pods one after the other, and a move. */
  private static final Duration ROLLED = Duration.ofMinutes(4);

  private static final String TWO_HOSTS =
      """
      {"hosts":[{"name":"db1","nodeName":"node1","mode":"Master","peer":"db2"},
                {"name":"db2","nodeName":"node2","mode":"Master","peer":"db1"}],
       "roles":[{"name":"writer","mode":"Exclusive","hosts":["db1","db2"],"ips":["10.77.0.100"]},
                {"name":"reader","mode":"Balanced","hosts":["db1","db2"],
                 "ips":["10.77.0.101","10.77.0.102"]}]}""";

  private static final String THREE_HOSTS =
      TWO_HOSTS
          .replace(
              "\"peer\":\"db1\"}",
              "\"peer\":\"db1\"},{\"name\":\"db3\",\"nodeName\":\"node3\",\"mode\":\"Replica\"}")
          .replace(
              "\"Balanced\",\"hosts\":[\"db1\",\"db2\"",
              "\"Balanced\",\"hosts\":[\"db1\",\"db2\",\"db3\"")
          .replace("\"10.77.0.102\"", "\"10.77.0.102\",\"10.77.0.103\"");

  private static KubernetesClient client;
  private static PairUnderTest pair;
  private WriteProbe probe;
  private int marks;
  private String table = "";

  @BeforeAll
  static void apply() {
    client = Lab.client();
    pair = new PairUnderTest(client);
    // What a replica of an earlier run left; its data stay when it leaves the spec.
    Lab.onNode("node3", "rm", "-rf", "/var/lib/mysql-mmm/default/shop/db3");
    // Without a preferred host, to which the role would go back.
    pair.apply(PairUnderTest.sample().replace(", prefer: db1", ""));
    pair.awaitTrue("Ready", START);
    pair.awaitTrue("Redundant", SOON);
    awaitProgressing("UpToDate", SOON);
  }

  @AfterAll
  static void cleanUp() {
    Lab.NODES.forEach(node -> Command.require("kubectl", "uncordon", node));
    pair.remove();
    client.close();
  }

  @BeforeEach
  void write(TestInfo test) throws Exception {
    pair.awaitTrue("Redundant", Duration.ofMinutes(1));
    // A table of its own: each probe counts from one.
    table = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
    table = table.substring(0, Math.min(60, table.length()));
    probe = new WriteProbe(pair, table, 2);
    probe.awaitMore(20, SOON);
    probe.longestGap();
  }

  @AfterEach
  void nothingWasLost() throws Exception {
    probe.awaitMore(20, SOON);
    System.out.println("longest gap between writes: " + probe.longestGap());
    probe.stop();
    // A host that was restarted under full load has a while to catch up.
    pair.awaitCaughtUp();
    probe.awaitNothingLost(SOON);
    assertThat(pair.writable()).containsExactly(pair.writer());
  }

  private static Condition awaitProgressing(String reason, Duration bound) {
    return Eventually.get(
        bound,
        () -> {
          Condition seen = pair.condition("Progressing");
          boolean current = generation().equals(pair.status().observedGeneration());
          if (!current || !reason.equals(seen.getReason())) {
            throw new AssertionError(seen.toString());
          }
          return seen;
        });
  }

  /** After a change of the spec: it was taken up, and is done. */
  private static void awaitRolled() {
    Eventually.within(SOON, () -> assertThat(pending()).isNotEqualTo("UpToDate"));
    awaitProgressing("UpToDate", ROLLED);
    pair.awaitTrue("Redundant", Duration.ofMinutes(1));
  }

  private static String pending() {
    return pair.condition("Progressing").getReason();
  }

  private static Long generation() {
    return pair.read().orElseThrow().getMetadata().getGeneration();
  }

  /** Name and uid of each pod. */
  private static Map<String, String> pods() {
    Map<String, String> uids = new TreeMap<>();
    client
        .pods()
        .inNamespace("default")
        .withLabel("mysqlmmm.io/cluster", "shop")
        .list()
        .getItems()
        .forEach(p -> uids.put(p.getMetadata().getName(), p.getMetadata().getUid()));
    return uids;
  }

  private static void assertSetting(String name, String value) throws Exception {
    for (String host : PairUnderTest.HOSTS) {
      assertThat(pair.query(PairUnderTest.address(host), "SELECT @@GLOBAL." + name))
          .as(host)
          .containsExactly(value);
    }
  }

  @Test
  @Order(1)
  void aDynamicSettingIsTakenOverWithoutARestart() {
    Map<String, String> before = pods();
    long epoch = pair.epoch();

    pair.patchSpec("{\"mysql\":{\"config\":{\"max_connections\":\"222\"}}}");

    Eventually.within(SOON, () -> assertSetting("max_connections", "222"));
    awaitProgressing("UpToDate", SOON);
    assertThat(pods()).isEqualTo(before);
    assertThat(pair.epoch()).isEqualTo(epoch);
    // So that the next start of mysqld has it, too.
    for (String host : PairUnderTest.HOSTS) {
      Eventually.within(
          Duration.ofMinutes(2),
          () ->
              assertThat(
                      Command.require(
                          "kubectl",
                          "exec",
                          "shop-" + host + "-0",
                          "-c",
                          "mysqld",
                          "--",
                          "cat",
                          "/etc/mmm/mysql/my.cnf"))
                  .contains("max_connections=222"));
    }
  }

  @Test
  @Order(2)
  void aStaticSettingRollsThroughThePairWithOneMove() throws Exception {
    Map<String, String> before = pods();
    Map<String, Integer> flaps = flaps();
    long epoch = pair.epoch();
    String standby = pair.standby();

    pair.patchSpec("{\"mysql\":{\"config\":{\"innodb_read_io_threads\":\"5\"}}}");
    awaitRolled();

    assertSetting("innodb_read_io_threads", "5");
    assertSetting("max_connections", "222");
    assertThat(pods().values()).doesNotContainAnyElementsOf(before.values());
    assertThat(pair.writer()).isEqualTo(standby);
    assertThat(pair.epoch()).isEqualTo(epoch + 1);
    assertThat(flaps())
        .as(() -> "both hosts were down, and on purpose; what was told: " + told())
        .isEqualTo(flaps);
  }

  /** The pair's Events by their time, to tell what a failure came of. */
  private static List<String> told() {
    return client.v1().events().inNamespace("default").list().getItems().stream()
        .filter(e -> "shop".equals(e.getInvolvedObject().getName()))
        .filter(e -> e.getEventTime() != null)
        .map(e -> e.getEventTime().getTime() + " " + e.getMessage())
        .sorted()
        .toList();
  }

  private static Map<String, Integer> flaps() {
    Map<String, Integer> counts = new TreeMap<>();
    for (String host : PairUnderTest.HOSTS) {
      HostGuard guard = Objects.requireNonNull(pair.host(host).guard());
      counts.put(host, Objects.requireNonNullElse(guard.flapCount(), 0));
    }
    return counts;
  }

  @Test
  @Order(3)
  void aSettingThatMysqldDoesNotKnowStopsAtTheStandbyAndGoesOnWhenItIsCorrected() throws Exception {
    String writer = pair.writer();
    String writersPod = pods().get("shop-" + writer + "-0");
    long epoch = pair.epoch();

    pair.patchSpec("{\"mysql\":{\"config\":{\"no_such_setting\":\"1\"}}}");
    Condition stopped = awaitProgressing("RollingStopped", ROLLED);

    assertThat(stopped.getStatus()).isEqualTo("False");
    assertThat(stopped.getMessage())
        .contains(PairUnderTest.other(writer), "mysqld does not come up", "to come: " + writer);
    probe.awaitMore(50, SOON);
    assertThat(pair.is("Ready")).isTrue();
    assertThat(pair.writer()).isEqualTo(writer);
    assertThat(pods()).containsEntry("shop-" + writer + "-0", writersPod);

    pair.patchSpec(
        "{\"mysql\":{\"config\":{\"no_such_setting\":null,\"innodb_write_io_threads\":\"5\"}}}");
    Eventually.within(ROLLED, () -> assertSetting("innodb_write_io_threads", "5"));
    awaitProgressing("UpToDate", ROLLED);

    assertThat(pair.epoch()).isGreaterThan(epoch);
  }

  @Test
  @Order(4)
  void anOlderVersionIsRefusedBeforeAnythingIsTouched() {
    Map<String, String> before = pods();
    String image = Objects.requireNonNull(pair.read().orElseThrow().getSpec().mysql()).image();

    pair.patchSpec("{\"mysql\":{\"image\":\"docker.io/lab/mysql:9.6\"}}");
    Eventually.within(
        SOON,
        () -> {
          Condition spec = pair.condition("SpecAccepted");
          assertThat(spec.getReason()).isEqualTo("VersionRefused");
          assertThat(spec.getMessage()).contains("spec.mysql.image", "9.6 is older");
        });
    pair.patchSpec("{\"mysql\":{\"image\":\"%s\"}}".formatted(image));
    pair.awaitTrue("SpecAccepted", SOON);

    assertThat(pods()).isEqualTo(before);
  }

  @Test
  @Order(5)
  void anImageThatIsNotThereStopsAtTheStandby() {
    String writer = pair.writer();
    String image = Objects.requireNonNull(pair.read().orElseThrow().getSpec().mysql()).image();

    pair.patchSpec("{\"mysql\":{\"image\":\"10.77.0.1:9/lab/no-such-image:1\"}}");
    Condition stopped = awaitProgressing("RollingStopped", ROLLED);

    assertThat(stopped.getMessage()).contains("spec.mysql.image", "no-such-image");
    assertThat(pair.writer()).isEqualTo(writer);
    probe.awaitMore(50, SOON);

    pair.patchSpec("{\"mysql\":{\"image\":\"%s\"}}".formatted(image));
    awaitProgressing("UpToDate", ROLLED);
    pair.awaitTrue("Redundant", Duration.ofMinutes(1));
  }

  @Test
  @Order(6)
  void aDrainOfTheWritersNodeCostsAPlannedMove() {
    String before = pair.writer();
    String after = PairUnderTest.other(before);

    Command drained =
        Command.run(
            Duration.ofMinutes(3),
            "kubectl",
            "drain",
            PairUnderTest.node(before),
            "--ignore-daemonsets",
            "--delete-emptydir-data",
            "--timeout=170s");

    System.out.println(drained.output());
    assertThat(drained.exit()).as(drained.output()).isZero();
    assertThat(pair.writer()).isEqualTo(after);
    assertThat(client.v1().events().inNamespace("default").list().getItems())
        .filteredOn(e -> "MoveRoleDone".equals(e.getReason()))
        .extracting(io.fabric8.kubernetes.api.model.Event::getMessage)
        .anyMatch(m -> m.contains("from '%s' to '%s'".formatted(before, after)));
    probe.awaitMore(50, SOON);

    Command.require("kubectl", "uncordon", PairUnderTest.node(before));
    pair.awaitTrue("Redundant", START);
  }

  /** First: it replays all that was ever written, and the other tests write without a pause. */
  @Test
  @Order(0)
  void aReplicaComesIsDelayedAndGoes() throws Exception {
    pair.patchSpec(THREE_HOSTS);
    Eventually.within(
        START,
        () -> {
          assertThat(pair.host("db3").state()).isEqualTo("ONLINE");
          assertThat(pair.host("db3").vips()).isNotEmpty();
        });
    Eventually.within(SOON, () -> assertThat(probe.lostAt("10.77.0.13")).isEmpty());
    awaitProgressing("UpToDate", SOON);

    pair.execute(PairUnderTest.WRITER_IP, "DROP TABLE IF EXISTS shop.marks");
    pair.execute(PairUnderTest.WRITER_IP, "CREATE TABLE shop.marks (id INT PRIMARY KEY)");
    pair.patchSpec(THREE_HOSTS.replace("\"Replica\"", "\"Replica\",\"delay\":\"10s\""));
    Eventually.within(START, () -> assertThat(timeToReplica()).isBetween(DELAY, SOON));
    pair.patchSpec(THREE_HOSTS);
    Eventually.within(START, () -> assertThat(timeToReplica()).isLessThan(DELAY));
    Eventually.within(SOON, () -> assertThat(pair.host("db3").state()).isEqualTo("ONLINE"));

    pair.patchSpec(TWO_HOSTS);
    Eventually.within(
        START,
        () -> {
          assertThat(pair.status().hosts()).extracting(HostStatus::name).containsOnly("db1", "db2");
          assertThat(pods()).containsOnlyKeys("shop-db1-0", "shop-db2-0");
        });
    for (String ip : List.of("10.77.0.101", "10.77.0.102")) {
      Eventually.within(SOON, () -> assertThat(Lab.holders(ip)).hasSize(1).doesNotContain("node3"));
    }
    Eventually.within(SOON, () -> assertThat(Lab.holders("10.77.0.103")).isEmpty());
    assertThat(client.secrets().inNamespace("default").withName("shop-tls-db3").get()).isNull();
  }

  /** From a row's commit on the writer to the moment the replica shows it. */
  private Duration timeToReplica() throws SQLException {
    long begun = System.nanoTime();
    String mark = String.valueOf(++marks);
    pair.execute(PairUnderTest.WRITER_IP, "INSERT INTO shop.marks VALUES (" + mark + ")");
    Eventually.within(
        SOON,
        () -> assertThat(pair.query("10.77.0.13", "SELECT id FROM shop.marks")).contains(mark));
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  /** There it has an empty disk; where it comes from, its old data. */
  @Test
  @Order(7)
  void theStandbyMovesToAnotherNodeAndBack() throws Exception {
    String standby = pair.standby();
    String writer = pair.writer();
    long epoch = pair.epoch();
    Lab.onNode("node3", "rm", "-rf", "/var/lib/mysql-mmm/default/shop/" + standby);

    pair.patchSpec(TWO_HOSTS.replace(PairUnderTest.node(standby), "node3"));
    Eventually.within(
        START,
        () -> {
          assertThat(node(standby)).isEqualTo("node3");
          assertThat(pair.ledger().inSync()).contains(standby);
        });
    pair.awaitTrue("Redundant", SOON);
    // It has received all that was ever written, and applies it.
    Eventually.within(REPLAYED, () -> assertThat(probe.lostAt("10.77.0.13")).isEmpty());

    pair.patchSpec(TWO_HOSTS);
    Eventually.within(
        START, () -> assertThat(node(standby)).isEqualTo(PairUnderTest.node(standby)));
    pair.awaitTrue("Redundant", START);
    assertThat(pair.writer()).isEqualTo(writer);
    assertThat(pair.epoch()).isEqualTo(epoch);
  }

  private static String node(String host) {
    return client
        .pods()
        .inNamespace("default")
        .withName("shop-" + host + "-0")
        .get()
        .getSpec()
        .getNodeName();
  }

  @Test
  @Order(8)
  void theWritersAddressIsAnother() throws Exception {
    String other =
        TWO_HOSTS.replace("10.77.0.100", "10.77.0.104").replace("10.77.0.102", "10.77.0.105");

    pair.patchSpec(other);
    Eventually.within(
        SOON,
        () -> {
          assertThat(Lab.holders("10.77.0.104")).containsExactly(PairUnderTest.node(pair.writer()));
          assertThat(Lab.holders("10.77.0.100")).isEmpty();
          assertThat(Lab.holders("10.77.0.105")).hasSize(1);
          assertThat(Lab.holders("10.77.0.102")).isEmpty();
          assertThat(endpoints("shop-writer")).containsExactly("10.77.0.104");
        });
    pair.execute("10.77.0.104", "INSERT INTO " + table + " VALUES (-1, NOW(6))");

    pair.patchSpec(TWO_HOSTS);
    Eventually.within(
        SOON,
        () ->
            assertThat(Lab.holders("10.77.0.100"))
                .containsExactly(PairUnderTest.node(pair.writer())));
  }

  /** As when the standby was upgraded: it has the account, and not what it logs in with. */
  @Test
  @Order(9)
  void theRoleStaysWhereAccountsCanLogIn() throws Exception {
    String writer = pair.writer();
    String standby = pair.standby();
    Administrator.of(client).execute(writer, "INSTALL PLUGIN auth_socket SONAME 'auth_socket.so'");
    Administrator.of(client).execute(writer, "CREATE USER legacy IDENTIFIED BY 'of-old'");
    // As it came with an upgrade: CREATE USER for the plugin would be refused by the standby.
    Administrator.of(client)
        .execute(writer, "UPDATE mysql.user SET plugin = 'auth_socket' WHERE user = 'legacy'");

    // Once the status tells, the operator knows.
    Eventually.within(
        SOON,
        () -> {
          Command rehearsed =
              Command.run("kubectl", "mmm", "move-role", "--dry-run", "writer", standby);
          assertThat(rehearsed.exit()).isEqualTo(1);
          assertThat(rehearsed.output()).contains("no authentication plugin auth_socket");
        });
    LastMove refused = pair.outcome(pair.requestMove("writer", standby), SOON);
    assertThat(refused.outcome()).isEqualTo("Refused");
    assertThat(refused.message())
        .contains("no authentication plugin auth_socket")
        .contains("log in on '" + writer + "'");
    assertThat(pair.writer()).isEqualTo(writer);

    Administrator.of(client).execute(writer, "DROP USER legacy");
    Administrator.of(client).execute(writer, "UNINSTALL PLUGIN auth_socket");
    Eventually.within(
        SOON,
        () ->
            assertThat(pair.outcome(pair.requestMove("writer", standby), SOON).outcome())
                .isEqualTo("Done"));
  }

  private static List<String> endpoints(String service) {
    return client
        .discovery()
        .v1()
        .endpointSlices()
        .inNamespace("default")
        .withLabel("kubernetes.io/service-name", service)
        .list()
        .getItems()
        .stream()
        .flatMap(slice -> slice.getEndpoints().stream())
        .flatMap(endpoint -> endpoint.getAddresses().stream())
        .toList();
  }
}
