package io.mysqlmmm.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.mysqlmmm.api.v1alpha1.HostCloneStatus;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Servers of the nodes' own, run by systemd, become a pair, and a systemd goes on running them. */
class ExternalE2E {
  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration SOON = Duration.ofSeconds(60);

  private final KubernetesClient client = Lab.client();
  private final PairUnderTest pair = new PairUnderTest(client);
  private final Map<String, NodesMysql> servers = new HashMap<>();

  private void installOn(String... hosts) {
    for (String host : hosts) {
      servers.put(host, new NodesMysql(host));
      server(host).install();
    }
  }

  private void startAsInstalled() {
    server("db1")
        .startAsInstalled(
            "CREATE DATABASE shop",
            "CREATE TABLE shop.legacy (id INT PRIMARY KEY AUTO_INCREMENT, body VARCHAR(20))",
            "INSERT INTO shop.legacy (body) VALUES ('one'), ('two'), ('three')",
            "CREATE TABLE shop.old (id INT) ENGINE=MyISAM");
  }

  @AfterEach
  void cleanUp() {
    pair.remove();
    servers.values().forEach(NodesMysql::remove);
    client.close();
  }

  private NodesMysql server(String host) {
    return requireNonNull(servers.get(host));
  }

  @Test
  void aPackagesServerIsTakenOverAndKeptByTheRulesOfEveryOther() throws SQLException {
    installOn("db1", "db2");
    startAsInstalled();
    String before = server("db1").pid();
    pair.apply(
        PairUnderTest.sample()
            .replace("peer: db2}", "peer: db2, external: true}")
            .replace("peer: db1}", "peer: db1, external: true}")
            .replace("  network:\n", "  adopt: {host: db1}\n  network:\n"));
    awaitTheUnitToBeMissed();
    looksAtTheServerWhileItServes();
    assertThat(server("db1").pid()).as("nothing is restarted unasked").isEqualTo(before);

    takeOver();

    assertThat(pair.writer()).isEqualTo("db1");
    assertThat(lastClone("db2").map(HostCloneStatus::state)).contains("Done");
    assertThat(Command.require("kubectl", "mmm", "preflight"))
        .contains("# db1: nothing is missing")
        .contains("# db2: nothing is missing");
    for (String host : PairUnderTest.HOSTS) {
      assertThat(owner(server(host).pid())).as("the package's user").isEqualTo("127");
      assertThat(pair.query(PairUnderTest.address(host), "SELECT body FROM legacy ORDER BY id"))
          .containsExactly("one", "two", "three");
      assertThat(pair.query(PairUnderTest.address(host), "SELECT @@GLOBAL.max_connections"))
          .as("the node's own option file")
          .isEqualTo(Set.of("77"));
    }

    try (WriteProbe probe = new WriteProbe(pair, "taken_over", 2)) {
      probe.awaitMore(50, SOON);
      comesBackByItselfAfterItsWriterIsKilled(probe);
      movesItsWriter(probe);
      comesBackWhenItsUnitIsStoppedAndStarted(probe);
      rollsASetting(probe);
      probe.stop();
      probe.awaitNothingLost(SOON);
    }
    endsWithItsPair();
  }

  /** One master in its pod, the other one and a replica on their nodes, all of them new. */
  @Test
  void aPackagesServerIsPairedWithOneInAPod() throws SQLException {
    installOn("db1", "db3");
    pair.apply(
        PairUnderTest.sample()
            .replace(
                "peer: db1}\n",
                "peer: db1}\n    - {name: db3, nodeName: node3, mode: Replica, external: true}\n")
            .replace("peer: db2}", "peer: db2, external: true}"));
    awaitPreflight("db1  missing  start of mysqld");
    awaitPreflight("db3  missing  start of mysqld");
    for (String host : List.of("db1", "db3")) {
      server(host).putUnitInPlace();
      server(host).systemctl("start", "mysql");
    }
    pair.awaitTrue("Redundant", START);

    try (WriteProbe probe = new WriteProbe(pair, "mixed", 2)) {
      probe.awaitMore(50, SOON);
      for (int i = 0; i < PairUnderTest.HOSTS.size(); i++) {
        comesBackByItselfAfterItsWriterIsKilled(probe);
        movesItsWriter(probe);
        movesItsWriter(probe);
      }
      awaitTheReplica("SELECT COUNT(*) > 0 FROM mixed");
      probe.stop();
      probe.awaitNothingLost(SOON);
    }
    String written =
        pair.query(PairUnderTest.address(pair.writer()), "SELECT COUNT(*) FROM mixed").toString();
    awaitTheReplica("SELECT COUNT(*) = " + written.replaceAll("\\D", "") + " FROM mixed");
    endsWithItsPair();
    assertThat(Lab.pids("node3", "mysqld")).isEmpty();
  }

  private void awaitTheReplica(String condition) {
    Eventually.within(
        SOON,
        () ->
            assertThat(pair.query(PairUnderTest.address("db3"), condition))
                .as("%s on the replica", condition)
                .isEqualTo(Set.of("1")));
  }

