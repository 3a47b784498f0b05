package io.mysqlmmm.agent.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.mysql.cj.jdbc.Driver;
import io.mysqlmmm.agent.binlog.BinlogTail;
import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.AgentState.Cut;
import io.mysqlmmm.shared.agent.Answer;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.Mysqld.Running;
import io.mysqlmmm.shared.agent.Order;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A writer is killed under a mixed load, again and again, its peer takes over, the end of its
 * binlog is cut off, and it joins its peer (S18). How often: {@code MMM_CUT_ROUNDS} (make stress).
 */
@Tag("mysqld")
@ExtendWith(RealMysqld.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CutOnRealPairTest {
  private static final int ROUNDS =
      Integer.parseInt(System.getenv().getOrDefault("MMM_CUT_ROUNDS", "8"));
  private static final int WRITERS = 6;

  private final Set<Long> acknowledged = new ConcurrentSkipListSet<>();
  private final AtomicLong numbers = new AtomicLong();
  private TestHost one;
  private TestHost two;
  private OperatorClient operator;
  private long version = 1;
  private long epoch = 1;
  private volatile boolean loading;

  /** Held while binlogs rotate. Nobody rotates them once commits are to wait. */
  private final Lock rotation = new ReentrantLock();

  @BeforeAll
  void startPair(@TempDir Path directory)
      throws IOException, InterruptedException, GeneralSecurityException {
    TestCa ca = new TestCa(directory.resolve("ca"));
    ca.issue("operator");
    one = new TestHost(directory, 1, ca);
    two = new TestHost(directory, 2, ca);
    operator = new OperatorClient(ca, "operator");
    operator.voteFor(List.of(one, two));
    for (TestHost host : List.of(one, two)) {
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
  }

  private static Running running(AgentState state) {
    return (Running) state.mysqld();
  }

  private AgentState done(TestHost host, Order order) throws IOException, InterruptedException {
    Answer answer = operator.order(host, order);
    assertThat(answer).as(order.toString()).isInstanceOf(Answer.Done.class);
    return answer.observed();
  }

  private Order.Target at(TestHost host) throws IOException, InterruptedException {
    return operator.target(host, version, epoch);
  }

  private AgentState activateAlone(TestHost host) throws IOException, InterruptedException {
    return done(
        host,
        new Order.Activate(
            at(host),
            WriteMode.SOLO,
            true,
            List.of(TestHost.VIP),
            "",
            operator.state(host).clock()));
  }

  private Connection root(TestHost host) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "root");
    properties.setProperty("password", "ro'ot\\");
    properties.setProperty("sslMode", "REQUIRED");
    properties.setProperty("socketTimeout", "60000");
    Connection connection =
        new Driver().connect("jdbc:mysql://127.0.0.1:" + host.port + "/", properties);
    if (connection == null) {
      throw new SQLException("no connection");
    }
    return connection;
  }

  private void execute(TestHost host, String... statements) throws SQLException {
    try (Connection connection = root(host);
        Statement statement = connection.createStatement()) {
      for (String text : statements) {
        statement.execute(text);
      }
    }
  }

  /** The peer follows, and each commit waits for it from now on. */
  private void pair(TestHost source, TestHost replica) throws IOException, InterruptedException {
    version++;
    String sourceUuid = operator.state(source).standing().serverUuid();
    String replicaUuid = operator.state(replica).standing().serverUuid();
    done(replica, new Order.Replicate(at(replica), source.source(sourceUuid)));
    leased(source, replicaUuid);
    AgentState marked = done(source, new Order.Mark(at(source)));
    done(replica, new Order.Await(at(replica), running(marked).executed()));
  }

  /** Given again, as the operator does, while no vote was heard lately. */
  private void leased(TestHost source, String replicaUuid)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    Answer answer;
    do {
      answer = operator.order(source, new Order.Lease(at(source), true, replicaUuid));
    } while (answer instanceof Answer.Failed && System.nanoTime() < end);
    assertThat(answer).isInstanceOf(Answer.Done.class);
  }

  @Test
  void aKilledWriterLosesWhatNobodyAcknowledgedAndNothingElse()
      throws IOException, InterruptedException, SQLException {
    activateAlone(one);
    execute(
        one,
        "CREATE DATABASE shop",
        "CREATE TABLE shop.t (id BIGINT PRIMARY KEY, body LONGTEXT)",
        "CREATE TABLE shop.x (id BIGINT PRIMARY KEY)");
    pair(one, two);
    int cuts = 0;
    for (int round = 0; round < ROUNDS; round++) {
      TestHost writer = round % 2 == 0 ? one : two;
      TestHost peer = round % 2 == 0 ? two : one;
      cuts += round(writer, peer, round % 4 < 2) ? 1 : 0;
      List<String> tables = contents(writer);
      assertThat(tables).as("contents after round " + round).isEqualTo(contents(peer));
      Set<Long> lost = new TreeSet<>(acknowledged);
      lost.removeAll(ids(writer));
      assertThat(lost).as("acknowledged and not there after round " + round).isEmpty();
      System.out.printf(
          "kill %d of %d: %d ends cut off so far, %d rows acknowledged, none lost, %d tables equal%n",
          round + 1, ROUNDS, cuts, acknowledged.size(), tables.size());
    }
    assertThat(cuts).isGreaterThanOrEqualTo((ROUNDS + 1) / 2);
  }

  /**
   * @param forced the peer is stopped before the kill, so that commits wait for it
   * @return whether anything was cut off
   */
  private boolean round(TestHost writer, TestHost peer, boolean forced)
      throws IOException, InterruptedException, SQLException {
    List<Thread> load = load(writer);
    long enough = acknowledged.size() + 40L;
    while (acknowledged.size() < enough) {
      Thread.sleep(10);
    }
    // A rotation while commits wait puts the end into two files, which is refused (InAnOlderFile).
    rotation.lock();
    try {
      if (forced) {
        AgentState held = done(peer, new Order.Hold(at(peer)));
        // What waits may have been received, just not acknowledged: this one comes after it.
        load.add(Thread.ofPlatform().start(() -> write(writer, WRITERS)));
        awaitEnd(writer, running(held).received());
      }
      writer.kill();
      AgentState _ = operator.eventually(writer, s -> s.mysqld() instanceof Mysqld.Absent);
      loading = false;
    } finally {
      rotation.unlock();
    }
    for (Thread thread : load) {
      thread.join();
    }
    done(writer, new Order.Release(at(writer), false));
    done(peer, new Order.Promise(at(peer)));
    version++;
    epoch++;
    GtidSet keep = running(activateAlone(peer)).executed();
    String before = operator.state(writer).standing().serverUuid();

    AgentState told = done(writer, new Order.Start(at(writer), Optional.of(keep)));

    Optional<Cut> cut = told.cut().filter(c -> !told.standing().serverUuid().equals(before));
    AgentState back = operator.eventually(writer, s -> s.mysqld() instanceof Running);
    assertThat(running(back).executed().minus(keep).toString())
        .as("surplus (%s)", told.cut())
        .isEmpty();
    assertThat(running(back).serverUuid()).isEqualTo(back.standing().serverUuid());
    assertThat(cut.isPresent() || !forced).as("an end was cut off (%s)", told).isTrue();
    if (cut.isPresent()) {
      assertThat(cut.get().refusal()).isEmpty();
      assertThat(Files.size(writer.cut().resolveSibling(cut.get().file()))).isPositive();
    }
    settlePrepared(peer);
    pair(peer, writer);
    return cut.isPresent();
  }

  /**
   * Waits until the writer's binlog ends with what the held peer lacks. That sessions wait says
   * less: the state was seen a moment ago, and they may have waited for what the peer received.
   */
  private static void awaitEnd(TestHost writer, GtidSet received) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (!(BinlogTail.plan(writer.data(), received) instanceof BinlogTail.Plan.Cut)) {
      assertThat(System.nanoTime())
          .as("the writer's binlog holds nothing more than %s", received)
          .isLessThan(end);
      Thread.sleep(5);
    }
  }

  /** XA transactions that the load had prepared and not committed: as somebody has to. */
  private void settlePrepared(TestHost host) throws SQLException {
    List<String> prepared = new ArrayList<>();
    try (Connection connection = root(host);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("XA RECOVER")) {
      while (rows.next()) {
        prepared.add(rows.getString("data"));
      }
    }
    for (String id : prepared) {
      execute(host, "XA ROLLBACK '%s'".formatted(id));
    }
  }

  private List<Thread> load(TestHost host) {
    loading = true;
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      int kind = i;
      threads.add(Thread.ofPlatform().start(() -> write(host, kind)));
    }
    return threads;
  }

  private void write(TestHost host, int kind) {
    while (loading) {
      try (Connection connection = root(host);
          Statement statement = connection.createStatement()) {
        while (loading) {
          writeOnce(statement, kind);
        }
      } catch (SQLException _) {
        // The server is being killed, or was: what was not acknowledged counts for nothing.
      }
    }
  }

  private void writeOnce(Statement statement, int kind) throws SQLException {
    long id = numbers.incrementAndGet();
    switch (kind) {
      case 0 -> {
        statement.execute("CREATE TABLE shop.d%d (id INT PRIMARY KEY)".formatted(id));
        statement.execute("ALTER TABLE shop.d%d ADD COLUMN c INT".formatted(id));
        statement.execute("DROP TABLE shop.d%d".formatted(id));
      }
      case 1 -> {
        statement.execute("INSERT INTO shop.t VALUES (%d, REPEAT('mmm', 400000))".formatted(id));
        acknowledged.add(id);
      }
      case 2 -> {
        statement.execute("XA START 'x%d'".formatted(id));
        statement.execute("INSERT INTO shop.x VALUES (%d)".formatted(id));
        statement.execute("XA END 'x%d'".formatted(id));
        statement.execute("XA PREPARE 'x%d'".formatted(id));
        statement.execute("XA COMMIT 'x%d'".formatted(id));
        acknowledged.add(id);
      }
      case 3 -> {
        if (id % 10 == 0 && rotation.tryLock()) {
          try {
            statement.execute("FLUSH BINARY LOGS");
          } finally {
            rotation.unlock();
          }
        }
        statement.execute("BEGIN");
        statement.execute("INSERT INTO shop.t VALUES (%d, 'a')".formatted(id));
        statement.execute("UPDATE shop.t SET body = 'b' WHERE id = %d".formatted(id));
        statement.execute("COMMIT");
        acknowledged.add(id);
      }
      default -> {
        statement.execute("INSERT INTO shop.t VALUES (%d, 'x')".formatted(id));
        acknowledged.add(id);
      }
    }
  }

  private Set<Long> ids(TestHost host) throws SQLException {
    Set<Long> ids = new TreeSet<>();
    try (Connection connection = root(host);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT id FROM shop.t UNION ALL SELECT id FROM shop.x")) {
      while (rows.next()) {
        ids.add(rows.getLong(1));
      }
    }
    return ids;
  }

  /** Every table with its checksum, once the follower has all. */
  private List<String> contents(TestHost host)
      throws IOException, InterruptedException, SQLException {
    GtidSet all =
        running(operator.state(one)).executed().union(running(operator.state(two)).executed());
    done(host, new Order.Await(at(host), all));
    List<String> tables = new ArrayList<>();
    try (Connection connection = root(host);
        Statement statement = connection.createStatement()) {
      List<String> names = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery("SHOW TABLES FROM shop")) {
        while (rows.next()) {
          names.add(rows.getString(1));
        }
      }
      for (String name : names) {
        try (ResultSet row = statement.executeQuery("CHECKSUM TABLE shop." + name)) {
          assertThat(row.next()).isTrue();
          tables.add(name + " " + row.getLong(2));
        }
      }
    }
    return tables;
  }
}
