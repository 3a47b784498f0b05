package io.mysqlmmm.operator.core;

import java.time.Duration;
import java.util.List;

/** MMM's mode WAIT: Manual until it is known who is there (MMM Monitor.pm). Pure. */
public final class WaitMode {
  private WaitMode() {}

  /** Whether the waiting is over: both masters are ONLINE, or one has been for long enough. */
  public static boolean isOver(Snapshot seen) {
    Duration alone = seen.topology().policy().waitForOtherMaster();
    List<HostLife> online =
        seen.topology().masters().stream()
            .map(host -> seen.life(host.name()))
            .filter(HostLife::online)
            .toList();
    return online.size() == 2
        || (alone.isPositive()
            && online.stream().anyMatch(l -> !seen.wall().isBefore(l.since().plus(alone))));
  }
}
