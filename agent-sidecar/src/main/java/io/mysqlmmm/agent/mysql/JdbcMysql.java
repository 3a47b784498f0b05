package io.mysqlmmm.agent.mysql;

import io.mysqlmmm.agent.Ticker;
import io.mysqlmmm.agent.config.Credentials;
import io.mysqlmmm.agent.process.MysqldProcess;
import io.mysqlmmm.agent.vitals.HeartbeatRow;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.Mysqld.Running;
import io.mysqlmmm.shared.agent.Order.Database;
import io.mysqlmmm.shared.agent.Order.Setting;
import io.mysqlmmm.shared.agent.Order.Source;
import io.mysqlmmm.shared.gtid.GtidSet;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The real mysqld, by JDBC. */
public final class JdbcMysql implements Mysql, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(JdbcMysql.class);

  private final Sessions sessions;
  private final Heartbeat heartbeat;
  private final Watch watch;
  private final Channels channels;
  private final Databases databases;

  public JdbcMysql(
      Logins logins,
      Credentials credentials,
      String sourceCa,
      MysqldProcess process,
      Watch.Listener listener,
      Ticker ticker) {
    this.sessions = Sessions.of(logins::agent);
    this.heartbeat = new Heartbeat(sessions.heartbeat(), sessions.aid());
    this.watch = new Watch(process, sessions, heartbeat, listener, ticker);
    this.channels = new Channels(credentials, sourceCa);
    this.databases = new Databases(logins);
  }

  /** Starts to look. */
  public void start() {
    watch.start();
  }

  /** Opens the connections that must not need a login in a switch. */
  public void warm() {
    try {
      sessions.warm();
    } catch (SQLException e) {
      log.debug("connections cannot be opened in advance", e);
    }
  }

  /** The row of the write check. */
  public HeartbeatRow heartbeat() {
    return heartbeat;
  }

  @Override
  public Mysqld observe() {
    return watch.observe();
  }

  @Override
  public Mysqld known() {
    return watch.known();
  }

  @Override
  public void stopReceiver(Duration bound) throws SQLException {
    act(bound, "STOP REPLICA IO_THREAD");
  }

  @Override
  public void startApplier(Duration bound) throws SQLException {
    act(bound, "START REPLICA SQL_THREAD");
  }

  @Override
  public void dropUnfinished(Duration bound) throws SQLException {
    if (sessions.act().call(bound, Channels::killApplying) > 0) {
      act(bound, "STOP REPLICA SQL_THREAD");
    }
  }

  @Override
  public void stopReplica(Duration bound) throws SQLException {
    act(bound, "STOP REPLICA");
  }

  @Override
  public void startReplica(Duration bound) throws SQLException {
    act(bound, "START REPLICA");
  }

  @Override
  public boolean follows(Source source, Duration bound) throws SQLException {
    return sessions.act().call(bound, s -> channels.follows(s, source));
  }

  @Override
  public Duration delay(Duration bound) throws SQLException {
    return sessions.act().call(bound, Channels::delay);
  }

  @Override
  public void follow(Source source, Duration bound) throws SQLException {
    act(bound, channels.change(source));
  }

  @Override
  public boolean awaitApplied(GtidSet gtids, Duration bound) throws SQLException {
    if (gtids.isEmpty()) {
      return true;
    }
    String wait =
        "SELECT WAIT_FOR_EXECUTED_GTID_SET(%s, %.3f)"
            .formatted(SqlText.literal(gtids.toString()), Math.max(0.001, bound.toMillis() / 1e3));
    return sessions
        .await()
        .call(
            bound.plusMillis(500),
            s -> {
              try (ResultSet row = s.executeQuery(wait)) {
                return row.next() && row.getInt(1) == 0;
              }
            });
  }

  @Override
  public void setReadOnly(Duration bound) throws SQLException {
    heartbeat.kill();
    act(bound, "SET GLOBAL super_read_only = ON");
  }

  @Override
  public void setWritable(Duration bound) throws SQLException {
    // read_only = OFF switches super_read_only off too, and in one step.
    act(bound, "SET GLOBAL read_only = OFF");
  }

  @Override
  public void setSemiSyncSource(boolean on, Duration bound) throws SQLException {
    String text = "SET GLOBAL rpl_semi_sync_source_enabled = " + (on ? "ON" : "OFF");
    (on ? sessions.act() : sessions.slow()).callOrKill(bound, sessions.aid(), s -> s.execute(text));
  }

  @Override
  public int killClients(Duration bound) throws SQLException {
    heartbeat.disconnect();
    return sessions.act().call(bound, JdbcMysql::killAll);
  }

  private static int killAll(Statement statement) throws SQLException {
    List<Long> ids = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery("SELECT ID FROM " + Observation.CLIENT_SESSIONS)) {
      while (rows.next()) {
        ids.add(rows.getLong(1));
      }
    }
    Session.kill(statement, ids);
    return ids.size();
  }

  @Override
  public String blockers() {
    Mysqld seen = watch.observe();
    List<String> found = new ArrayList<>();
    if (seen instanceof Running running) {
      if (running.semiSync().waitingSessions() > 0) {
        found.add(
            running.semiSync().waitingSessions() + " sessions wait for the peer's acknowledgement");
      }
      if (heartbeat.awaitsPeer()) {
        found.add("the agent's write check waits for the peer's acknowledgement");
      }
      try {
        Observation.Burden now = sessions.aid().call(Duration.ofMillis(500), Observation::burden);
        if (!now.blocker().isEmpty()) {
          found.add(now.blocker());
        }
        if (now.longestTransactionMillis() > 0) {
          found.add("a transaction open for " + now.longestTransactionMillis() + " ms");
        }
      } catch (SQLException e) {
        found.add("what else blocks cannot be found out: " + e.getMessage());
      }
    }
    return String.join("; ", found);
  }

  @Override
  public void mark(long version, long epoch, Duration bound) throws SQLException {
    sessions
        .write()
        .callOrDisconnect(
            bound,
            sessions.aid(),
            s -> {
              Marker.write(s, version, epoch);
              return true;
            });
  }

  @Override
  public void provide(Database database, Duration bound) throws SQLException {
    sessions
        .write()
        .callOrDisconnect(
            bound,
            sessions.aid(),
            s -> {
              databases.provide(s, database);
              return true;
            });
  }

  @Override
  public Optional<String> applySettings(List<Setting> settings, Duration bound)
      throws SQLException {
    return sessions
        .slow()
        .callOrKill(bound, sessions.aid(), s -> new LiveSettings(s).apply(settings));
  }

  private void act(Duration bound, String text) throws SQLException {
    sessions.act().callOrKill(bound, sessions.aid(), s -> s.execute(text));
  }

  /** The replication password cannot be read, say. */
  static SQLException unreadable(IOException e) {
    return new SQLException("cannot read a password: " + e.getMessage(), e);
  }

  @Override
  public void close() {
    watch.close();
  }
}
