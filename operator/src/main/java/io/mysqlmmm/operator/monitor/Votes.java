package io.mysqlmmm.operator.monitor;

import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Beat;
import io.mysqlmmm.shared.agent.BootTime;
import io.mysqlmmm.shared.ledger.Ledger;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The leader's votes for one pair's writers (S4, S9): whom it votes for, and how fresh a clock it
 * has echoed to each host. Times are given, on the leader's monotonic clock. Thread-safe: a vote
 * that was handed out before {@link #withhold} is counted by {@link #newest} from then on, whenever
 * it is sent.
 */
public final class Votes {
  private record Heard(String serverUuid, BootTime clock, Duration at) {}

  private final String resourceUid;
  private final Duration termStart;
  private final Map<String, Heard> heard = new HashMap<>();
  private final Map<String, Duration> newest = new HashMap<>();
  private Optional<Ledger> electing = Optional.empty();
  private boolean failingOver;

  /**
   * @param termStart when this leader's term began: an earlier one may have voted until then
   */
  public Votes(String resourceUid, Duration termStart) {
    this.resourceUid = resourceUid;
    this.termStart = termStart;
  }

  /** Votes for the ledger's writer from now on, at the ledger's epoch. */
  public synchronized void voteFor(Ledger ledger) {
    electing = Optional.of(ledger);
  }

  /** Votes for nobody: a ledger is being written, or it is not known which one holds. */
  public synchronized void withhold() {
    electing = Optional.empty();
  }

  /**
   * Whether the writer's peer takes over. Nobody is voted for meanwhile: a writer whose disk takes
   * no release goes on telling its clock, and by its votes it would hold its lease for ever.
   */
  public synchronized void failingOver(boolean now) {
    failingOver = now;
  }

  /** A host's clock arrived at {@code at}. */
  public synchronized void heard(AgentState state, Duration at) {
    heard.put(state.host(), new Heard(state.standing().serverUuid(), state.clock(), at));
  }

  /**
   * The heartbeat to send to a host now: with an echo when it is the one to vote for, with the data
   * set that the ledger means.
   */
  public synchronized Beat beat(String host, boolean leads) {
    Optional<Ledger> ledger = electing.filter(l -> l.writer().equals(host));
    Heard last = heard.get(host);
    if (!leads
        || failingOver
        || last == null
        || ledger.filter(l -> l.isInSync(host, Optional.of(last.serverUuid()))).isEmpty()) {
      return new Beat(resourceUid, "", 0, Optional.empty());
    }
    given(host, last.at());
    return new Beat(resourceUid, "", ledger.get().epoch(), Optional.of(last.clock()));
  }

  /** A clock that arrived at {@code at} is echoed to a host, in an ACTIVATE, say. */
  public synchronized void given(String host, Duration at) {
    newest.merge(host, at, (one, two) -> one.compareTo(two) > 0 ? one : two);
  }

  /**
   * When the newest clock arrived that this leader, or one before it, may have echoed to a host.
   */
  public synchronized Duration newest(String host) {
    return newest.getOrDefault(host, termStart);
  }
}
