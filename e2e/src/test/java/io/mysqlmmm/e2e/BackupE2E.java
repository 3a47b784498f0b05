package io.mysqlmmm.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.mysqlmmm.api.v1alpha1.HostBackupStatus;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What mmm_backup did, done with the plugin. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BackupE2E {
  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String PLACE = "/var/backups/mysql-mmm";

  private static final String ROWS = "SELECT CONCAT(COUNT(*), ' ', SUM(id)) FROM backup";

  private static KubernetesClient client;
  private static PairUnderTest pair;
  private static String backedUp = "";

  @BeforeAll
  static void apply() {
    client = Lab.client();
    pair = new PairUnderTest(client);
    pair.apply(
        PairUnderTest.sample()
            .replace(
                "    databases:\n", "    backup: {hostPath: " + PLACE + "}\n    databases:\n"));
    pair.awaitTrue("Redundant", START);
  }

  @AfterAll
  static void cleanUp() {
    pair.remove();
    client.close();
    for (String host : PairUnderTest.HOSTS) {
      Lab.onNode(PairUnderTest.node(host), "rm", "-rf", PLACE + "/default/shop");
    }
  }

  private static HostBackupStatus last(String name) {
    return requireNonNull(pair.host(name).lastBackup(), "no backup of " + name + " yet");
  }

  @Test
  @Order(1)
  void aStandbyIsBackedUpWhileClientsWrite() throws Exception {
    String standby = pair.standby();
    backedUp = standby;
    String writer = pair.writer();
    try (WriteProbe probe = new WriteProbe(pair, "backup", 2)) {
      probe.awaitMore(20, SOON);

      String said = Command.require("kubectl", "mmm", "backup", standby, "--name", "monday");

      assertThat(said).contains("OK: Host '" + standby + "' has been backed up: 'monday' (");
      assertThat(last(standby).state()).isEqualTo("Done");
      assertThat(
              Lab.onNode(
                  PairUnderTest.node(standby),
                  "ls",
                  PLACE + "/default/shop/" + standby + "/monday"))
          .contains("ibdata1", "mysql.ibd", "shop");
      assertThat(client.v1().events().inNamespace("default").list().getItems())
          .filteredOn(e -> "BackupDone".equals(e.getReason()))
          .extracting(Event::getMessage)
          .contains(standby + " was backed up: monday");
      Command again = Command.run("kubectl", "mmm", "backup", standby, "--name", "monday");
      assertThat(again.exit()).isEqualTo(1);
      assertThat(again.output()).contains("monday is there already");
      Command writers = Command.run("kubectl", "mmm", "backup", writer);
      assertThat(writers.exit()).isEqualTo(1);
      assertThat(writers.output()).contains(writer + " is the writer").contains(standby);

      probe.awaitMore(20, SOON);
      assertThat(pair.is("Redundant")).isTrue();
      assertThat(pair.writer()).isEqualTo(writer);
      probe.stop();
      assertThat(probe.lostAt(PairUnderTest.WRITER_IP)).isEmpty();
    }
  }

  /** By another pair of the same name, after the first was deleted with its data. */
  @Test
  @Order(2)
  void aBackupIsRestoredAsAPairThatBeginsWithIt() throws Exception {
    assertThat(backedUp).as("the backup before").isNotEmpty();
    pair.remove();
    Lab.onNode(
        PairUnderTest.node(backedUp),
        "sh",
        "-c",
        ("mkdir -p %1$s && cp -a %2$s/default/shop/%3$s/monday %1$s/arriving"
                + " && chown -R 999:999 %1$s/arriving && mv -T %1$s/arriving %1$s/data")
            .formatted("/var/lib/mysql-mmm/default/shop/" + backedUp + "/mysql", PLACE, backedUp));

    pair.apply(
        PairUnderTest.sample()
            .replace("  network:\n", "  adopt: {host: " + backedUp + "}\n  network:\n"));
    pair.awaitTrue("Redundant", START);

    assertThat(pair.query(PairUnderTest.WRITER_IP, "SELECT COUNT(*) >= 20 FROM backup"))
        .containsExactly("1");
    pair.awaitCaughtUp();
    for (String host : PairUnderTest.HOSTS) {
      assertThat(pair.query(PairUnderTest.address(host), ROWS))
          .as(host)
          .isEqualTo(pair.query(PairUnderTest.WRITER_IP, ROWS));
    }
  }
}
