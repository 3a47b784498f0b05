package io.mysqlmmm.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.mysqlmmm.api.v1alpha1.HostCloneStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data set of a server that knew no GTIDs becomes a pair; its accounts stay as they are. */
class AdoptE2E {
  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration SOON = Duration.ofSeconds(30);

  /** Where db1's data are to be, on its node. */
  private static final String PLACE = "/var/lib/mysql-mmm/default/shop/db1/mysql";

  /** The server of the lab's image, unpacked by the lab. */
  private static final Path SERVER =
      Path.of(System.getProperty("user.home"), ".cache/mysql-mmm-lab/mysql-root");

  /** One statement a line, as --init-file wants them. */
  private static final String LIFE_BEFORE =
      """
      CREATE DATABASE shop;
      CREATE TABLE shop.legacy (id INT PRIMARY KEY AUTO_INCREMENT, body VARCHAR(20));
      INSERT INTO shop.legacy (body) VALUES ('one'), ('two'), ('three');
      CREATE USER 'legacy'@'%' IDENTIFIED BY 'legacy password';
      GRANT ALL ON shop.* TO 'legacy'@'%';
      ALTER USER 'root'@'localhost' IDENTIFIED BY 'their own';
      """;

  private static KubernetesClient client;
  private static PairUnderTest pair;

  @BeforeAll
  static void apply() {
    client = Lab.client();
    pair = new PairUnderTest(client);
    pair.apply(
        PairUnderTest.sample().replace("  network:\n", "  adopt: {host: db1}\n  network:\n"));
  }

  @AfterAll
  static void cleanUp() {
    pair.remove();
    client.close();
  }

  /** While a server is initialised it writes no binlog: there is not one GTID. */
  private static void makeDataSet(Path directory) throws IOException {
    Path life = Files.writeString(directory.resolve("life.sql"), LIFE_BEFORE);
    Command ran =
        Command.run(
            START,
            SERVER.resolve("lib64/ld-linux-x86-64.so.2").toString(),
            "--library-path",
            SERVER.resolve("usr/lib/x86_64-linux-gnu")
                + ":"
                + SERVER.resolve("usr/lib/mysql/private"),
            SERVER.resolve("usr/sbin/mysqld").toString(),
            "--no-defaults",
            "--initialize-insecure",
            "--user=root",
            "--innodb-redo-log-capacity=32M",
            "--datadir=" + directory.resolve("data"),
            "--lc-messages-dir=" + SERVER.resolve("usr/share/mysql"),
            "--init-file=" + life);
    assertThat(ran.exit()).as(ran.output()).isZero();
  }

  /** Under another name until it is whole, as docs/operations.md says. */
  private static void putInPlace(Path directory) {
    String onNode =
        "mkdir -p %1$s/arriving && tar -x -C %1$s/arriving && chown -R 999:999 %1$s/arriving && mv -T %1$s/arriving %1$s/data"
            .formatted(PLACE);
    Command.require(
        "sh",
        "-c",
        "tar -c -C %s . | %s node %s sh -c '%s'"
            .formatted(directory.resolve("data"), Lab.script(), PairUnderTest.node("db1"), onNode));
  }

  private static String asLegacy(String address, String question) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "legacy");
    properties.setProperty("password", "legacy password");
    properties.setProperty("connectTimeout", "1000");
    properties.setProperty("socketTimeout", "3000");
    properties.setProperty("sslMode", "REQUIRED");
    try (Connection connection =
            DriverManager.getConnection("jdbc:mysql://" + address + ":3306/shop", properties);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(question)) {
      return row.next() ? row.getString(1) : "";
    }
  }

  private static HostCloneStatus lastClone(String name) {
    return requireNonNull(pair.host(name).lastClone(), "no clone of " + name);
  }

  @Test
  void aDataSetWithoutGtidsIsAdoptedAndTheOtherHostIsClonedFromIt(@TempDir Path directory)
      throws Exception {
    makeDataSet(directory);
    Eventually.within(
        START,
        () ->
            assertThat(String.valueOf(pair.status().verdict()))
                .contains("db1")
                .contains("spec.adopt names this host"));
    assertThat(pair.status().ledger()).as("nobody is writer yet").isNull();
    assertThat(Command.run("kubectl", "mmm", "preflight").exit()).isEqualTo(1);

    putInPlace(directory);
    pair.awaitTrue("Redundant", START);

    assertThat(pair.writer()).isEqualTo("db1");
    assertThat(lastClone("db2").state()).isEqualTo("Done");
    assertThat(lastClone("db2").from()).isEqualTo("db1");
    assertThat(Command.require("kubectl", "mmm", "preflight"))
        .contains("# db1: nothing is missing")
        .contains("# db2: nothing to look at");
    for (String address :
        List.of(
            PairUnderTest.WRITER_IP, PairUnderTest.address("db1"), PairUnderTest.address("db2"))) {
      assertThat(asLegacy(address, "SELECT GROUP_CONCAT(body ORDER BY id) FROM legacy"))
          .as("at " + address)
          .isEqualTo("one,two,three");
    }
    try (WriteProbe probe = new WriteProbe(pair, "adopted", 2)) {
      probe.awaitMore(50, SOON);
      Command.require("kubectl", "mmm", "move-role", "writer", "db2");
      probe.awaitMore(50, SOON);
      probe.stop();
      assertThat(probe.lostAt(PairUnderTest.WRITER_IP)).isEmpty();
    }
    assertThat(asLegacy(PairUnderTest.WRITER_IP, "SELECT COUNT(*) FROM legacy")).isEqualTo("3");
  }
}
