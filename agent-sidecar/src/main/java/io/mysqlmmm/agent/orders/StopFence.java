package io.mysqlmmm.agent.orders;

import io.mysqlmmm.agent.Deadline;
import io.mysqlmmm.shared.agent.Standing;
import io.mysqlmmm.shared.agent.WriteMode;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fences this host before its mysqld is stopped politely: a stop with sessions that wait for the
 * peer would acknowledge what the peer does not have (seen). A solo writer records nothing: nobody
 * else may be promoted, and it goes on after the restart.
 */
public final class StopFence {
  private static final Logger log = LoggerFactory.getLogger(StopFence.class);
  private static final Duration BOUND = Duration.ofSeconds(3);

  private final Host host;
  private final Actions actions;
  private final Fence fence;

  public StopFence(Host host, Actions actions, Fence fence) {
    this.host = host;
    this.actions = actions;
    this.fence = fence;
  }

  /** Returns when nothing is acknowledged here any more, within 5 s or so. */
  public void fence(String why) {
    log.info("fencing: {}", why);
    Deadline deadline = Deadline.in(BOUND, host.ticker());
    host.duty().fence();
    boolean recorded = record();
    var _ = host.vips().reconcile();
    boolean locked = false;
    try {
      locked = actions.lock().tryLock(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
      Outcome outcome =
          recorded && locked
              ? fence.fence(deadline.left())
              : fence.kill("it cannot be fenced otherwise");
      if (!(outcome instanceof Outcome.Done)) {
        log.error("not fenced: {}", outcome);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      if (locked) {
        actions.lock().unlock();
      }
    }
  }

  /** Before the next start of mysqld. */
  public void lift() {
    host.duty().unfence();
  }

  private boolean record() {
    Standing standing = host.keeper().standing();
    if (!standing.mayWrite() || standing.mode() != WriteMode.PAIRED) {
      return true;
    }
    try {
      host.keeper().change(s -> s.releasing(s.activeEpoch()));
      return true;
    } catch (IOException e) {
      log.error("the release cannot be written down", e);
      return false;
    }
  }
}
