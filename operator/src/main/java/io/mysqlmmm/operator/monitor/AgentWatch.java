package io.mysqlmmm.operator.monitor;

import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Beat;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Follows one agent by long polls, in a virtual thread of its own, and tells the loop of each new
 * state at once, and once of a silence longer than {@link #SILENCE}. Each poll is a heartbeat, too.
 */
final class AgentWatch implements AutoCloseable {
  /** Several polls' worth: an agent that answers at all answers within a heartbeat. */
  static final Duration SILENCE = Duration.ofSeconds(1);

  private static final Duration PAUSE = Duration.ofMillis(100);

  private final String host;
  private final AgentLink link;
  private final Ticker ticker;
  private final Votes votes;
  private final BooleanSupplier leads;
  private final BooleanSupplier checks;
  private final Duration period;
  private final Consumer<Event> loop;
  private final Thread thread;

  /** Before the first answer: when it was first asked, for a silence begins no earlier. */
  private Duration lastHeard = Duration.ZERO;

  /**
   * @param checks whether checks that write are wanted (I5)
   * @param period how long a poll waits for news: the pause between two heartbeats
   * @param leads whether the leader's term is fresh (S4); without it no vote goes out
   */
  AgentWatch(
      String host,
      AgentLink link,
      Ticker ticker,
      Votes votes,
      BooleanSupplier leads,
      BooleanSupplier checks,
      Duration period,
      Consumer<Event> loop) {
    this.host = host;
    this.link = link;
    this.ticker = ticker;
    this.votes = votes;
    this.leads = leads;
    this.checks = checks;
    this.period = period;
    this.loop = loop;
    this.thread = Thread.ofVirtual().name("watch-" + host).unstarted(this::follow);
  }

  void start() {
    thread.start();
  }

  private void follow() {
    long since = -1;
    boolean silent = false;
    lastHeard = ticker.now();
    try {
      while (!Thread.currentThread().isInterrupted()) {
        try {
          AgentState state = link.watch(beat(), since, period);
          since = state.sequence();
          lastHeard = ticker.now();
          votes.heard(state, lastHeard);
          silent = false;
          loop.accept(new Event.AgentReported(host, state, lastHeard));
        } catch (IOException e) {
          since = -1;
          silent = tellOfSilence(e, silent);
          Thread.sleep(PAUSE);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private Beat beat() {
    return votes.beat(host, leads.getAsBoolean()).asking(checks.getAsBoolean());
  }

  private boolean tellOfSilence(IOException e, boolean told) {
    Duration now = ticker.now();
    boolean silent = now.minus(lastHeard).compareTo(SILENCE) > 0;
    if (silent && !told) {
      loop.accept(new Event.AgentSilent(host, Causes.of(e), lastHeard));
    }
    return silent;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
