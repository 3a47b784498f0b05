package io.mysqlmmm.e2e.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.mysqlmmm.e2e.PairUnderTest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Connects as the application does, without asking Kubernetes each time: it may be away. */
public final class Application {
  /** Bounds a client's wait for an answer; a fault is noticed within it. */
  private static final String TIMEOUT_MILLIS = "1000";

  private static final String CONNECT_TIMEOUT_MILLIS = "500";

  private static final Map<String, String> HOSTS =
      PairUnderTest.HOSTS.stream()
          .collect(Collectors.toMap(PairUnderTest::address, Function.identity()));

  private volatile Properties properties = new Properties();

  public Application(KubernetesClient client) {
    learn(client);
  }

  /** Reads the credentials, which a pair that was removed and applied again has new. */
  void learn(KubernetesClient client) {
    Secret secret = client.secrets().inNamespace("default").withName("shop-app").get();
    if (secret == null) {
      throw new IllegalStateException("Secret shop-app is not there");
    }
    Properties read = new Properties();
    read.setProperty("user", decoded(secret, "username"));
    read.setProperty("password", decoded(secret, "password"));
    read.setProperty("connectTimeout", CONNECT_TIMEOUT_MILLIS);
    read.setProperty("socketTimeout", TIMEOUT_MILLIS);
    read.setProperty("sslMode", "REQUIRED");
    properties = read;
  }

  private static String decoded(Secret secret, String key) {
    return new String(Base64.getDecoder().decode(secret.getData().get(key)), UTF_8);
  }

  public Connection connect(String address) throws SQLException {
    return connect(address, TIMEOUT_MILLIS);
  }

  /** For statements that may take long. */
  public Connection connectPatiently(String address) throws SQLException {
    return connect(address, "60000");
  }

  private Connection connect(String address, String timeoutMillis) throws SQLException {
    Properties mine = new Properties();
    mine.putAll(properties);
    mine.setProperty("socketTimeout", timeoutMillis);
    return DriverManager.getConnection("jdbc:mysql://" + address + ":3306/shop", mine);
  }

  /** The host at the other end, as it names itself: a connection never changes its host. */
  public static String hostBehind(Connection connection) throws SQLException {
    String address = rows(connection, "SELECT @@GLOBAL.report_host").getFirst().getFirst();
    return Objects.requireNonNull(HOSTS.get(address), () -> "no host has the address " + address);
  }

  static List<List<String>> rows(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int width = result.getMetaData().getColumnCount();
      List<List<String>> rows = new ArrayList<>();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= width; i++) {
          row.add(String.valueOf(result.getString(i)));
        }
        rows.add(row);
      }
      return rows;
    }
  }

  /** Once more when the connection breaks: a role that goes back to its preferred host ends it. */
  public List<List<String>> query(String address, String sql) throws SQLException {
    try (Connection connection = connectPatiently(address)) {
      return rows(connection, sql);
    } catch (SQLException e) {
      if (e.getSQLState() == null || !e.getSQLState().startsWith("08")) {
        throw e;
      }
    }
    try (Connection connection = connectPatiently(address)) {
      return rows(connection, sql);
    }
  }

  public void execute(String address, String... statements) throws SQLException {
    try (Connection connection = connectPatiently(address);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
