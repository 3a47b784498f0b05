package io.mysqlmmm.agent.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mysql.cj.jdbc.Driver;
import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Answer;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.Mysqld.Running;
import io.mysqlmmm.shared.agent.Mysqld.ThreadState;
import io.mysqlmmm.shared.agent.Order;
import io.mysqlmmm.shared.agent.Vitals.Volume;
import io.mysqlmmm.shared.agent.Vitals.Writing;
import io.mysqlmmm.shared.agent.WriteMode;
import io.mysqlmmm.shared.gtid.GtidSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What an agent tells of its host, with two servers, in steps that build on each other. */
@Tag("mysqld")
@ExtendWith(RealMysqld.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.MethodName.class)
class ChecksOnRealPairTest {
  private static final String ROW = "INSERT INTO mysql_mmm.heartbeat VALUES (99, NOW(6))";

  private TestHost one;
  private TestHost two;
  private Path volume;
  private OperatorClient operator;

  @BeforeAll
  void startPair(@TempDir Path directory)
      throws IOException, InterruptedException, GeneralSecurityException {
    TestCa ca = new TestCa(directory.resolve("ca"));
    ca.issue("operator");
    one = new TestHost(directory, 1, ca);
    two = new TestHost(directory, 2, ca);
    volume = Files.createDirectories(directory.resolve("db2/var/lib/mmm/agent"));
    mount("-t", "tmpfs", "-o", "size=1m", "tmpfs");
    operator = new OperatorClient(ca, "operator");
    operator.voteFor(List.of(one, two));
    for (TestHost host : List.of(one, two)) {
      // An agent that ends and starts again is back within it, however busy the machine is.
      host.leaseTtl = Duration.ofSeconds(30);
      host.startAgent();
      host.startMysqld();
    }
    for (TestHost host : List.of(one, two)) {
      AgentState _ = operator.eventually(host, s -> s.mysqld() instanceof Running);
    }
  }

  @AfterAll
  void stopPair() throws IOException, InterruptedException {
    one.end();
    two.end();
    operator.close();
    Shell.run(volume.getRoot(), List.of("umount", "-l", volume.toString()));
  }

