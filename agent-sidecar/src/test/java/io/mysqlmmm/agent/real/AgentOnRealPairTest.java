package io.mysqlmmm.agent.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.mysql.cj.jdbc.Driver;
import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Answer;
import io.mysqlmmm.shared.agent.BootTime;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.Mysqld.Running;
import io.mysqlmmm.shared.agent.Order;
import io.mysqlmmm.shared.agent.Order.Database;
import io.mysqlmmm.shared.agent.Order.Setting;
import io.mysqlmmm.shared.agent.Password;
import io.mysqlmmm.shared.agent.WriteMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One story with two servers, told in steps that build on each other. */
@Tag("mysqld")
@ExtendWith(RealMysqld.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.MethodName.class)
class AgentOnRealPairTest {
  private static final Password APP = new Password("p'w\\\"`1");

  private TestHost one;
  private TestHost two;
  private OperatorClient operator;
  private OperatorClient stranger;

  @BeforeAll
  void startPair(@TempDir Path directory)
      throws IOException, InterruptedException, GeneralSecurityException {
    TestCa ca = new TestCa(directory.resolve("ca"));
    ca.issue("operator");
    ca.issue("stranger");
    one = new TestHost(directory, 1, ca);
    two = new TestHost(directory, 2, ca);
    operator = new OperatorClient(ca, "operator");
    operator.voteFor(List.of(one, two));
    stranger = new OperatorClient(ca, "stranger");
    for (TestHost host : List.of(one, two)) {
      host.startAgent();
      host.startMysqld();
    }
    for (TestHost host : List.of(one, two)) {
      AgentState state = operator.eventually(host, s -> s.mysqld() instanceof Running);
      assertThat(running(state).superReadOnly()).isTrue();
      assertThat(running(state).executed().isEmpty()).as("accounts are not in the binlog").isTrue();
      assertThat(state.standing().serverUuid()).isEqualTo(running(state).serverUuid());
      assertThat(host.run().resolve("init.sql")).as("holds passwords").doesNotExist();
    }
  }

  @AfterAll
  void stopPair() throws IOException, InterruptedException {
    one.end();
    two.end();
    operator.close();
    stranger.close();
  }

  private static Running running(AgentState state) {
    return (Running) state.mysqld();
  }

  private AgentState done(TestHost host, Order order) throws IOException, InterruptedException {
    Answer answer = operator.order(host, order);
    assertThat(answer).as(order.toString()).isInstanceOf(Answer.Done.class);
    return answer.observed();
  }

  private String peerOf(TestHost host) throws IOException, InterruptedException {
    return operator.state(host == one ? two : one).standing().serverUuid();
  }

  private AgentState activate(TestHost host, long version, long epoch, WriteMode mode)
      throws IOException, InterruptedException {
    return done(
        host,
        new Order.Activate(
            operator.target(host, version, epoch),
            mode,
            true,
            List.of(TestHost.VIP),
            peerOf(host),
            operator.state(host).clock()));
  }

  private AgentState replicate(TestHost host, TestHost from, long version, long epoch)
      throws IOException, InterruptedException {
    String uuid = operator.state(from).standing().serverUuid();
    return done(
        host, new Order.Replicate(operator.target(host, version, epoch), from.source(uuid)));
  }

