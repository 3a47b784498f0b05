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
  private final AgentState first;
  private volatile AgentState state;
  private AgentState told;
  private long toldAt;

  // What was heard last; guarded by the lock.
  private Standing standing;
  private Mysqld mysqld;
  private NetworkState network;
  private Optional<Cut> cut;
  private Optional<Clone> lastClone;
  private Optional<Clone.Facts> cloneFacts;
  private Optional<Backup> lastBackup;
  private Optional<Preflight> preflight;

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
    this.first = first;
    this.state = first;
    this.told = first;
    this.ticker = ticker;
    this.toldAt = ticker.nanos();
    this.standing = first.standing();
    this.mysqld = first.mysqld();
    this.network = first.network();
    this.cut = first.cut();
    this.lastClone = first.lastClone();
    this.cloneFacts = first.cloneFacts();
    this.lastBackup = first.lastBackup();
    this.preflight = first.preflight();
  }

  public AgentState state() {
    return state.at(clock.now(), writerUnheard.get(), vitals.get());
  }

  public void mysqld(Mysqld seen) {
    update(() -> mysqld = seen);
  }

  public void network(NetworkState seen) {
    update(() -> network = seen);
  }

  public void standing(Standing now) {
    update(() -> standing = now);
  }

  /** What became of the end of the binlog. */
  public void cut(Cut done) {
    update(() -> cut = Optional.of(done));
  }

  /** How the last clone goes on, or went. */
  public void lastClone(Clone clone) {
    update(() -> lastClone = Optional.of(clone));
  }

  public void cloneFacts(Clone.Facts facts) {
    update(() -> cloneFacts = Optional.of(facts));
  }

  /** How the last backup goes on, or went. */
  public void lastBackup(Backup backup) {
    update(() -> lastBackup = Optional.of(backup));
  }

  /** What was found in the data set that is to be adopted. */
  public void preflight(Preflight found) {
    update(() -> preflight = Optional.of(found));
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

  private void update(Runnable change) {
    lock.lock();
    try {
      change.run();
      boolean quiet = render(state.sequence(), state.vitals()).equals(state);
      AgentState next = render(state.sequence(), vitals.get());
      boolean worthTelling = !Telling.of(next).equals(Telling.of(told));
      if (quiet && !worthTelling) {
        return;
      }
      long now = ticker.nanos();
      if (worthTelling || now - toldAt >= QUIET_NANOS) {
        next = render(state.sequence() + 1, next.vitals());
        told = next;
        toldAt = now;
        news.signalAll();
      }
      state = next;
    } finally {
      lock.unlock();
    }
  }

  private AgentState render(long sequence, Vitals now) {
    return new AgentState(
        sequence,
        first.resourceUid(),
        first.host(),
        first.clock(),
        first.writerUnheard(),
        first.agentVersion(),
        standing,
        mysqld,
        network,
        cut,
        now,
        lastClone,
        cloneFacts,
        lastBackup,
        preflight);
  }
}