  private void mount(String... how) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("mount"));
    command.addAll(List.of(how));
    command.add(volume.toString());
    Shell.run(volume.getRoot(), command);
  }

  private static Running running(AgentState state) {
    return (Running) state.mysqld();
  }

  private AgentState done(TestHost host, Order order) throws IOException, InterruptedException {
    Answer answer = operator.order(host, order);
    assertThat(answer).as(order.toString()).isInstanceOf(Answer.Done.class);
    return answer.observed();
  }

  private String uuid(TestHost host) throws IOException, InterruptedException {
    return operator.state(host).standing().serverUuid();
  }

  private void activate(TestHost host, long version, long epoch, WriteMode mode)
      throws IOException, InterruptedException {
    AgentState _ =
        done(
            host,
            new Order.Activate(
                operator.target(host, version, epoch),
                mode,
                true,
                List.of(TestHost.VIP),
                uuid(host == one ? two : one),
                operator.state(host).clock()));
  }

  private Connection connect(TestHost host, String user, String password) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("sslMode", "REQUIRED");
    properties.setProperty("socketTimeout", "20000");
    Connection connection =
        new Driver().connect("jdbc:mysql://127.0.0.1:" + host.port + "/", properties);
    if (connection == null) {
      throw new SQLException("no connection");
    }
    return connection;
  }

  private Connection root(TestHost host) throws SQLException {
    return connect(host, "root", "ro'ot\\");
  }

  private void createDatabase(TestHost host) {
    try (Connection connection = root(host);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE behind");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private List<String> rowsNow(TestHost host) {
    try {
      return rows(host);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private String serverId(TestHost host) throws SQLException {
    try (Connection connection = root(host);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT @@GLOBAL.server_id")) {
      row.next();
      return row.getString(1);
    }
  }

  /** Server ids and times of the rows. */
  private List<String> rows(TestHost host) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection connection = root(host);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT server_id, at FROM mysql_mmm.heartbeat")) {
      while (rows.next()) {
        found.add(rows.getString(1) + " " + rows.getString(2));
      }
    }
    return found;
  }

  private AgentState succeeding(TestHost host) throws IOException, InterruptedException {
    return operator.eventually(
        host,
        s -> s.vitals().writing() instanceof Writing.Due due && due.successMillis().isPresent());
  }

  @Test
  void step01TheWriterWritesARowASecondAndThePeerOnlyReceivesIt()
      throws IOException, InterruptedException, SQLException {
    assertThat(operator.state(one).vitals().writing()).isEqualTo(new Writing.NotDue());
    activate(one, 1, 1, WriteMode.SOLO);
    AgentState _ = done(two, new Order.Replicate(operator.target(two, 2, 1), source(one)));

    AgentState wrote = succeeding(one);
    List<String> first = rows(one);
    AgentState more = operator.eventually(one, _ -> !rowsNow(one).equals(first));

    assertThat(wrote.vitals().writing()).isInstanceOf(Writing.Due.class);
    String own = serverId(one) + " ";
    assertThat(first).hasSize(1).allMatch(row -> row.startsWith(own));
    assertThat(rows(one)).hasSize(1);
    AgentState peer =
        done(two, new Order.Await(operator.target(two, 2, 1), running(more).executed()));
    assertThat(rows(two)).hasSize(1).allMatch(row -> row.startsWith(own));
    assertThat(peer.vitals().writing()).isEqualTo(new Writing.NotDue());
    assertThat(running(more).longestTransactionMillis()).isZero();
    assertThat(running(more).blocker()).isEmpty();
    assertThat(more.vitals().wallClock())
        .isBetween(Instant.now().minusSeconds(20), Instant.now().plusSeconds(1));
    assertThat(more.vitals().volume())
        .isInstanceOfSatisfying(Volume.Seen.class, v -> assertThat(v.freeBytes()).isPositive());
    // A second one would change nothing, be in the binlog all the same, and could not be cut off.
    AgentState _ = done(one, new Order.Mark(operator.target(one, 2, 1)));
    assertThat(written(one)).filteredOn(s -> s.contains("CREATE DATABASE")).hasSize(1);
    assertThat(written(one)).filteredOn(s -> s.contains("CREATE TABLE")).hasSize(2);
    aPluginThatAnAccountHasAndTheServerHasNotIsTold();
  }

  private void aPluginThatAnAccountHasAndTheServerHasNotIsTold()
      throws IOException, InterruptedException, SQLException {
    try (Connection connection = root(one);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE USER legacy IDENTIFIED BY 'of-old'");
      statement.execute("UPDATE mysql.user SET plugin = 'of_old' WHERE user = 'legacy'");
      AgentState _ =
          operator.eventually(
              one, s -> running(s).missingPlugins().equals(Optional.of(Set.of("of_old"))));
      statement.execute("DROP USER legacy");
      AgentState _ =
          operator.eventually(one, s -> running(s).missingPlugins().equals(Optional.of(Set.of())));
    }
  }

  /** The statements in the binlogs. */
  private List<String> written(TestHost host) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection connection = root(host);
        Statement statement = connection.createStatement()) {
      List<String> files = new ArrayList<>();
      try (ResultSet logs = statement.executeQuery("SHOW BINARY LOGS")) {
        while (logs.next()) {
          files.add(logs.getString(1));
        }
      }
      for (String file : files) {
        try (ResultSet events = statement.executeQuery("SHOW BINLOG EVENTS IN '" + file + "'")) {
          while (events.next()) {
            found.add(events.getString("Info"));
          }
        }
      }
    }
    return found;
  }

  private Order.Source source(TestHost host) throws IOException, InterruptedException {
    return host.source(uuid(host));
  }

  @Test
  void step02SuperReadOnlyRefusesTheAgentsAccount() throws SQLException {
    try (Connection connection = connect(two, "mmm_agent", "ag'ent\\");
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute(ROW))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(1290));
    }
  }

  @Test
  void step03ARowThatCannotBeWrittenIsToldAndHoldsNothingUp()
      throws IOException, InterruptedException, SQLException {
    try (Connection connection = root(one);
        Statement statement = connection.createStatement()) {
      statement.execute("BEGIN");
      statement.execute("SELECT * FROM mysql_mmm.heartbeat FOR UPDATE");
      AgentState failing =
          operator.eventually(
              one,
              s ->
                  s.vitals().writing() instanceof Writing.Due due
                      && due.error().contains("Lock wait timeout"));
      assertThat(running(failing).superReadOnly()).isFalse();

      long start = System.nanoTime();
      AgentState released = done(one, new Order.Release(operator.target(one, 3, 1), false));

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
      assertThat(released.vitals().writing()).isEqualTo(new Writing.NotDue());
    }
  }

  @Test
  void step04NothingIsWrittenAfterTheRelease()
      throws IOException, InterruptedException, SQLException {
    GtidSet released = running(operator.state(one)).executed();
    List<String> rows = rows(one);

    try (Connection connection = root(one);
        Statement statement = connection.createStatement()) {
      // Two periods of the check.
      statement.execute("DO SLEEP(2)");
    }

    assertThat(rows(one)).isEqualTo(rows);
    assertThat(running(operator.state(one)).executed()).isEqualTo(released);
  }

  private static void pairedWithoutClients(Mysqld.SemiSync seen) {
    assertThat(seen).isEqualTo(new Mysqld.SemiSync(true, true, 0, seen.stalledMillis()));
  }

  @Test
  void step05ThePeersSilenceIsToldApartAndIsNoClientThatWaits()
      throws IOException, InterruptedException, GeneralSecurityException {
    activate(one, 4, 2, WriteMode.SOLO);
    AgentState _ = done(two, new Order.Replicate(operator.target(two, 4, 2), source(one)));
    AgentState _ = done(one, new Order.Lease(operator.target(one, 4, 2), true, uuid(two)));
    AgentState paired = succeeding(one);
    assertThat(running(paired).semiSync().source()).isTrue();

    AgentState _ = done(two, new Order.Hold(operator.target(two, 4, 2)));
    AgentState waiting =
        operator.eventually(
            one,
            s ->
                s.vitals().writing() instanceof Writing.Due due
                    && due.awaitsPeer()
                    && due.pendingMillis() > 2000);

    assertThat(running(waiting).semiSync()).satisfies(ChecksOnRealPairTest::pairedWithoutClients);
    assertThat(operator.eventually(one, s -> running(s).semiSync().stalled()))
        .as("no client has to wait before it is known that nothing is acknowledged")
        .satisfies(s -> assertThat(running(s).semiSync().waitingSessions()).isZero());
    assertThat(waiting.vitals().writing())
        .isInstanceOfSatisfying(
            Writing.Due.class, due -> assertThat(due.successMillis().orElseThrow()).isPositive());
    assertThat(running(waiting).longestTransactionMillis()).isZero();
    one.stopAgent();
    one.startAgent();
    AgentState restarted =
        operator.eventually(
            one,
            s ->
                s.vitals().writing() instanceof Writing.Due due
                    && due.awaitsPeer()
                    && due.error().contains("the last row"));
    assertThat(running(restarted).semiSync()).satisfies(ChecksOnRealPairTest::pairedWithoutClients);
    // A client whose commit stands behind the row's waits, though semi-sync does not count it.
    Thread client = Thread.ofVirtual().start(() -> createDatabase(one));
    AgentState behind = operator.eventually(one, s -> running(s).semiSync().waitingSessions() > 0);
    assertThat(running(behind).semiSync().waitingSessions()).isEqualTo(1);
    AgentState _ = operator.eventually(one, s -> running(s).semiSync().stalled());
    AgentState _ = done(two, new Order.Replicate(operator.target(two, 4, 2), source(one)));
    client.join();
    AgentState _ =
        operator.eventually(
            one,
            s ->
                s.vitals().writing() instanceof Writing.Due due
                    && due.successMillis().isPresent()
                    && due.error().isEmpty());
  }

  @Test
  void step06ARowThatWaitsForThePeerHoldsNoFenceUp() throws IOException, InterruptedException {
    AgentState _ = done(two, new Order.Hold(operator.target(two, 4, 2)));
    AgentState _ =
        operator.eventually(
            one, s -> s.vitals().writing() instanceof Writing.Due due && due.awaitsPeer());

    long start = System.nanoTime();
    AgentState fenced = done(one, new Order.Release(operator.target(one, 5, 2), true));

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    assertThat(fenced.mysqld()).isInstanceOf(Mysqld.Absent.class);
    assertThat(fenced.vitals().writing()).isEqualTo(new Writing.NotDue());
  }

  @Test
  void step07AReceiverThatConnectsInVainIsToldWithItsTime()
      throws IOException, InterruptedException {
    AgentState _ =
        operator
            .order(two, new Order.Replicate(operator.target(two, 5, 2), source(one)))
            .observed();

    AgentState vain =
        operator.eventually(
            two, s -> running(s).channel().filter(c -> c.connectingMillis() > 2000).isPresent());

    assertThat(running(vain).channel().orElseThrow().io()).isEqualTo(ThreadState.CONNECTING);
    assertThat(running(vain).channel().orElseThrow().error()).isNotEmpty();
  }

  @Test
  void step08AFullDiskAndOneThatIsReadOnlyAreTold()
      throws IOException, InterruptedException, GeneralSecurityException {
    try (var out = Files.newOutputStream(volume.resolve("filler"))) {
      assertThatThrownBy(
              () -> {
                while (true) {
                  out.write(new byte[4096]);
                }
              })
          .hasMessageContaining("No space left");
    }
    AgentState full = operator.eventually(two, s -> !error(s).isEmpty());
    assertThat(full.vitals().volume())
        .isInstanceOfSatisfying(
            Volume.Seen.class,
            v -> {
              assertThat(v.writeError()).contains("No space left");
              assertThat(v.freeBytes()).isZero();
              assertThat(v.totalBytes()).isEqualTo(1L << 20);
              assertThat(v.readOnly()).isFalse();
            });
    // Room is kept for what the host promises and gives up, and for a start of its agent.
    for (long version = 6; version < 10; version++) {
      AgentState held = done(two, new Order.Hold(operator.target(two, version, 2)));
      assertThat(held.standing().versionSeen()).isEqualTo(version);
    }
    two.stopAgent();
    two.startAgent();
    AgentState again = operator.eventually(two, s -> !error(s).isEmpty());
    assertThat(again.standing().versionSeen()).isEqualTo(9);

    mount("-o", "remount,ro");
    AgentState readOnly =
        operator.eventually(
            two, s -> s.vitals().volume() instanceof Volume.Seen seen && seen.readOnly());
    assertThat(error(readOnly)).contains("Read-only");

    mount("-o", "remount,rw,size=2m");
    AgentState _ = operator.eventually(two, s -> error(s).isEmpty());
  }

  @Test
  void step09AServerThatKnowsAnOlderPasswordIsNoServerThatHangs()
      throws IOException, InterruptedException, SQLException {
    Path password = two.credentials().resolve("agentPassword");
    String before = Files.readString(password);
    Files.writeString(password, "another");
    try (Connection connection = root(two);
        Statement statement = connection.createStatement()) {
      killSessions(statement);
      AgentState seen = operator.state(two);
      for (int look = 0; look < 5; look++) {
        seen = operator.newer(two, seen.sequence());
      }

      assertThat(seen.mysqld()).isInstanceOf(Running.class);
    } finally {
      Files.writeString(password, before);
    }
  }

  /** The agent has to log in again. */
  private static void killSessions(Statement statement) throws SQLException {
    List<Long> ids = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT ID FROM performance_schema.processlist WHERE USER = 'mmm_agent'")) {
      while (rows.next()) {
        ids.add(rows.getLong(1));
      }
    }
    for (long id : ids) {
      statement.execute("KILL " + id);
    }
  }

  private static String error(AgentState state) {
    return state.vitals().volume() instanceof Volume.Seen seen ? seen.writeError() : "";
  }
}