  private Connection client(TestHost host, String user, Password password) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password.value());
    properties.setProperty("sslMode", "REQUIRED");
    properties.setProperty("socketTimeout", "20000");
    Connection connection =
        new Driver().connect("jdbc:mysql://127.0.0.1:" + host.port + "/shop", properties);
    if (connection == null) {
      throw new SQLException("no connection");
    }
    return connection;
  }

  @Test
  void step01AnOrderThatNobodyWaitsForAnyMoreIsRefused() throws IOException, InterruptedException {
    Order order = new Order.Hold(operator.target(one, 1, 1));
    BootTime now = operator.state(one).clock();

    Answer inTime = operator.order(one, order, now.plus(Duration.ofSeconds(10)));
    assertThat(inTime instanceof Answer.Refused r && r.rule().equals("late")).isFalse();
    BootTime another = new BootTime("another", now.sinceBoot().plusDays(1));
    for (BootTime until : List.of(now, another)) {
      assertThat(operator.order(one, order, until))
          .isInstanceOfSatisfying(
              Answer.Refused.class, r -> assertThat(r.rule()).isEqualTo("late"));
    }
  }

  @Test
  void step01OnlyTheOperatorGivesOrders() throws IOException, InterruptedException {
    String order = "{\"type\":\"Hold\"}";

    assertThat(stranger.send(one, "/v1/orders", order).statusCode()).isEqualTo(403);
    assertThat(stranger.send(one, "/v1/state", "").statusCode()).isEqualTo(200);
    assertThat(operator.send(one, "/v1/orders", order).statusCode()).isEqualTo(400);
    assertThat(operator.send(one, "/v1/orders", "{").statusCode()).isEqualTo(400);
    assertThat(operator.send(one, "/v1/nothing", "").statusCode()).isEqualTo(404);
    assertThat(operator.send(one, "/v1/state?since=x", "").statusCode()).isEqualTo(400);
  }

  @Test
  void step02TheFirstWriterWritesAlone() throws IOException, InterruptedException {
    AgentState state = activate(one, 1, 1, WriteMode.SOLO);

    assertThat(running(state).superReadOnly()).isFalse();
    assertThat(state.network().vips()).containsExactly(TestHost.VIP);
    assertThat(one.network.held).containsExactly(TestHost.VIP);
  }

  @Test
  void step03DatabasesAreMadeOnceAndPasswordsChanged()
      throws IOException, InterruptedException, SQLException {
    Order make =
        new Order.Databases(
            operator.target(one, 1, 1),
            List.of(
                new Database("shop", "shop", new Password("first")),
                new Database("shop_x", "shop", new Password("first"))));
    Order change =
        new Order.Databases(operator.target(one, 1, 1), List.of(new Database("shop", "shop", APP)));

    AgentState _ = done(one, make);
    List<String> made = binlogged(one, "shop");
    AgentState _ = done(one, make);
    List<String> again = binlogged(one, "shop");
    AgentState _ = done(one, change);
    List<String> changed = binlogged(one, "shop");

    assertThat(made).isNotEmpty();
    assertThat(again).isEqualTo(made);
    assertThat(changed).hasSize(made.size() + 1);
    try (Connection connection = client(one, "shop", APP);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE shop.t (id INT AUTO_INCREMENT PRIMARY KEY, x INT)");
      statement.execute("INSERT INTO t (x) VALUES (1)");
    }
  }

  /** root@localhost: loopback by name, as the server resolves it. */
  private Connection root(TestHost host) throws SQLException {
    Properties root = new Properties();
    root.setProperty("user", "root");
    root.setProperty("password", "ro'ot\\");
    root.setProperty("sslMode", "REQUIRED");
    Connection connection = new Driver().connect("jdbc:mysql://127.0.0.1:" + host.port + "/", root);
    if (connection == null) {
      throw new SQLException("no connection");
    }
    return connection;
  }

  /** Statements in the binary logs that have {@code word} in them; the write check's are others. */
  private List<String> binlogged(TestHost host, String word) throws SQLException {
    List<String> files = new ArrayList<>();
    List<String> found = new ArrayList<>();
    try (Connection connection = root(host);
        Statement statement = connection.createStatement()) {
      try (ResultSet rows = statement.executeQuery("SHOW BINARY LOGS")) {
        while (rows.next()) {
          files.add(rows.getString(1));
        }
      }
      for (String file : files) {
        try (ResultSet rows = statement.executeQuery("SHOW BINLOG EVENTS IN '" + file + "'")) {
          while (rows.next()) {
            found.add(rows.getString("Info"));
          }
        }
      }
    }
    return found.stream().filter(text -> text.contains(word)).toList();
  }

  @Test
  void step04ThePeerFollowsAndBothArePaired() throws IOException, InterruptedException {
    AgentState follower = replicate(two, one, 2, 1);
    assertThat(running(follower).channel().orElseThrow().running()).isTrue();

    AgentState leased = done(one, new Order.Lease(operator.target(one, 2, 1), true, peerOf(one)));
    assertThat(running(leased).semiSync().source()).isTrue();
    replicate(one, two, 2, 1);
    AgentState marked = done(one, new Order.Mark(operator.target(one, 2, 1)));

    AgentState peer =
        done(two, new Order.Await(operator.target(two, 2, 1), running(marked).executed()));
    assertThat(running(peer).received().contains(running(marked).executed())).isTrue();
    assertThat(running(peer).channel().orElseThrow().lagMillis()).contains(0L);
  }

  @Test
  void step04bSettingsAreTakenOverAllOrNone()
      throws IOException, InterruptedException, SQLException {
    Setting connections = new Setting("max_connections", Optional.of("222"));
    Setting size = new Setting("innodb_buffer_pool_size", Optional.of("64M"));
    Setting log = new Setting("slow_query_log", Optional.of("ON"));

    done(two, settings(connections, size, log));

    assertThat(globals("@@max_connections, @@innodb_buffer_pool_size, @@slow_query_log"))
        .isEqualTo("222 67108864 1");

    for (Setting bad :
        List.of(
            new Setting("innodb_read_io_threads", Optional.of("8")),
            new Setting("no_such_setting", Optional.of("1")),
            new Setting("max_allowed_packet", Optional.of("much")))) {
      Answer answer =
          operator.order(two, settings(new Setting("max_connections", Optional.of("300")), bad));
      assertThat(answer)
          .isInstanceOfSatisfying(
              Answer.Failed.class, f -> assertThat(f.reason()).startsWith(bad.name() + ": "));
    }
    assertThat(globals("@@max_connections")).isEqualTo("222");

    done(two, settings(new Setting("max_connections", Optional.empty())));
    assertThat(globals("@@max_connections")).isEqualTo("151");
  }

  private Order settings(Setting... settings) throws IOException, InterruptedException {
    return new Order.Settings(operator.target(two, 2, 1), List.of(settings));
  }

  private String globals(String names) throws SQLException {
    try (Connection connection = client(two, "shop", APP);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT CONCAT_WS(' ', " + names + ")")) {
      row.next();
      return row.getString(1);
    }
  }

  @Test
  void step05APlannedMoveLosesNothing() throws IOException, InterruptedException, SQLException {
    try (Connection connection = client(one, "shop", APP);
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO t (x) VALUES (2)");
      AgentState released = done(one, new Order.Release(operator.target(one, 3, 1), false));
      assertThat(running(released).superReadOnly()).isTrue();
      assertThat(released.network().vips()).isEmpty();
      assertThat(connection.isValid(1)).as("clients are cut off").isFalse();

      done(two, new Order.Await(operator.target(two, 3, 1), running(released).executed()));
    }
    AgentState promised = done(two, new Order.Promise(operator.target(two, 3, 1)));
    assertThat(running(promised).channel().orElseThrow().io()).isEqualTo(Mysqld.ThreadState.OFF);
    AgentState active = activate(two, 4, 2, WriteMode.PAIRED);
    assertThat(running(active).semiSync().source()).isTrue();
    replicate(one, two, 4, 2);
    replicate(two, one, 4, 2);
    done(two, new Order.Mark(operator.target(two, 4, 2)));

    AgentState old = operator.eventually(one, s -> !running(s).semiSync().source());
    assertThat(running(old).superReadOnly()).isTrue();
    assertThat(operator.order(two, new Order.Release(operator.target(two, 4, 1), false)))
        .isInstanceOf(Answer.Refused.class);
  }

  @Test
  void step06WhatBlocksAReleaseIsNamedAndTheMoveCanBeAborted()
      throws IOException, InterruptedException, SQLException {
    try (Connection connection = client(two, "shop", APP);
        Statement statement = connection.createStatement()) {
      statement.execute("LOCK TABLES t WRITE");
      AgentState blocked = operator.eventually(two, s -> !running(s).blocker().isEmpty());
      assertThat(running(blocked).blocker()).contains("shop.t").contains("shop@");

      Answer answer =
          operator.order(
              two,
              new Order.Release(
                  new Order.Target(
                      TestHost.UID,
                      blocked.standing().serverUuid(),
                      5,
                      2,
                      java.time.Duration.ofSeconds(1)),
                  false));

      assertThat(answer)
          .isInstanceOfSatisfying(
              Answer.Failed.class, f -> assertThat(f.reason()).contains("shop.t"));
      assertThat(answer.observed().network().vips()).isEmpty();
      AgentState back = activate(two, 6, 3, WriteMode.PAIRED);
      assertThat(running(back).superReadOnly()).isFalse();
      assertThat(connection.isValid(1)).isTrue();
    }
    replicate(two, one, 6, 3);
    replicate(one, two, 6, 3);
  }

  @Test
  void step07TheDeathOfAWriterIsToldAtOnceAndItsStartWaitsForTheVerdict()
      throws IOException, InterruptedException {
    AgentState before = operator.state(two);
    two.kill();
    long start = System.nanoTime();
    AgentState after = operator.eventually(two, s -> s.mysqld() instanceof Mysqld.Absent);
    long millis = (System.nanoTime() - start) / 1_000_000;
    System.out.println("death told after " + millis + " ms");

    assertThat(after.sequence()).isGreaterThan(before.sequence());
    assertThat(millis).isLessThan(1000);
    done(two, new Order.Release(operator.target(two, 7, 3), false));
    assertThat(two.network.held).isEmpty();
    done(one, new Order.Promise(operator.target(one, 7, 3)));
    AgentState active = activate(one, 8, 4, WriteMode.SOLO);
    assertThat(operator.state(two).mysqld()).isInstanceOf(Mysqld.Absent.class);
    done(two, new Order.Start(operator.target(two, 8, 4), Optional.of(running(active).executed())));
    AgentState again = operator.eventually(two, s -> s.mysqld() instanceof Running);
    assertThat(running(again).superReadOnly()).isTrue();
    assertThat(running(again).channel().orElseThrow().io()).isEqualTo(Mysqld.ThreadState.OFF);
  }

  @Test
  void step08ASoloWriterGoesOnByItselfAfterARestart() throws IOException, InterruptedException {
    one.kill();
    AgentState _ = operator.eventually(one, s -> !(s.mysqld() instanceof Running));

    AgentState state =
        operator.eventually(
            one,
            s ->
                s.mysqld() instanceof Running r
                    && !r.superReadOnly()
                    && s.network().vips().contains(TestHost.VIP));

    assertThat(state.standing().mode()).isEqualTo(WriteMode.SOLO);
  }

  @Test
  void step09ARestartedAgentGoesOnBesideAWritableServer()
      throws IOException, InterruptedException, GeneralSecurityException {
    long starts = operator.state(one).standing().startCount();
    one.stopAgent();
    assertThat(one.network.held).isEmpty();

    one.startAgent();

    AgentState state = operator.eventually(one, s -> s.network().vips().contains(TestHost.VIP));
    assertThat(running(state).superReadOnly()).isFalse();
    assertThat(state.standing().startCount()).isEqualTo(starts + 1);
  }

  @Test
  void step10AHostWithoutTheRightToWriteIsMadeReadOnly()
      throws IOException, InterruptedException, SQLException {
    try (Connection connection = root(two);
        Statement statement = connection.createStatement()) {
      statement.execute("SET GLOBAL read_only = OFF");
      // Asked of the server: what the agent tells may be from before.
      long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (!superReadOnly(statement)) {
        assertThat(System.nanoTime()).as("read-only within 30 s").isLessThan(end);
        Thread.sleep(20);
      }
    }

    assertThat(operator.state(two).standing().mayWrite()).isFalse();
  }

  private static boolean superReadOnly(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT @@GLOBAL.super_read_only")) {
      assertThat(row.next()).isTrue();
      return row.getBoolean(1);
    }
  }

  @Test
  void step11WithoutThePeerAStopIsFencedByForce()
      throws IOException, InterruptedException, SQLException {
    replicate(two, one, 9, 4);
    done(one, new Order.Lease(operator.target(one, 9, 4), true, peerOf(one)));
    done(two, new Order.Hold(operator.target(two, 9, 4)));
    Thread writer =
        Thread.ofVirtual()
            .start(
                () -> {
                  try (Connection connection = client(one, "shop", APP);
                      Statement statement = connection.createStatement()) {
                    statement.execute("INSERT INTO t (x) VALUES (99)");
                    System.out.println("an insert was acknowledged without the peer");
                  } catch (SQLException _) {
                    // Cut off, as it must be.
                  }
                });
    operator.eventually(one, s -> running(s).semiSync().waitingSessions() > 0);
    long pid = one.pid();

    Files.writeString(one.run().resolve("stop-request"), "7");
    while (!Files.exists(one.run().resolve("stop-permit"))) {
      Thread.sleep(20);
    }

    writer.join();
    assertThat(Files.readString(one.run().resolve("stop-permit"))).isEqualTo("7");
    // Killed before the permit; its parent may take a moment to reap it.
    ProcessHandle.of(pid).ifPresent(p -> p.onExit().orTimeout(5, TimeUnit.SECONDS).join());
    assertThat(operator.state(one).standing().mayWrite()).isFalse();
    assertThat(one.network.held).isEmpty();
  }
}
