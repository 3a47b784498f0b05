package io.mysqlmmm.agent.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.mysql.cj.jdbc.Driver;
import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Answer;
import io.mysqlmmm.shared.agent.Clone;
import io.mysqlmmm.shared.agent.Clone.Outcome;
import io.mysqlmmm.shared.agent.Mysqld.Running;
import io.mysqlmmm.shared.agent.Order;
import io.mysqlmmm.shared.agent.Order.Source;
import io.mysqlmmm.shared.agent.WriteMode;
import io.mysqlmmm.shared.gtid.GtidSet;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A standby is cloned from the writer, and whatever can happen to it meanwhile happens (S21). */
@Tag("mysqld")
@ExtendWith(RealMysqld.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CloneOnRealPairTest {
  /** MiB a second: what there is takes ten seconds, long enough to be disturbed. */
  private static final int SLOW = 8;

  private static final String WRITABLE = "SET GLOBAL read_only = OFF";

  private TestHost writer;
  private TestHost standby;
  private OperatorClient operator;
  private long version = 1;

  @BeforeAll
  void startPair(@TempDir Path directory)
      throws IOException, InterruptedException, GeneralSecurityException, SQLException {
    TestCa ca = new TestCa(directory.resolve("ca"));
    ca.issue("operator");
    writer = new TestHost(directory, 1, ca);
    standby = new TestHost(directory, 2, ca);
    operator = new OperatorClient(ca, "operator");
    operator.voteFor(java.util.List.of(writer, standby));
    for (TestHost host : java.util.List.of(writer, standby)) {
      host.startAgent();
      host.startMysqld();
    }
    for (TestHost host : java.util.List.of(writer, standby)) {
      AgentState _ = operator.eventually(host, s -> s.mysqld() instanceof Running);
    }
    done(
        writer,
        new Order.Activate(
            at(writer),
            WriteMode.SOLO,
            true,
            java.util.List.of(TestHost.VIP),
            "",
            operator.state(writer).clock()));
    execute(
        writer,
        "CREATE DATABASE shop",
        "CREATE TABLE shop.t (id BIGINT PRIMARY KEY AUTO_INCREMENT, body LONGTEXT)",
        "INSERT INTO shop.t (body) VALUES (REPEAT('x', 2000000))");
    for (int i = 0; i < 5; i++) {
      execute(writer, "INSERT INTO shop.t (body) SELECT body FROM shop.t");
    }
  }

  @AfterAll
  void stopPair() throws IOException, InterruptedException {
    writer.end();
    standby.end();
    operator.close();
  }

  private static Running running(AgentState state) {
    return (Running) state.mysqld();
  }

  private static Clone clone(AgentState state) {
    return state.lastClone().orElseThrow();
  }

  private AgentState done(TestHost host, Order order) throws IOException, InterruptedException {
    Answer answer = operator.order(host, order);
    assertThat(answer).as(order.toString()).isInstanceOf(Answer.Done.class);
    return answer.observed();
  }

  private Order.Target at(TestHost host) throws IOException, InterruptedException {
    return operator.target(host, version, 1);
  }

  private Order.Clone order(int limit, long bytes, String of)
      throws IOException, InterruptedException {
    version++;
    return new Order.Clone(at(standby), source(), of, bytes, limit, 0, "");
  }

  private Order.Clone order(int limit) throws IOException, InterruptedException {
    return order(limit, 1, running(operator.state(writer)).version());
  }

  private Source source() throws IOException, InterruptedException {
    return writer.source(operator.state(writer).standing().serverUuid());
  }

  private void begin(int limit) throws IOException, InterruptedException {
    AgentState begun = done(standby, order(limit));
    assertThat(clone(begun).outcome()).isEqualTo(Outcome.RUNNING);
    assertThat(begun.standing().cloneGuard().replacing()).isTrue();
  }

  private AgentState awaitClone(Predicate<Clone> wanted) throws IOException, InterruptedException {
    return operator.eventually(standby, s -> s.lastClone().filter(wanted).isPresent());
  }

  private static boolean copies(Clone clone) {
    return clone.running() && clone.dropped() && clone.bytesDone() > 0;
  }

  private Connection root(TestHost host) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "root");
    properties.setProperty("password", "ro'ot\\");
    properties.setProperty("sslMode", "REQUIRED");
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

  private String ask(TestHost host, String question) throws SQLException {
    try (Connection connection = root(host);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(question)) {
      return row.next() ? String.valueOf(row.getString(1)) : "";
    }
  }

  /** The clone is complete: the host is new to everybody, and follows the writer. */
  private void awaitWholeAndFollowing(String before)
      throws IOException, InterruptedException, SQLException {
    AgentState cloned =
        operator.eventually(
            standby,
            s ->
                s.lastClone().filter(c -> c.outcome() == Outcome.DONE).isPresent()
                    && !s.standing().cloneGuard().replacing());
    assertThat(cloned.standing().serverUuid()).isNotEqualTo(before);
    assertThat(cloned.standing().untouched()).as("nothing is promised for it").isTrue();
    assertThat(running(cloned).superReadOnly()).isTrue();
    assertThat(running(cloned).channel()).isEmpty();
    assertThat(running(cloned).serverUuid()).isEqualTo(cloned.standing().serverUuid());
    GtidSet all = running(operator.state(writer)).executed();
    assertThat(all.contains(running(cloned).executed())).as("no surplus").isTrue();
    execute(writer, "INSERT INTO shop.t (body) VALUES ('afterwards')");
    version++;
    AgentState _ = done(standby, new Order.Replicate(at(standby), source()));
    AgentState _ =
        done(standby, new Order.Await(at(standby), running(operator.state(writer)).executed()));
    String sum = "SELECT CONCAT(COUNT(*), ' ', SUM(CRC32(body))) FROM shop.t";
    assertThat(ask(standby, sum)).isEqualTo(ask(writer, sum));
    assertThat(ask(standby, "SELECT COUNT(*) FROM information_schema.SCHEMATA"))
        .isEqualTo(ask(writer, "SELECT COUNT(*) FROM information_schema.SCHEMATA"));
  }

  private String standbyUuid() throws IOException, InterruptedException {
    return operator.state(standby).standing().serverUuid();
  }

  @Test
  void aStandbyWithASurplusIsCloned() throws IOException, InterruptedException, SQLException {
    writeOn(standby);
    String before = standbyUuid();
    GtidSet errant = GtidSet.parse(ask(standby, "SELECT @@GLOBAL.gtid_executed"));
    AgentState _ =
        operator.eventually(
            standby, s -> running(s).superReadOnly() && running(s).executed().contains(errant));

    begin(0);

    awaitWholeAndFollowing(before);
  }

  /** Tries until the agent leaves enough time. */
  private void writeOn(TestHost host, String... statements) throws SQLException {
    String[] all =
        Arrays.copyOf(
            new String[] {WRITABLE, "CREATE DATABASE IF NOT EXISTS errant"}, 2 + statements.length);
    System.arraycopy(statements, 0, all, 2, statements.length);
    for (int attempt = 1; ; attempt++) {
      try {
        execute(host, all);
        return;
      } catch (SQLException e) {
        if (attempt == 20) {
          throw e;
        }
      }
    }
  }

  /** Seen: the drop of its table waited for it without end. */
  @Test
  void anXaTransactionThatIsPreparedHoldsNoCloneUp()
      throws IOException, InterruptedException, SQLException {
    // The standby's agent makes it read-only again at once.
    writeOn(standby, "CREATE TABLE IF NOT EXISTS errant.x (id INT PRIMARY KEY)");
    writeOn(
        standby,
        "XA START 'one','two',3",
        "INSERT INTO errant.x VALUES (1)",
        "XA END 'one','two',3",
        "XA PREPARE 'one','two',3");
    GtidSet written = GtidSet.parse(ask(standby, "SELECT @@GLOBAL.gtid_executed"));
    AgentState before =
        operator.eventually(
            standby, s -> running(s).superReadOnly() && running(s).executed().contains(written));
    assertThat(ask(standby, "XA RECOVER")).as("what is prepared").isEqualTo("3");

    begin(0);

    awaitWholeAndFollowing(before.standing().serverUuid());
    assertThat(ask(standby, "XA RECOVER")).isEmpty();
  }

  @Test
  void whatCanBeFoundOutBeforeIsRefusedAndChangesNothing()
      throws IOException, InterruptedException {
    String uuid = standbyUuid();
    String of = running(operator.state(writer)).version();

    assertThat(operator.order(standby, order(0, Long.MAX_VALUE, of)))
        .isInstanceOfSatisfying(
            Answer.Failed.class, f -> assertThat(f.reason()).contains("the volume is too small"));
    assertThat(operator.order(standby, order(0, 1, "8.0.40")))
        .isInstanceOfSatisfying(
            Answer.Failed.class, f -> assertThat(f.reason()).contains("only the same series"));
    version++;
    Order.Clone overTheWriter = new Order.Clone(at(writer), source(), of, 1, 0, 0, "");
    assertThat(operator.order(writer, overTheWriter))
        .isInstanceOfSatisfying(
            Answer.Refused.class, r -> assertThat(r.reason()).contains("nothing is cloned over"));

    AgentState now = operator.state(standby);
    assertThat(now.standing().serverUuid()).isEqualTo(uuid);
    assertThat(now.standing().cloneGuard().replacing()).isFalse();
  }

  @Test
  void aDonorThatCannotBeReachedCostsNothing()
      throws IOException, InterruptedException, SQLException {
    String uuid = standbyUuid();
    version++;
    Source nobody = new Source("db9", "127.0.0.1", 1, "uuid");
    String of = running(operator.state(writer)).version();

    AgentState _ = done(standby, new Order.Clone(at(standby), nobody, of, 1, 0, 0, ""));

    AgentState failed = awaitClone(c -> c.outcome() == Outcome.FAILED);
    assertThat(clone(failed).error()).contains("Connect failed");
    assertThat(clone(failed).dropped()).isFalse();
    assertThat(failed.standing().serverUuid()).isEqualTo(uuid);
    assertThat(failed.standing().cloneGuard().replacing()).isFalse();
    assertThat(running(failed).superReadOnly()).isTrue();
  }

  @Test
  void aLostDonorLeavesAHostThatServesForNothingButAnotherClone()
      throws IOException, InterruptedException, SQLException {
    begin(SLOW);
    AgentState _ = awaitClone(CloneOnRealPairTest::copies);

    writer.kill();

    AgentState failed = awaitClone(c -> c.outcome() == Outcome.FAILED);
    assertThat(clone(failed).dropped()).isTrue();
    AgentState _ =
        operator.eventually(writer, s -> s.mysqld() instanceof Running r && !r.superReadOnly());
    version++;
    assertThat(operator.order(standby, new Order.Replicate(at(standby), source())))
        .isInstanceOfSatisfying(Answer.Refused.class, r -> assertThat(r.rule()).isEqualTo("S21"));
    String before = standbyUuid();
    begin(0);
    awaitWholeAndFollowing(before);
  }

  @Test
  void aRecipientThatIsKilledIsClonedAgain()
      throws IOException, InterruptedException, SQLException {
    String before = standbyUuid();
    begin(SLOW);
    AgentState _ = awaitClone(CloneOnRealPairTest::copies);

    standby.kill();

    AgentState failed = awaitClone(c -> c.outcome() == Outcome.FAILED);
    assertThat(clone(failed).dropped()).isTrue();
    assertThat(failed.standing().serverUuid()).isNotEqualTo(before);
    assertThat(failed.standing().cloneGuard().replacing()).isTrue();
    assertThat(running(failed).superReadOnly()).isTrue();
    begin(0);
    awaitWholeAndFollowing(failed.standing().serverUuid());
  }

  @Test
  void anAgentThatIsRestartedGoesOnToFollowTheClone()
      throws IOException, InterruptedException, SQLException, GeneralSecurityException {
    String before = standbyUuid();
    begin(SLOW);
    AgentState _ = awaitClone(CloneOnRealPairTest::copies);

    standby.stopAgent();
    standby.startAgent();

    assertThat(operator.state(standby).lastClone()).isNotEqualTo(Optional.empty());
    awaitWholeAndFollowing(before);
  }
}
