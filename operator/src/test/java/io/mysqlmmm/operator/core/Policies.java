package io.mysqlmmm.operator.core;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How hosts are judged by default. */
public final class Policies {
  private Policies() {}

  /** What an empty spec.monitor means, with a lease of 3 s. */
  public static final Topology.Policy DEFAULT =
      new Topology.Policy(
          Set.of(),
          Map.of(
              Check.PING, rule(1500, 1000),
              Check.MYSQL, rule(3000, 1000),
              Check.REP_THREADS, rule(2000, 2000),
              Check.REP_BACKLOG, rule(5000, 2000),
              Check.WRITE, rule(5000, 5000),
              Check.DISK, rule(10000, 20000),
              Check.CLOCK, rule(10000, 20000)),
          Duration.ofSeconds(60),
          3,
          Duration.ofHours(1),
          Optional.of(Duration.ZERO),
          Duration.ofSeconds(120),
          List.of(),
          Optional.empty());

  private static CheckRule rule(long trap, long timeout) {
    return new CheckRule(
        Duration.ofSeconds(1), Duration.ofMillis(trap), Duration.ofMillis(timeout));
  }
}
