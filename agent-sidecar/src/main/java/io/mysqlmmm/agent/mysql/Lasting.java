package io.mysqlmmm.agent.mysql;

import io.mysqlmmm.agent.Ticker;
import java.time.Duration;

/** For how long something has been so at each look. */
final class Lasting {
  private final Ticker ticker;
  private boolean so;
  private long since;

  Lasting(Ticker ticker) {
    this.ticker = ticker;
  }

  /** After a look; zero when it is not so, or was not at the look before. */
  Duration after(boolean isSo) {
    long now = ticker.nanos();
    if (!isSo || !so) {
      since = now;
    }
    so = isSo;
    return Duration.ofNanos(now - since);
  }
}
