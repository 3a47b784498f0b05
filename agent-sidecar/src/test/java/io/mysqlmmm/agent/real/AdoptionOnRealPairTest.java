package io.mysqlmmm.agent.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Answer;
import io.mysqlmmm.shared.agent.Mysqld.Running;
import io.mysqlmmm.shared.agent.Order;
import io.mysqlmmm.shared.agent.Preflight;
import io.mysqlmmm.shared.agent.Preflight.Finding;
import io.mysqlmmm.shared.agent.Preflight.Level;
import io.mysqlmmm.shared.agent.WriteMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A data set of a server that knew nothing of GTIDs is taken over, and another host is cloned from
 * it.
 */
@Tag("mysqld")
@ExtendWith(RealMysqld.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdoptionOnRealPairTest {
  private static final String ROWS = "SELECT CONCAT(COUNT(*), ' ', SUM(id)) FROM shop.t";
  private static final String ACCOUNT =
      "SELECT CONCAT(plugin, authentication_string) FROM mysql.user WHERE User = ";

  private TestHost adopted;
  private TestHost empty;
  private OperatorClient operator;
  private String rootBefore;

  @BeforeAll
  void start(@TempDir Path directory)
      throws IOException, InterruptedException, GeneralSecurityException, SQLException {
    TestCa ca = new TestCa(directory.resolve("ca"));
    ca.issue("operator");
    adopted = new TestHost(directory, 1, ca);
    empty = new TestHost(directory, 2, ca);
    rootBefore = liveElsewhere();
    operator = new OperatorClient(ca, "operator");
    operator.voteFor(List.of(adopted, empty));
    for (TestHost host : List.of(adopted, empty)) {
      host.adoptedHost = "db1";
      host.startAgent();
      host.startMysqld();
    }
    for (TestHost host : List.of(adopted, empty)) {
      AgentState _ = operator.eventually(host, s -> s.mysqld() instanceof Running);
    }
  }

  @AfterAll
  void stop() throws IOException, InterruptedException {
    adopted.end();
    empty.end();
    operator.close();
  }

  /** The data set's life before: without GTIDs, with settings and accounts of its own. */
  private String liveElsewhere() throws IOException, InterruptedException, SQLException {
    int port = TestHost.freePort();
    Process mysqld = adopted.serveCopy(adopted.data(), port, TestHost.WITHOUT_GTIDS);
    RootSession first = new RootSession(port, "");
    try {
      first.awaitServed(mysqld);
      first.execute(
          "CREATE DATABASE shop",
          "CREATE TABLE shop.t (id BIGINT PRIMARY KEY AUTO_INCREMENT)",
          "INSERT INTO shop.t VALUES (1), (2), (3)",
          "CREATE TABLE shop.old (id BIGINT) ENGINE = MyISAM",
          "CHANGE REPLICATION SOURCE TO SOURCE_HOST = '10.1.2.3', SOURCE_PORT = 3307",
          "SET PERSIST super_read_only = OFF",
          "SET PERSIST event_scheduler = ON",
          "CREATE USER 'app'@'%' IDENTIFIED BY 'secret'",
          "GRANT ALL ON shop.* TO 'app'@'%'",
          "CREATE USER 'mmm_monitor'@'%' IDENTIFIED BY 'secret'",
          "ALTER USER 'root'@'localhost' IDENTIFIED BY 'their own'");
      RootSession root = new RootSession(port, "their own");
      String before = root.ask(ACCOUNT + "'root'");
      root.execute("SHUTDOWN");
      assertThat(mysqld.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return before;
    } finally {
      mysqld.destroyForcibly();
    }
  }

  private static RootSession root(TestHost host) {
    return new RootSession(host.port, "their own");
  }

  private static List<String> missing(AgentState state) {
    return state.preflight().map(Preflight::missing).orElse(List.of()).stream()
        .map(Finding::name)
        .toList();
  }

  private AgentState done(TestHost host, Order order) throws IOException, InterruptedException {
    Answer answer = operator.order(host, order);
    assertThat(answer).as(order.toString()).isInstanceOf(Answer.Done.class);
    return answer.observed();
  }

  @Test
  void itIsLookedAtTakenOverAndCloned() throws IOException, InterruptedException, SQLException {
    AgentState seen = operator.eventually(adopted, s -> s.preflight().isPresent());
    assertThat(missing(seen))
        .containsExactly("tables of other engines", "replication from elsewhere");
    assertThat(seen.preflight().orElseThrow().findings())
        .contains(
            new Finding(
                "replication from elsewhere",
                Level.MISSING,
                "10.1.2.3:3307",
                "none",
                "RESET REPLICA ALL, for each channel"))
        .anyMatch(f -> f.level() == Level.WARNING && f.found().equals("mmm_monitor@%"))
        .anyMatch(f -> f.level() == Level.WARNING && f.found().contains("'root'@'localhost'"))
        .noneMatch(f -> f.found().contains("mmm_agent"));
    assertThat(seen.cloneFacts().map(f -> f.made()).orElse("")).isEmpty();
    assertThat(((Running) seen.mysqld()).superReadOnly()).as("whatever was persisted").isTrue();

    // What its owner does about it; the table's engine is for the old server, so it is given up.
    root(adopted).execute("RESET REPLICA ALL");
    root(adopted)
        .execute(
            "SET GLOBAL read_only = OFF", "SET SESSION sql_log_bin = 0", "DROP TABLE shop.old");
    AgentState clean =
        operator.eventually(
            adopted,
            s ->
                s.preflight().filter(p -> p.missing().isEmpty()).isPresent()
                    && ((Running) s.mysqld()).superReadOnly());
    assertThat(((Running) clean.mysqld()).executed().isEmpty()).as("it had no GTIDs").isTrue();

    done(
        adopted,
        new Order.Activate(
            operator.target(adopted, 1, 1),
            WriteMode.SOLO,
            true,
            List.of(TestHost.VIP),
            "",
            operator.state(adopted).clock()));
    AgentState marked = done(adopted, new Order.Mark(operator.target(adopted, 1, 1)));
    assertThat(((Running) marked.mysqld()).executed().isEmpty()).isFalse();
    done(
        empty,
        new Order.Clone(
            operator.target(empty, 1, 1),
            adopted.source(marked.standing().serverUuid()),
            ((Running) marked.mysqld()).version(),
            1,
            0,
            0,
            ""));
    AgentState copied =
        operator.eventually(
            empty,
            s ->
                s.lastClone().filter(c -> !c.running()).isPresent()
                    && s.mysqld() instanceof Running
                    && !s.standing().cloneGuard().replacing());

    assertThat(copied.lastClone().orElseThrow().error()).isEmpty();
    assertThat(root(empty).ask(ROWS)).isEqualTo("3 6");
    for (TestHost host : List.of(adopted, empty)) {
      assertThat(root(host).ask(ACCOUNT + "'root'")).as("their own account").isEqualTo(rootBefore);
      assertThat(root(host).ask(ACCOUNT + "'app'")).isNotEmpty();
    }
    done(
        empty,
        new Order.Replicate(
            operator.target(empty, 1, 1), adopted.source(marked.standing().serverUuid())));
    root(adopted).execute("INSERT INTO shop.t VALUES (7)");
    AgentState _ =
        operator.eventually(
            empty,
            s ->
                s.mysqld() instanceof Running r
                    && r.executed().contains(((Running) marked.mysqld()).executed())
                    && rows(empty).equals("4 13"));
    assertThat(Files.exists(adopted.data().resolve("mysqld-auto.cnf"))).as("kept").isTrue();
  }

  private static String rows(TestHost host) {
    try {
      return root(host).ask(ROWS);
    } catch (SQLException e) {
      return e.toString();
    }
  }
}
