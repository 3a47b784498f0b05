package io.mysqlmmm.agent.vitals;

import io.mysqlmmm.agent.Ticker;
import io.mysqlmmm.shared.agent.Beat;
import java.time.Duration;

/** Whether the operator wants checks that write: not while the pair is Passive (I5). */
public final class WantedChecks {
  /** Longer than any heartbeat's pause and a lost one; a leader that is gone wants nothing. */
  private static final Duration KEPT = Duration.ofSeconds(25);

  private final Ticker ticker;
  private volatile boolean wanted;
  private volatile long since;

  public WantedChecks(Ticker ticker) {
    this.ticker = ticker;
    this.since = ticker.nanos();
  }

  /** Takes note of the operator's heartbeat; the other master's says nothing of checks. */
  public void heard(Beat beat) {
    if (beat.serverUuid().isEmpty()) {
      since = ticker.nanos();
      wanted = beat.checks();
    }
  }

  /** Whether they are wanted now. */
  public boolean now() {
    return wanted && ticker.nanos() - since < KEPT.toNanos();
  }
}
