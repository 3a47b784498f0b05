package io.mysqlmmm.agent.vip;

import java.time.Duration;

/** Runs tasks later, one at a time, never in the caller's own thread. */
@FunctionalInterface
public interface Alarm {
  /** Has {@code task} run after {@code delay}; zero: as soon as it is its turn. */
  void after(Duration delay, Runnable task);
}
