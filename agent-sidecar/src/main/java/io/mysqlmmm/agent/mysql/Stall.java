package io.mysqlmmm.agent.mysql;

import io.mysqlmmm.agent.Ticker;
import java.time.Duration;

/**
 * For how long sessions have been waiting for the peer without a single acknowledgement coming in.
 * The earliest sign that a standby is gone, whatever became of it: frozen, cut off, or dead.
 */
final class Stall {
  private final Ticker ticker;
  private boolean waiting;
  private long acknowledged;
  private long since;

  Stall(Ticker ticker) {
    this.ticker = ticker;
  }

  /**
   * After a look at the server.
   *
   * @param sessions that wait now
   * @param acknowledgements counted by the server since its start
   */
  Duration after(int sessions, long acknowledgements) {
    long now = ticker.nanos();
    if (sessions == 0 || !waiting || acknowledgements != acknowledged) {
      since = now;
    }
    waiting = sessions > 0;
    acknowledged = acknowledgements;
    return Duration.ofNanos(now - since);
  }
}
