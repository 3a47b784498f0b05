package io.mysqlmmm.agent;

import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.AgentState.Cut;
import io.mysqlmmm.shared.agent.AgentState.NetworkState;
import io.mysqlmmm.shared.agent.Backup;
import io.mysqlmmm.shared.agent.Clone;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.Preflight;
import io.mysqlmmm.shared.agent.Standing;
import io.mysqlmmm.shared.agent.Vitals;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The newest state, and those who wait for news. The sequence grows at once with every change worth
 * telling ({@link Telling}), and at most once a second while only GTID sets or lags move.
 */
public final class Board {
  private static final long QUIET_NANOS = Duration.ofSeconds(1).toNanos();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final Ticker ticker;
  private final BootClock clock;
  private final Supplier<Duration> writerUnheard;
  private final Supplier<Vitals> vitals;
  private volatile AgentState state;
  private AgentState told;
  private long toldAt;

  /**
   * @param first the state until something was seen
   * @param clock told with each state, as it is at that moment
   * @param writerUnheard likewise
   * @param vitals likewise; looked at with each change of anything else, which is ten times a
   *     second, for a change of their own that is worth telling
   */
  public Board(
      AgentState first,
      Ticker ticker,
      BootClock clock,
      Supplier<Duration> writerUnheard,
      Supplier<Vitals> vitals) {
    this.vitals = vitals;
    this.clock = clock;
    this.writerUnheard = writerUnheard;
    this.state = first;
    this.told = first;
    this.ticker = ticker;
    this.toldAt = ticker.nanos();
  }

  public AgentState state() {
    AgentState s = state;
    return new AgentState(
        s.sequence(),
        s.resourceUid(),
        s.host(),
        clock.now(),
        writerUnheard.get(),
        s.agentVersion(),
        s.standing(),
        s.mysqld(),
        s.network(),
        s.cut(),
        vitals.get(),
        s.lastClone(),
        s.cloneFacts(),
        s.lastBackup(),
        s.preflight());
  }

  public void mysqld(Mysqld mysqld) {
    update(s -> of(s, s.standing(), mysqld, s.network(), s.cut()));
  }

  public void network(NetworkState network) {
    update(s -> of(s, s.standing(), s.mysqld(), network, s.cut()));
  }

  public void standing(Standing standing) {
    update(s -> of(s, standing, s.mysqld(), s.network(), s.cut()));
  }

  /** What became of the end of the binlog. */
  public void cut(Cut cut) {
    update(s -> of(s, s.standing(), s.mysqld(), s.network(), Optional.of(cut)));
  }

  /** How the last clone goes on, or went. */
  public void lastClone(Clone clone) {
    update(s -> of(s, Optional.of(clone), s.cloneFacts(), s.lastBackup()));
  }

  public void cloneFacts(Clone.Facts facts) {
    update(s -> of(s, s.lastClone(), Optional.of(facts), s.lastBackup()));
  }

  /** How the last backup goes on, or went. */
  public void lastBackup(Backup backup) {
    update(s -> of(s, s.lastClone(), s.cloneFacts(), Optional.of(backup)));
  }

  /** What was found in the data set that is to be adopted. */
  public void preflight(Preflight found) {
    update(
        s ->
            new AgentState(
                s.sequence(),
                s.resourceUid(),
                s.host(),
                s.clock(),
                s.writerUnheard(),
                s.agentVersion(),
                s.standing(),
                s.mysqld(),
                s.network(),
                s.cut(),
                s.vitals(),
                s.lastClone(),
                s.cloneFacts(),
                s.lastBackup(),
                Optional.of(found)));
  }

  private static AgentState of(
      AgentState s,
      Optional<Clone> clone,
      Optional<Clone.Facts> cloneFacts,
      Optional<Backup> backup) {
    return new AgentState(
        s.sequence(),
        s.resourceUid(),
        s.host(),
        s.clock(),
        s.writerUnheard(),
        s.agentVersion(),
        s.standing(),
        s.mysqld(),
        s.network(),
        s.cut(),
        s.vitals(),
        clone,
        cloneFacts,
        backup,
        s.preflight());
  }

  /** The newest state, as soon as its sequence is above {@code since} or {@code wait} is over. */
  public AgentState awaitNewer(long since, Duration wait) throws InterruptedException {
    Deadline deadline = Deadline.in(wait, ticker);
    lock.lock();
    try {
      while (state.sequence() <= since && !deadline.over()) {
        boolean _ = news.await(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
      }
      return state();
    } finally {
      lock.unlock();
    }
  }

  private void update(UnaryOperator<AgentState> change) {
    lock.lock();
    try {
      AgentState next = change.apply(state);
      boolean quiet = next.equals(state);
      next = with(next, vitals.get());
      boolean worthTelling = !Telling.of(next).equals(Telling.of(told));
      if (quiet && !worthTelling) {
        return;
      }
      long now = ticker.nanos();
      if (worthTelling || now - toldAt >= QUIET_NANOS) {
        next = numbered(next, state.sequence() + 1);
        told = next;
        toldAt = now;
        news.signalAll();
      }
      state = next;
    } finally {
      lock.unlock();
    }
  }

  private static AgentState of(
      AgentState s, Standing standing, Mysqld mysqld, NetworkState net, Optional<Cut> cut) {
    return new AgentState(
        s.sequence(),
        s.resourceUid(),
        s.host(),
        s.clock(),
        s.writerUnheard(),
        s.agentVersion(),
        standing,
        mysqld,
        net,
        cut,
        s.vitals(),
        s.lastClone(),
        s.cloneFacts(),
        s.lastBackup(),
        s.preflight());
  }

  private static AgentState with(AgentState s, Vitals vitals) {
    return new AgentState(
        s.sequence(),
        s.resourceUid(),
        s.host(),
        s.clock(),
        s.writerUnheard(),
        s.agentVersion(),
        s.standing(),
        s.mysqld(),
        s.network(),
        s.cut(),
        vitals,
        s.lastClone(),
        s.cloneFacts(),
        s.lastBackup(),
        s.preflight());
  }

  private static AgentState numbered(AgentState s, long sequence) {
    return new AgentState(
        sequence,
        s.resourceUid(),
        s.host(),
        s.clock(),
        s.writerUnheard(),
        s.agentVersion(),
        s.standing(),
        s.mysqld(),
        s.network(),
        s.cut(),
        s.vitals(),
        s.lastClone(),
        s.cloneFacts(),
        s.lastBackup(),
        s.preflight());
  }
}