  private void awaitTheUnitToBeMissed() {
    Eventually.within(
        START,
        () -> {
          Command preflight = Command.run("kubectl", "mmm", "preflight");
          assertThat(preflight.exit()).isEqualTo(1);
          assertThat(preflight.output())
              .contains("db1  missing  start of mysqld")
              .contains("db2  missing  start of mysqld")
              .contains("copy /var/lib/mysql-mmm/default/shop/db1/node/mysql-mmm.conf to");
        });
    assertThat(pair.status().ledger()).as("nobody is writer yet").isNull();
  }

  /** By an account of its own, which only the server's owner can make. */
  private void looksAtTheServerWhileItServes() {
    String account = "'mmm_agent'@'127.0.0.1'";
    awaitPreflight("db1  missing  account " + account + ": cannot log in");
    server("db1").client("CREATE USER %s IDENTIFIED BY '%s'".formatted(account, agentPassword()));
    awaitPreflight("db1  missing  grants of " + account + ": without SELECT, EVENT");
    server("db1").client("GRANT SELECT, EVENT, PROCESS, XA_RECOVER_ADMIN ON *.* TO " + account);
    awaitPreflight("db1  missing  tables of other engines: shop.old (MyISAM)");

    server("db1").client("ALTER TABLE shop.old ENGINE=InnoDB");

    Eventually.within(
        SOON,
        () ->
            assertThat(Command.run("kubectl", "mmm", "preflight").output())
                .contains("db1  missing  taken over: not yet")
                .doesNotContain("shop.old"));
  }

  private static void awaitPreflight(String line) {
    Eventually.within(
        SOON, () -> assertThat(Command.run("kubectl", "mmm", "preflight").output()).contains(line));
  }

  private String agentPassword() {
    String encoded =
        client
            .secrets()
            .inNamespace("default")
            .withName("shop-mysql")
            .require()
            .getData()
            .get("agentPassword");
    return new String(Base64.getDecoder().decode(encoded), UTF_8);
  }

  private void takeOver() {
    server("db1").putUnitInPlace();
    server("db2").putUnitInPlace();
    server("db1").systemctl("stop", "mysql");
    server("db1").moveDataInPlace();
    server("db2").addOption("binlog-ignore-db = scratch");
    server("db1").systemctl("start", "mysql");
    server("db2").systemctl("start", "mysql");
    awaitPreflight(
        "db2  missing  start of mysqld: the node's option file /etc/mysql/my.cnf sets"
            + " binlog-ignore-db, which no host of a pair may");
    server("db2").removeOption("binlog-ignore-db");
    pair.awaitTrue("Redundant", START);
  }

  private void comesBackByItselfAfterItsWriterIsKilled(WriteProbe probe) {
    String killed = pair.writer();
    pair.killMysqld(killed);

    awaitWriter(PairUnderTest.other(killed));
    awaitInSync();
    probe.awaitMore(50, SOON);
    assertThat(lastClone(killed)).as("no clone of " + killed).isEmpty();
  }

  private void movesItsWriter(WriteProbe probe) {
    String to = pair.standby();
    Command.require("kubectl", "mmm", "move-role", "writer", to);
    assertThat(pair.writer()).isEqualTo(to);
    probe.awaitMore(50, SOON);
  }

  private void comesBackWhenItsUnitIsStoppedAndStarted(WriteProbe probe) {
    String stopped = pair.writer();
    server(stopped).systemctl("stop", "mysql");
    assertThat(Lab.pids(PairUnderTest.node(stopped), "mysqld")).isEmpty();
    awaitWriter(PairUnderTest.other(stopped));
    probe.awaitMore(50, SOON);
    awaitPreflight(stopped + "  missing  start of mysqld");

    server(stopped).systemctl("start", "mysql");

    awaitInSync();
    assertThat(lastClone(stopped).map(HostCloneStatus::from))
        .as("as after the take-over: no further clone of " + stopped)
        .isEqualTo(stopped.equals("db2") ? Optional.of("db1") : Optional.empty());
  }

  /** It needs a restart: the standby first, then a planned move, then the other. */
  private void rollsASetting(WriteProbe probe) throws SQLException {
    pair.patchSpec("{\"mysql\":{\"config\":{\"back_log\":\"99\"}}}");
    for (String host : PairUnderTest.HOSTS) {
      Eventually.within(
          START,
          () ->
              assertThat(pair.query(PairUnderTest.address(host), "SELECT @@GLOBAL.back_log"))
                  .isEqualTo(Set.of("99")));
    }
    awaitInSync();
    probe.awaitMore(50, SOON);
  }

  private void endsWithItsPair() {
    pair.remove();
    for (String host : PairUnderTest.HOSTS) {
      assertThat(Lab.pids(PairUnderTest.node(host), "mysqld")).isEmpty();
    }
  }

  private void awaitWriter(String host) {
    Eventually.within(SOON, () -> assertThat(pair.writer()).isEqualTo(host));
  }

  /** By the ledger, which tells at once; the condition may still be of before. */
  private void awaitInSync() {
    Eventually.within(
        SOON, () -> assertThat(pair.ledger().inSync()).containsAll(PairUnderTest.HOSTS));
  }

  private Optional<HostCloneStatus> lastClone(String name) {
    return Optional.ofNullable(pair.host(name).lastClone());
  }

  private static String owner(String pid) {
    return Command.require("ps", "-o", "uid=", "-p", pid).strip();
  }
}
