package io.mysqlmmm.e2e.chaos;

import java.util.Set;
import java.util.TreeSet;

/** Which nodes hold an address, and for how long more than one did. One thread at a time. */
final class VipHolding {
  private final Set<String> holders = new TreeSet<>();
  private long since;
  private long shared;

  /** A node took the address or gave it up; repeated news change nothing. */
  void seen(String node, boolean holds, long at) {
    count(at);
    if (holds) {
      holders.add(node);
    } else {
      holders.remove(node);
    }
  }

  private void count(long now) {
    if (holders.size() > 1) {
      // Two holders that follow each other at once are two holders all the same.
      shared += Math.max(1, now - since);
    }
    since = now;
  }

  /** The nanoseconds with more than one holder since the last call. */
  long takeShared(long now) {
    count(now);
    long taken = shared;
    shared = 0;
    return taken;
  }

  Set<String> holders() {
    return Set.copyOf(holders);
  }
}
