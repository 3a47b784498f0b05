package io.mysqlmmm.agent.mysql;

import com.mysql.cj.jdbc.Driver;
import io.mysqlmmm.agent.config.AgentConfig;
import io.mysqlmmm.agent.config.Credentials;
import io.mysqlmmm.shared.agent.Password;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;

/** How the agent logs in to its mysqld: over loopback, TLS with the CA verified, small timeouts. */
public final class Logins {
  /** Bound of a login, connecting and reading each. */
  private static final int LOGIN_MILLIS = 1000;

  /** ER_ACCESS_DENIED_ERROR. */
  static final int DENIED = 1045;

  private final AgentConfig config;
  private final Credentials credentials;
  private final TrustStore trust;
  private volatile Optional<Password> worked = Optional.empty();

  public Logins(AgentConfig config, Credentials credentials, TrustStore trust) {
    this.config = config;
    this.credentials = credentials;
    this.trust = trust;
  }

  /**
   * As the agent, at the administrative port. mysqld is given a changed password at its next start
   * only; until then the one that worked last does it, or a server that serves would count as one
   * that hangs.
   */
  public Connection agent() throws SQLException {
    Password now = password();
    try {
      Connection connection = open(config.adminPort(), InitSql.AGENT, now);
      worked = Optional.of(now);
      return connection;
    } catch (SQLException e) {
      Optional<Password> last = worked.filter(w -> e.getErrorCode() == DENIED && !w.equals(now));
      if (last.isEmpty()) {
        throw e;
      }
      return open(config.adminPort(), InitSql.AGENT, last.get());
    }
  }

  private Password password() throws SQLException {
    try {
      return credentials.agent();
    } catch (IOException e) {
      return worked.orElseThrow(() -> new SQLException("cannot read the agent's password", e));
    }
  }

  /** As {@code user}, at the port of clients. */
  public Connection client(String user, Password password) throws SQLException {
    return open(config.port(), user, password);
  }

  /**
   * As the agent, at the port of clients, at a server that is not this host's mysqld yet: its
   * certificate, if it has one, is of its own.
   */
  Connection nodesServer() throws SQLException {
    Properties p = settings(InitSql.AGENT, password());
    p.setProperty("sslMode", "PREFERRED");
    p.setProperty("allowPublicKeyRetrieval", "true");
    return open(config.port(), p);
  }

  private Connection open(int port, String user, Password password) throws SQLException {
    Properties p = settings(user, password);
    p.setProperty("sslMode", "VERIFY_CA");
    p.setProperty("trustCertificateKeyStoreUrl", trust.url());
    p.setProperty("trustCertificateKeyStoreType", TrustStore.TYPE);
    p.setProperty("trustCertificateKeyStorePassword", TrustStore.PASSWORD);
    return open(port, p);
  }

  private static Properties settings(String user, Password password) {
    Properties p = new Properties();
    p.setProperty("user", user);
    p.setProperty("password", password.value());
    p.setProperty("connectTimeout", String.valueOf(LOGIN_MILLIS));
    p.setProperty("socketTimeout", String.valueOf(LOGIN_MILLIS));
    p.setProperty("tlsVersions", "TLSv1.3,TLSv1.2");
    p.setProperty("fallbackToSystemKeyStore", "false");
    p.setProperty("tcpKeepAlive", "true");
    p.setProperty("allowMultiQueries", "true");
    // INNODB_TRX.TRX_STARTED is in the system's zone, NOW() in the session's: make them the same.
    p.setProperty("sessionVariables", "time_zone='SYSTEM',sql_mode='',lock_wait_timeout=31536000");
    return p;
  }

  private static Connection open(int port, Properties p) throws SQLException {
    Connection connection = new Driver().connect("jdbc:mysql://127.0.0.1:" + port + "/", p);
    if (connection == null) {
      throw new SQLException("the driver does not accept its own URL");
    }
    return connection;
  }
}
