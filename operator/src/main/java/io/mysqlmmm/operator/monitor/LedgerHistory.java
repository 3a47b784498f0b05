package io.mysqlmmm.operator.monitor;

import io.mysqlmmm.operator.core.Bootstrap;
import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.ledger.Ledger;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The newest ledger that this leader has signs of, so that an old one from a backup is known for
 * what it is, for as long as this leader leads (S6, docs/decisions/015):
 *
 * <ol>
 *   <li>a newer one stood in the resource before;
 *   <li>an agent has obeyed orders that rest on a newer one, be it silent since;
 *   <li>an agent that had no order from this leader has obeyed one that rests on the very version
 *       that this leader's claim took: nobody else can have given it under the ledger that was
 *       claimed.
 * </ol>
 */
final class LedgerHistory {
  private final Set<String> ordered = new HashSet<>();
  private long version;
  private long epoch;
  private Optional<Ledger> claim = Optional.empty();

  /** This leader wrote it, without knowing what it follows; all its orders rest on it or later. */
  void claimed(Ledger first) {
    claim = Optional.of(first);
  }

  /** It is not known what stands there. */
  void unclaimed() {
    claim = Optional.empty();
  }

  /** This leader gives the host an order: what the host knows may come from that. */
  void ordered(String host) {
    ordered.add(host);
  }

  /** There is, or was, such a ledger, or a newer one. */
  void atLeast(long someVersion, long someEpoch) {
    version = Math.max(version, someVersion);
    epoch = Math.max(epoch, someEpoch);
  }

  /** An agent's word. */
  void told(AgentState state) {
    long known = state.standing().versionSeen();
    boolean taken =
        !ordered.contains(state.host()) && claim.filter(c -> known >= c.version()).isPresent();
    atLeast(taken ? known + 1 : known, Bootstrap.highest(state.standing()));
  }

  boolean isNewerThan(Ledger ledger) {
    return version > ledger.version() || epoch > ledger.epoch();
  }
}
