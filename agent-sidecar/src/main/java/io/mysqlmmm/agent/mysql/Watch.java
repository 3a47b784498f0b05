package io.mysqlmmm.agent.mysql;

import io.mysqlmmm.agent.Ticker;
import io.mysqlmmm.agent.mysql.Observation.Burden;
import io.mysqlmmm.agent.mysql.Observation.Course;
import io.mysqlmmm.agent.process.MysqldProcess;
import io.mysqlmmm.agent.process.Pulse;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.Mysqld.Running;
import java.net.ConnectException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at mysqld every 100 ms, and whenever somebody asks, or when its process (looked at every 10
 * ms) or the tripwire says that something happened. Only a process that is not there is called
 * absent; one that does not answer is unresponsive, whatever the reason (I4).
 */
public final class Watch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Watch.class);
  private static final Duration PERIOD = Duration.ofMillis(100);
  private static final Duration PULSE = Duration.ofMillis(10);

  /** A process that never served and is older than this hangs; before, it starts. */
  private static final Duration START = Duration.ofSeconds(60);

  /** Longer than this, and the server is said not to answer. */
  private static final Duration BOUND = Duration.ofSeconds(1);

  private static final long BURDEN_NANOS = Duration.ofSeconds(1).toNanos();

  /** Who is told of each look. */
  public interface Listener {
    /** Called for every look, in order. */
    void seen(Mysqld mysqld);
  }

  private final MysqldProcess process;
  private final Sessions sessions;
  private final Listener listener;
  private final Ticker ticker;
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Tripwire tripwire;
  private final Course course;
  private volatile Mysqld last = new Mysqld.Absent("not looked yet");
  private Burden burden = Burden.NONE;
  private long burdenAt;
  private long silentSince;
  private volatile long servedPid = -1;
  private String gone = "no process was started yet";
  private volatile boolean closed;

  Watch(
      MysqldProcess process,
      Sessions sessions,
      Heartbeat heartbeat,
      Listener listener,
      Ticker ticker) {
    this.process = process;
    this.sessions = sessions;
    this.listener = listener;
    this.ticker = ticker;
    this.tripwire = new Tripwire(sessions.tripwire(), this::tripped);
    this.course = new Course(new Stall(ticker), new Lasting(ticker), heartbeat);
    this.burdenAt = ticker.nanos() - BURDEN_NANOS;
  }

  void start() {
    Thread _ = Thread.ofPlatform().daemon().name("watch").start(this::loop);
    Thread _ = Thread.ofPlatform().daemon().name("pulse").start(this::pulse);
  }

  private void pulse() {
    try (Pulse pulse = new Pulse()) {
      while (!closed) {
        feel(pulse);
        Thread.sleep(PULSE);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void loop() {
    while (!closed) {
      try {
        Mysqld _ = observe();
        Thread.sleep(PERIOD);
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException e) {
        log.error("looking at mysqld failed; trying again", e);
      }
    }
  }

  private void feel(Pulse pulse) {
    long pid = servedPid;
    try {
      if (pid > 0 && !pulse.beats(pid) && process.gone(pid)) {
        Mysqld _ = observe();
      }
    } catch (RuntimeException e) {
      log.error("looking at mysqld's end failed; trying again", e);
    }
  }

  /** Looks now. */
  Mysqld observe() {
    lock.lock();
    try {
      OptionalLong pid = process.find();
      Mysqld seen = pid.isPresent() ? ask(pid.getAsLong()) : absent();
      if (!seen.getClass().equals(last.getClass())) {
        log.info("mysqld: {}", seen);
      }
      last = seen;
      listener.seen(seen);
      if (seen instanceof Running) {
        tripwire.arm();
      }
      return seen;
    } finally {
      lock.unlock();
    }
  }

  /** What the last look saw. */
  Mysqld known() {
    return last;
  }

  private Mysqld absent() {
    if (servedPid > 0) {
      gone = "process " + servedPid + " is gone";
      servedPid = -1;
    }
    if (!(last instanceof Mysqld.Absent)) {
      sessions.abort();
    }
    return new Mysqld.Absent(gone, process.startError());
  }

  private Mysqld ask(long pid) {
    if (servedPid > 0 && pid != servedPid) {
      // Died and was started again between two looks: the death is told first.
      return absent();
    }
    long asked = ticker.nanos();
    try {
      Running running =
          sessions.watch().call(BOUND, s -> Observation.running(s, burden(s), course));
      servedPid = pid;
      return running;
    } catch (SQLException e) {
      if (process.gone(pid)) {
        return absent();
      }
      return servedPid != pid && (isRefused(e) || process.age(pid).compareTo(START) < 0)
          ? new Mysqld.Starting()
          : new Mysqld.Unresponsive(cause(e), silentMillis(asked));
    }
  }

  /** Since the first question that was not answered was asked. */
  private long silentMillis(long asked) {
    if (!(last instanceof Mysqld.Unresponsive)) {
      silentSince = asked;
    }
    return Duration.ofNanos(ticker.nanos() - silentSince).toMillis();
  }

  private Burden burden(java.sql.Statement statement) throws SQLException {
    if (ticker.nanos() - burdenAt >= BURDEN_NANOS) {
      burden = Observation.burden(statement);
      burdenAt = ticker.nanos();
    }
    return burden;
  }

  private static boolean isRefused(Throwable e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof ConnectException c && String.valueOf(c.getMessage()).contains("refused")) {
        return true;
      }
    }
    return false;
  }

  private static String cause(SQLException e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse("no answer");
  }

  /** The connection broke: mysqld ends, or somebody killed the connection. */
  private void tripped() {
    if (!closed) {
      Mysqld _ = observe();
    }
  }

  @Override
  public void close() {
    closed = true;
    sessions.abort();
  }
}
