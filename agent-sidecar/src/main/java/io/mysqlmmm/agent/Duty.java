package io.mysqlmmm.agent;

import io.mysqlmmm.agent.standing.Keeper;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.Mysqld.Running;
import io.mysqlmmm.shared.agent.StartRules;
import io.mysqlmmm.shared.agent.WriteMode;
import java.time.Duration;

/**
 * What this host may do now: what it promised (on disk), and whether its mysqld is about to be
 * stopped (in memory). The one place where that is decided.
 */
public final class Duty {
  private final Keeper keeper;
  private volatile boolean fenced;
  private volatile long followed;

  public Duty(Keeper keeper) {
    this.keeper = keeper;
  }

  /** mysqld is about to be stopped: nothing is due here until it starts again. */
  public void fence() {
    fenced = true;
  }

  /** A new mysqld is about to start. */
  public void unfence() {
    fenced = false;
  }

  public boolean fenced() {
    return fenced;
  }

  /** An order to replicate was carried out: the writer of {@code epoch} is another host. */
  public void follow(long epoch) {
    followed = epoch;
  }

  /**
   * Whether this host is known to follow a writer newer than itself: no abort will bring it back.
   */
  public boolean followsNewer() {
    return !keeper.standing().mayWrite() && followed > keeper.standing().released();
  }

  /**
   * Whether {@code running} may be writable: now, that is. A writer becomes writable again without
   * being told, after a restart of its mysqld or when its lease comes back in the same epoch (S10,
   * S11).
   */
  public boolean mayWrite(Running running) {
    return !fenced
        && keeper.mayWrite()
        && keeper.standing().serverUuid().equals(running.serverUuid());
  }

  /** Whether it was activated and its lease is over: it is to be fenced (S10). */
  public boolean lapsed() {
    return keeper.standing().mayWrite() && !keeper.mayWrite();
  }

  /** Whether a start that has been asked for so long has to wait (S18). */
  public boolean startWaits(Duration asked) {
    return StartRules.waits(keeper.standing(), keeper.mayWrite(), asked);
  }

  /** Whether each commit must wait for the peer. */
  public boolean waitsForPeer() {
    return keeper.standing().mode() == WriteMode.PAIRED && keeper.kept().lossless();
  }

  /** What is to be done with the writer's IPs. */
  public enum WriterVip {
    /** Held, and its end put off. */
    HOLD,
    /** Neither put off nor taken: it ends by itself when nothing better is known in time. */
    LEAVE,
    /** Taken off now. */
    DROP
  }

  public WriterVip writerVip(Mysqld seen) {
    if (fenced || !keeper.mayWrite()) {
      return WriterVip.DROP;
    }
    return switch (seen) {
      case Running running ->
          mayWrite(running) && !running.superReadOnly() ? WriterVip.HOLD : WriterVip.DROP;
      case Mysqld.Unresponsive _ -> WriterVip.LEAVE;
      case Mysqld.Absent _, Mysqld.Starting _ -> WriterVip.DROP;
    };
  }

  /** Whether writing needs a lease. */
  public boolean leased() {
    return keeper.standing().mode() == WriteMode.PAIRED;
  }

  /** Whether balanced IPs may be here: as long as somebody may answer, and with the data. */
  public boolean mayServeReads(Mysqld seen) {
    return !fenced
        && !keeper.standing().cloneGuard().replacing()
        && (seen instanceof Running || seen instanceof Mysqld.Unresponsive);
  }
}
