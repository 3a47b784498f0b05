package io.mysqlmmm.agent;

import java.time.Duration;

/** A moment on the monotonic clock by which something must be over. */
public final class Deadline {
  private final Ticker ticker;
  private final long end;

  private Deadline(Ticker ticker, long end) {
    this.ticker = ticker;
    this.end = end;
  }

  public static Deadline in(Duration budget, Ticker ticker) {
    return new Deadline(ticker, ticker.nanos() + budget.toNanos());
  }

  /** What is left; never negative. */
  public Duration left() {
    return Duration.ofNanos(Math.max(0, end - ticker.nanos()));
  }

  public boolean over() {
    return left().isZero();
  }

  /** The part {@code parts} of {@code of} of what is left now. */
  public Duration share(int parts, int of) {
    return left().multipliedBy(parts).dividedBy(of);
  }
}
