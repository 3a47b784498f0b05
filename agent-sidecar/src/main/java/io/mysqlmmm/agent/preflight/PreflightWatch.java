package io.mysqlmmm.agent.preflight;

import io.mysqlmmm.agent.Board;
import io.mysqlmmm.agent.Ticker;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.Preflight;
import io.mysqlmmm.shared.agent.Standing;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the data set that is to be adopted, again and again until it is: then what was found
 * last stays. Changes nothing.
 */
public final class PreflightWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PreflightWatch.class);

  /** When a standing pair is taken over, nobody writes until the next look has found nothing. */
  private static final Duration LEAST = Duration.ofMillis(500);

  /** Ten times what a look takes: the dictionary of many tables is not walked all the time. */
  private static final int SHARE = 10;

  /** Looks at a server that is to become this host's mysqld. */
  @FunctionalInterface
  public interface Ahead {
    /** Empty: none serves. */
    Optional<Preflight> look() throws SQLException;
  }

  private final ServerFacts.Probe probe;
  private final Ahead ahead;
  private final Supplier<Standing> standing;
  private final Board board;
  private final Ticker ticker;
  private volatile boolean closed;
  private String complaint = "";

  /**
   * @param probe of this host's mysqld
   * @param ahead asked while there is none
   */
  public PreflightWatch(
      ServerFacts.Probe probe,
      Ahead ahead,
      Supplier<Standing> standing,
      Board board,
      Ticker ticker) {
    this.probe = probe;
    this.ahead = ahead;
    this.standing = standing;
    this.board = board;
    this.ticker = ticker;
  }

  /** Starts the thread. */
  public void start() {
    Thread _ = Thread.ofPlatform().daemon().name("preflight").start(this::loop);
  }

  private void loop() {
    // Once the host has taken part, its settings and its channel are the operator's doing.
    while (!closed && standing.get().untouched()) {
      try {
        long begun = ticker.nanos();
        switch (board.state().mysqld()) {
          case Mysqld.Running _ -> board.preflight(PreflightRules.judge(probe.look()));
          case Mysqld.Absent _ -> ahead.look().ifPresent(board::preflight);
          case Mysqld.Starting _, Mysqld.Unresponsive _ -> {}
        }
        complaint = "";
        Thread.sleep(pauseAfter(Duration.ofNanos(ticker.nanos() - begun)));
      } catch (InterruptedException _) {
        return;
      } catch (SQLException | RuntimeException e) {
        complain(e);
        LockSupport.parkNanos(LEAST.toNanos());
      }
    }
  }

  private static Duration pauseAfter(Duration look) {
    Duration share = look.multipliedBy(SHARE);
    return share.compareTo(LEAST) > 0 ? share : LEAST;
  }

  private void complain(Exception e) {
    if (!String.valueOf(e.getMessage()).equals(complaint)) {
      complaint = String.valueOf(e.getMessage());
      log.warn("looking at the data set failed and is tried again: {}", complaint);
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
