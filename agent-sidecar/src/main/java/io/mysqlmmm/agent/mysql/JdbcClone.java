package io.mysqlmmm.agent.mysql;

import io.mysqlmmm.agent.config.Credentials;
import io.mysqlmmm.shared.agent.Order;
import io.mysqlmmm.shared.agent.Order.Source;
import io.mysqlmmm.shared.gtid.GtidSet;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The real plugin, by JDBC. The donor's certificate is verified, because clone_ssl_ca is set. */
public final class JdbcClone implements CloneServer {
  /**
   * For how many minutes a donor that went away is called again before the clone fails. MySQL's
   * default of 5 keeps the host waiting; a network that is back within one is gone on with.
   */
  private static final int RECONNECT_MINUTES = 1;

  private static final String PROGRESS =
      """
      SELECT s.STATE, UNIX_TIMESTAMP(s.BEGIN_TIME), s.ERROR_MESSAGE, s.GTID_EXECUTED,
        (SELECT COUNT(*) FROM performance_schema.clone_progress
          WHERE STAGE = 'DROP DATA' AND STATE <> 'Not Started'),
        (SELECT COUNT(*) FROM performance_schema.clone_progress
          WHERE STAGE = 'DROP DATA' AND STATE = 'Completed'),
        (SELECT MAX(STAGE) FROM performance_schema.clone_progress WHERE STATE = 'In Progress'),
        (SELECT SUM(DATA) FROM performance_schema.clone_progress),
        (SELECT SUM(ESTIMATE) FROM performance_schema.clone_progress)
      FROM performance_schema.clone_status s""";

  private final Logins logins;
  private final Session session;
  private final Credentials credentials;
  private final String sourceCa;

  public JdbcClone(Logins logins, Credentials credentials, String sourceCa) {
    this.logins = logins;
    this.session = new Session(logins::agent);
    this.credentials = credentials;
    this.sourceCa = sourceCa;
  }

  @Override
  public boolean plugin(Duration bound) throws SQLException {
    String question =
        "SELECT COUNT(*) FROM information_schema.PLUGINS"
            + " WHERE PLUGIN_NAME = 'clone' AND PLUGIN_STATUS = 'ACTIVE'";
    return call(
        bound,
        s -> {
          try (ResultSet row = s.executeQuery(question)) {
            return row.next() && row.getInt(1) > 0;
          }
        });
  }

  @Override
  public void prepare(Order.Clone order, Duration bound) throws SQLException {
    call(
        bound,
        s -> {
          set(s, "clone_valid_donor_list", SqlText.literal(address(order.donor())));
          set(s, "clone_ssl_ca", SqlText.literal(sourceCa));
          set(s, "clone_max_data_bandwidth", String.valueOf(order.maxDataBandwidth()));
          set(s, "clone_max_network_bandwidth", String.valueOf(order.maxNetworkBandwidth()));
          set(s, "clone_donor_timeout_after_network_failure", String.valueOf(RECONNECT_MINUTES));
          return true;
        });
  }

  /** Once more when the kept connection led to a mysqld that was started anew since. */
  private <T> T call(Duration bound, Session.Work<T> work) throws SQLException {
    try {
      return session.call(bound, work);
    } catch (SQLException e) {
      if (e.getSQLState() == null || !e.getSQLState().startsWith("08")) {
        throw e;
      }
      return session.call(bound, work);
    }
  }

  private static void set(Statement statement, String variable, String value) throws SQLException {
    statement.execute("SET GLOBAL " + variable + " = " + value);
  }

  private static String address(Source donor) {
    return donor.address() + ":" + donor.port();
  }

  @Override
  public void run(Source donor) throws SQLException {
    String text =
        "CLONE INSTANCE FROM %s@%s:%d IDENTIFIED BY %s REQUIRE SSL"
            .formatted(
                SqlText.literal(InitSql.REPLICATION),
                SqlText.literal(donor.address()),
                donor.port(),
                SqlText.literal(password()));
    try (Connection connection = logins.agent();
        Statement statement = connection.createStatement()) {
      connection.setNetworkTimeout(Runnable::run, 0);
      statement.execute("SET GLOBAL super_read_only = OFF");
      statement.execute(text);
    }
  }

  @Override
  public void copy(Path directory) throws SQLException {
    try (Connection connection = logins.agent();
        Statement statement = connection.createStatement()) {
      connection.setNetworkTimeout(Runnable::run, 0);
      statement.execute("CLONE LOCAL DATA DIRECTORY = " + SqlText.literal(directory.toString()));
    }
  }

  private String password() throws SQLException {
    try {
      return credentials.replication().value();
    } catch (IOException e) {
      throw JdbcMysql.unreadable(e);
    }
  }

  @Override
  public Progress progress(Duration bound) throws SQLException {
    return call(
        bound,
        s -> {
          try (ResultSet row = s.executeQuery(PROGRESS)) {
            return row.next() ? read(row) : Progress.NONE;
          }
        });
  }

  private static Progress read(ResultSet row) throws SQLException {
    State state =
        switch (text(row.getString(1))) {
          case "In Progress" -> State.RUNNING;
          case "Completed" -> State.COMPLETED;
          case "Failed" -> State.FAILED;
          default -> State.NONE;
        };
    return new Progress(
        state,
        Instant.ofEpochMilli((long) (row.getDouble(2) * 1000)),
        row.getInt(5) > 0,
        row.getInt(6) > 0,
        text(row.getString(7)),
        row.getLong(8),
        row.getLong(9),
        text(row.getString(3)),
        GtidSet.parse(text(row.getString(4))));
  }

  @Override
  public void giveUpPrepared(Duration bound) throws SQLException {
    List<String> _ =
        call(
            bound,
            s -> {
              List<String> ids = prepared(s);
              for (String id : ids) {
                s.execute("XA ROLLBACK " + id);
              }
              return ids;
            });
  }

  private static List<String> prepared(Statement statement) throws SQLException {
    List<String> ids = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery("XA RECOVER CONVERT XID")) {
      while (rows.next()) {
        // Both parts of the identifier in one, as 0x and two digits for each byte.
        String digits = rows.getString("data").substring(2);
        int first = 2 * rows.getInt("gtrid_length");
        ids.add(
            "X'%s',X'%s',%d"
                .formatted(
                    digits.substring(0, first), digits.substring(first), rows.getLong("formatID")));
      }
    }
    return ids;
  }

  @Override
  public void settle(Duration bound) throws SQLException {
    call(
        bound,
        s -> {
          s.execute("STOP REPLICA");
          return s.execute("RESET REPLICA ALL");
        });
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
