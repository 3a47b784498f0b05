package io.mysqlmmm.agent.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Answer;
import io.mysqlmmm.shared.agent.Mysqld.Running;
import io.mysqlmmm.shared.agent.Order;
import io.mysqlmmm.shared.agent.Preflight.Finding;
import io.mysqlmmm.shared.agent.WriteMode;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The standby of a pair that knows no GTIDs is adopted while the old writer serves: it goes on to
 * replicate, by its owner's statements, and is made the writer when that is over
 * (docs/operations.md).
 */
@Tag("mysqld")
@ExtendWith(RealMysqld.class)
class TakeoverOnRealPairTest {
  private static final String ROWS = "SELECT CONCAT(COUNT(*), ' ', SUM(id)) FROM shop.t";

  private String logFile = "";
  private String position = "";

  @Test
  void aStandbyReplicatesOnUntilItsOwnerEndsThat(@TempDir Path directory)
      throws IOException, InterruptedException, GeneralSecurityException, SQLException {
    TestCa ca = new TestCa(directory.resolve("ca"));
    ca.issue("operator");
    TestHost standby = new TestHost(directory, 1, ca);
    TestHost old = new TestHost(directory, 2, ca);
    int port = TestHost.freePort();
    Process oldWriter = old.serveCopy(old.data(), port, TestHost.WITHOUT_GTIDS);
    try (OperatorClient operator = new OperatorClient(ca, "operator")) {
      RootSession writer = new RootSession(port, "");
      writer.awaitServed(oldWriter);
      writer.execute("CREATE USER 'repl'@'%' IDENTIFIED BY 'repl'");
      writer.execute("GRANT REPLICATION SLAVE ON *.* TO 'repl'@'%'");
      liveAsStandby(standby, writer);

      operator.voteFor(List.of(standby));
      standby.adoptedHost = "db1";
      standby.startAgent();
      standby.startMysqld();
      RootSession mine = new RootSession(standby.port, "");
      assertThat(missing(operator.eventually(standby, s -> s.preflight().isPresent())))
          .containsExactly("replication from elsewhere");

      // The relay logs of before have another name; those who had begun are received again.
      mine.execute("RESET REPLICA");
      mine.execute(
          "CHANGE REPLICATION SOURCE TO SOURCE_LOG_FILE = '%s', SOURCE_LOG_POS = %s,"
                  .formatted(logFile, position)
              + " ASSIGN_GTIDS_TO_ANONYMOUS_TRANSACTIONS = LOCAL",
          "START REPLICA");
      writer.execute("INSERT INTO shop.t VALUES (3), (4)");
      mine.eventually(ROWS, "4 10", oldWriter);
      AgentState meanwhile = operator.state(standby);
      assertThat(missing(meanwhile)).containsExactly("replication from elsewhere");
      assertThat(((Running) meanwhile.mysqld()).superReadOnly()).isTrue();

      long begun = System.nanoTime();
      writer.execute("INSERT INTO shop.t VALUES (5)", "SET GLOBAL super_read_only = ON");
      mine.eventually(ROWS, "5 15", oldWriter);
      mine.execute("STOP REPLICA", "RESET REPLICA ALL");
      AgentState clean =
          operator.eventually(
              standby, s -> s.preflight().filter(p -> p.missing().isEmpty()).isPresent());
      Answer answer =
          operator.order(
              standby,
              new Order.Activate(
                  operator.target(standby, 1, 1),
                  WriteMode.SOLO,
                  true,
                  List.of(TestHost.VIP),
                  "",
                  clean.clock()));
      assertThat(answer).isInstanceOf(Answer.Done.class);
      mine.execute("INSERT INTO shop.t VALUES (6)");
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
      System.out.println("nobody could write for " + millis + " ms");

      assertThat(mine.ask(ROWS)).isEqualTo("6 21");
      assertThat(((Running) answer.observed().mysqld()).executed().isEmpty())
          .as("what came without GTIDs has some")
          .isFalse();
    } finally {
      standby.end();
      oldWriter.destroyForcibly();
    }
  }

  /** Replicates by file and position, as MMM's hosts did, and is stopped in good order. */
  private void liveAsStandby(TestHost standby, RootSession writer)
      throws IOException, InterruptedException, SQLException {
    int port = TestHost.freePort();
    Process before = standby.serveCopy(standby.data(), port, TestHost.WITHOUT_GTIDS);
    RootSession root = new RootSession(port, "");
    try {
      root.awaitServed(before);
      root.execute(
          "SET GLOBAL server_id = 2",
          "CHANGE REPLICATION SOURCE TO SOURCE_HOST = '127.0.0.1', SOURCE_PORT = %d,"
                  .formatted(writer.port())
              + " SOURCE_USER = 'repl', SOURCE_PASSWORD = 'repl', SOURCE_SSL = 1",
          "START REPLICA");
      writer.execute(
          "CREATE DATABASE shop",
          "CREATE TABLE shop.t (id BIGINT PRIMARY KEY)",
          "INSERT INTO shop.t VALUES (1), (2)");
      root.eventually(ROWS, "2 3", before);
      root.execute("STOP REPLICA");
      logFile = root.ask("SHOW REPLICA STATUS", "Relay_Source_Log_File");
      position = root.ask("SHOW REPLICA STATUS", "Exec_Source_Log_Pos");
      root.execute("SHUTDOWN");
      assertThat(before.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      before.destroyForcibly();
    }
  }

  private static List<String> missing(AgentState state) {
    return state.preflight().orElseThrow().missing().stream().map(Finding::name).toList();
  }
}
