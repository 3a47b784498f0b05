package io.mysqlmmm.agent.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.mysql.cj.jdbc.Driver;
import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Answer;
import io.mysqlmmm.shared.agent.Backup;
import io.mysqlmmm.shared.agent.Clone;
import io.mysqlmmm.shared.agent.Mysqld.Running;
import io.mysqlmmm.shared.agent.Order;
import io.mysqlmmm.shared.agent.WriteMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A host that nobody can write to is backed up while it serves. */
@Tag("mysqld")
@ExtendWith(RealMysqld.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackupOnRealMysqldTest {
  private TestHost host;
  private OperatorClient operator;

  @BeforeAll
  void start(@TempDir Path directory)
      throws IOException, InterruptedException, GeneralSecurityException, SQLException {
    TestCa ca = new TestCa(directory.resolve("ca"));
    ca.issue("operator");
    host = new TestHost(directory, 1, ca);
    operator = new OperatorClient(ca, "operator");
    operator.voteFor(List.of(host));
    host.startAgent();
    host.startMysqld();
    AgentState _ = operator.eventually(host, s -> s.mysqld() instanceof Running);
    // As the writer: the agent lets nobody else write.
    done(
        new Order.Activate(
            operator.target(host, 1, 1),
            WriteMode.SOLO,
            true,
            List.of(TestHost.VIP),
            "",
            operator.state(host).clock()));
    execute(
        host.port,
        "CREATE DATABASE shop",
        "CREATE TABLE shop.t (id BIGINT PRIMARY KEY AUTO_INCREMENT, body LONGTEXT)",
        "INSERT INTO shop.t (body) VALUES (REPEAT('x', 2000000)), ('y')");
    done(new Order.Release(operator.target(host, 1, 1), false));
  }

  private void done(Order order) throws IOException, InterruptedException {
    assertThat(operator.order(host, order)).as(order.toString()).isInstanceOf(Answer.Done.class);
  }

  @AfterAll
  void stop() throws IOException, InterruptedException {
    host.end();
    operator.close();
  }

  private static Running running(AgentState state) {
    return (Running) state.mysqld();
  }

  private static Connection root(int port) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "root");
    properties.setProperty("password", "ro'ot\\");
    properties.setProperty("sslMode", "REQUIRED");
    Connection connection =
        new Driver().connect("jdbc:mysql://127.0.0.1:" + port + "/", properties);
    if (connection == null) {
      throw new SQLException("no connection");
    }
    return connection;
  }

  private static void execute(int port, String... statements) throws SQLException {
    try (Connection connection = root(port);
        Statement statement = connection.createStatement()) {
      for (String text : statements) {
        statement.execute(text);
      }
    }
  }

  private static String ask(int port, String question) throws SQLException {
    try (Connection connection = root(port);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(question)) {
      return row.next() ? String.valueOf(row.getString(1)) : "";
    }
  }

  private Order.Backup order(String name) throws IOException, InterruptedException {
    return new Order.Backup(operator.target(host, 1, 1), name, name);
  }

  @Test
  void aBackupIsADataSetThatMysqldServes() throws IOException, InterruptedException, SQLException {
    assertThat(operator.order(host, order("nowhere"))).isInstanceOf(Answer.Failed.class);
    Files.createDirectories(host.backups());

    assertThat(operator.order(host, order("monday"))).isInstanceOf(Answer.Done.class);

    AgentState after =
        operator.eventually(host, s -> s.lastBackup().filter(b -> !b.running()).isPresent());
    Backup backup = after.lastBackup().orElseThrow();
    assertThat(backup.error()).isEmpty();
    assertThat(backup.outcome()).isEqualTo(Clone.Outcome.DONE);
    assertThat(backup.bytesDone()).isPositive();
    assertThat(running(after).superReadOnly()).as("all the time").isTrue();
    String sum = "SELECT CONCAT(COUNT(*), ' ', SUM(CRC32(body))) FROM shop.t";
    String gtids = "SELECT @@GLOBAL.gtid_executed";
    assertThat(served(host.backups().resolve("monday"), sum)).isEqualTo(ask(host.port, sum));
    assertThat(served(host.backups().resolve("monday"), gtids)).isEqualTo(ask(host.port, gtids));
  }

  private String served(Path data, String question) throws IOException, InterruptedException {
    int port = TestHost.freePort();
    Process mysqld = host.serveCopy(data, port);
    try {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (true) {
        try {
          return ask(port, question);
        } catch (SQLException e) {
          if (System.nanoTime() > end || !mysqld.isAlive()) {
            throw new IOException("the copy is not served", e);
          }
          Thread.sleep(100);
        }
      }
    } finally {
      mysqld.destroyForcibly();
      boolean _ = mysqld.waitFor(10, TimeUnit.SECONDS);
    }
  }
}
