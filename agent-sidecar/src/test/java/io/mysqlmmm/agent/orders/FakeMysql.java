package io.mysqlmmm.agent.orders;

import io.mysqlmmm.agent.mysql.Mysql;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.Mysqld.Channel;
import io.mysqlmmm.shared.agent.Mysqld.Running;
import io.mysqlmmm.shared.agent.Mysqld.SemiSync;
import io.mysqlmmm.shared.agent.Mysqld.ThreadState;
import io.mysqlmmm.shared.agent.Order.Database;
import io.mysqlmmm.shared.agent.Order.Setting;
import io.mysqlmmm.shared.agent.Order.Source;
import io.mysqlmmm.shared.gtid.GtidSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A server that does what it is told, writes down each effect, and can be stuck in some. */
final class FakeMysql implements Mysql {
  static final String UUID = "11111111-1111-1111-1111-111111111111";
  static final GtidSet OWN = GtidSet.parse(UUID + ":1-10");
  static final GtidSet PEERS = GtidSet.parse("22222222-2222-2222-2222-222222222222:1-5");

  private final Consumer<String> log;
  private final Consumer<Mysqld> board;
  final Set<String> stuck = new HashSet<>();
  final Set<String> fixed = new HashSet<>();
  volatile boolean absent;
  volatile boolean unresponsive;
  volatile boolean readOnly = true;
  volatile boolean source;
  volatile int waiting;
  volatile boolean hasChannel = true;
  volatile String followed = "old";
  volatile ThreadState io = ThreadState.ON;
  volatile ThreadState sql = ThreadState.ON;
  volatile boolean applied = true;
  volatile boolean canApply = true;
  volatile String error = "";
  volatile Duration delay = Duration.ZERO;

  FakeMysql(Consumer<String> log, Consumer<Mysqld> board) {
    this.log = log;
    this.board = board;
  }

  @Override
  public Mysqld observe() {
    Mysqld seen = look();
    board.accept(seen);
    return seen;
  }

  @Override
  public Mysqld known() {
    return look();
  }

  private Mysqld look() {
    if (absent) {
      return new Mysqld.Absent("killed");
    }
    if (unresponsive) {
      return new Mysqld.Unresponsive("Read timed out", 1000);
    }
    GtidSet executed = applied ? OWN.union(PEERS) : OWN;
    return new Running(
        UUID,
        "9.7.4",
        readOnly,
        executed,
        GtidSet.empty(),
        hasChannel
            ? Optional.of(
                new Channel(
                    "10.0.0.2",
                    3306,
                    "u2",
                    io,
                    sql,
                    PEERS,
                    Optional.of(0L),
                    error,
                    0,
                    Optional.empty()))
            : Optional.empty(),
        new SemiSync(source, true, waiting, 0),
        0,
        "",
        Optional.empty());
  }

  private void effect(String what) throws SQLException {
    log.accept(what);
    if (stuck.contains(what)) {
      throw new SQLTimeoutException("not done within 1 ms");
    }
  }

  @Override
  public void stopReceiver(Duration bound) throws SQLException {
    effect("stop receiver");
    io = ThreadState.OFF;
  }

  @Override
  public void startApplier(Duration bound) throws SQLException {
    effect("start applier");
    sql = ThreadState.ON;
  }

  @Override
  public void dropUnfinished(Duration bound) {
    // Nothing is ever received in part here.
  }

  @Override
  public void stopReplica(Duration bound) throws SQLException {
    effect("stop replica");
    io = ThreadState.OFF;
    sql = ThreadState.OFF;
  }

  @Override
  public void startReplica(Duration bound) throws SQLException {
    effect("start replica");
    io = ThreadState.ON;
    sql = ThreadState.ON;
  }

  @Override
  public boolean follows(Source wanted, Duration bound) {
    return followed.equals(wanted.host());
  }

  @Override
  public Duration delay(Duration bound) {
    return delay;
  }

  @Override
  public void follow(Source wanted, Duration bound) throws SQLException {
    effect("follow " + wanted.host());
    followed = wanted.host();
    hasChannel = true;
  }

  @Override
  public boolean awaitApplied(GtidSet gtids, Duration bound) throws SQLException {
    effect("await");
    if (sql == ThreadState.ON && canApply) {
      applied = true;
    }
    return applied;
  }

  @Override
  public void setReadOnly(Duration bound) throws SQLException {
    effect("read-only");
    readOnly = true;
  }

  @Override
  public void setWritable(Duration bound) throws SQLException {
    effect("writable");
    readOnly = false;
  }

  @Override
  public void setSemiSyncSource(boolean on, Duration bound) throws SQLException {
    effect("semi-sync " + (on ? "on" : "off"));
    source = on;
  }

  @Override
  public int killClients(Duration bound) throws SQLException {
    effect("kill clients");
    return 3;
  }

  @Override
  public String blockers() {
    return "1 sessions wait for the peer's acknowledgement";
  }

  @Override
  public void mark(long version, long epoch, Duration bound) throws SQLException {
    effect("mark");
  }

  @Override
  public void provide(Database database, Duration bound) throws SQLException {
    effect("provide " + database.name());
  }

  @Override
  public Optional<String> applySettings(List<Setting> settings, Duration bound)
      throws SQLException {
    effect("settings");
    return settings.stream()
        .map(Setting::name)
        .filter(fixed::contains)
        .findFirst()
        .map(name -> name + ": it is fixed until a restart");
  }
}
