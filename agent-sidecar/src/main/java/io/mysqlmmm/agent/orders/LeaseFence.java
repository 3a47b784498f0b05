package io.mysqlmmm.agent.orders;

import io.mysqlmmm.shared.agent.LeaseRules;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.Mysqld.Running;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fences a paired writer whose lease is about to end (S10), by level: also at the agent's start,
 * and when it wakes from having been frozen. It waits for nobody: an order under way meets a server
 * that is read-only, or none. When votes return in the same epoch the guard lets it write again.
 */
public final class LeaseFence implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LeaseFence.class);
  private static final Duration PAUSE = Duration.ofMillis(20);

  /** With the time to die, within {@link LeaseRules#FENCING}. */
  private static final Duration READ_ONLY = Duration.ofMillis(250);

  private final Host host;
  private final Fence fence;
  private volatile boolean closed;
  private boolean told;

  public LeaseFence(Host host, Fence fence) {
    this.host = host;
    this.fence = fence;
  }

  /** Starts the thread. */
  public void start() {
    Thread _ = Thread.ofPlatform().daemon().name("lease").start(this::loop);
  }

  private void loop() {
    while (!closed) {
      try {
        look();
        Thread.sleep(PAUSE);
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException e) {
        log.error("fencing failed; trying again", e);
      }
    }
  }

  void look() {
    boolean lapsed = host.duty().lapsed();
    if (lapsed && !told) {
      log.warn("the lease is over: nobody votes for this writer; it is fenced");
    }
    if (!lapsed && told) {
      log.info("votes are back, or the role is not here any more");
    }
    told = lapsed;
    boolean closed = closedAlready();
    if (lapsed && !closed) {
      Outcome outcome = fence.fence(READ_ONLY);
      if (!(outcome instanceof Outcome.Done)) {
        log.error("not fenced yet: {}", outcome);
      }
    }
    passOn(closed);
  }

  /** What the script around mysqld goes by, should this agent be frozen. */
  private void passOn(boolean closed) {
    try {
      if (closed && !host.keeper().mayWrite()) {
        host.leaseFile().lift();
      } else {
        host.leaseFile().tell();
      }
    } catch (IOException e) {
      log.warn("the lease cannot be put off for mysqld's script: {}", e.toString());
    }
  }

  /** As seen by the last regular look, which is every 100 ms: that it was closed stays true. */
  private boolean closedAlready() {
    return switch (host.vips().mysqld()) {
          case Mysqld.Absent _, Mysqld.Starting _ -> true;
          case Mysqld.Unresponsive _ -> false;
          case Running running -> running.superReadOnly();
        }
        && host.vips().holdsNoWriterIp();
  }

  @Override
  public void close() {
    closed = true;
  }
}
