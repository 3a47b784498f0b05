package io.mysqlmmm.operator.core;

import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.gtid.GtidSet;
import java.util.Optional;

/** Why a host cannot come back by replicating. Facts only; what follows is CloneCare's to say. */
enum CloneNeed {
  /** An earlier clone over it did not come to its end, and its data are gone. */
  UNFINISHED,
  /** It is empty, in a pair whose first data set was made elsewhere. */
  BEGINNING,
  /** It has what the writer lacks. */
  SURPLUS,
  /** It lacks what the writer has purged from its binlogs. */
  PURGED,
  /** Nothing but a person's request. */
  REQUEST,
  NONE;

  static CloneNeed of(Pair pair, String host) {
    Optional<AgentState> agent = pair.seen().agent(host);
    Optional<Mysqld.Running> server = pair.seen().running(host);
    Optional<Mysqld.Running> writer = pair.seen().running(pair.writer());
    if (agent.isEmpty() || server.isEmpty() || writer.isEmpty()) {
      return NONE;
    }
    if (agent.get().standing().cloneGuard().replacing()) {
      return UNFINISHED;
    }
    if (Adoption.lacksAll(pair.seen(), host)) {
      return BEGINNING;
    }
    if (!pair.surplus(host).isEmpty()) {
      return SURPLUS;
    }
    if (!server.get().executed().contains(writer.get().purged())) {
      return PURGED;
    }
    return pair.seen().clones().requests().containsKey(host) ? REQUEST : NONE;
  }

  /** In words, as the second half of "db2 needs a clone: ...". */
  String because(Pair pair, String host) {
    return switch (this) {
      case UNFINISHED -> "the last one did not come to its end";
      case BEGINNING ->
          "it is empty, and %s began with data that no binlog may have"
              .formatted(pair.seen().topology().adopted().orElse(""));
      case SURPLUS ->
          "it has transactions that the writer lacks (%s)%s"
              .formatted(pair.surplus(host), whyNotCut(pair, host));
      case PURGED -> "the writer no longer has the binlogs that it lacks";
      case REQUEST -> "it was asked for";
      case NONE -> "";
    };
  }

  /** Why the surplus was not cut off before mysqld started; empty when that is not known. */
  private static String whyNotCut(Pair pair, String host) {
    return pair.seen()
        .agent(host)
        .flatMap(AgentState::cut)
        .map(AgentState.Cut::refusal)
        .filter(refusal -> !refusal.isEmpty())
        .map(refusal -> "; they could not be cut off: " + refusal)
        .orElse("");
  }

  /**
   * Whether what would be given up may hold an acknowledged write that no other host has: with
   * durability Available everything may; else what a writer wrote alone, and after a role was taken
   * by force.
   */
  static boolean mayHoldAcknowledged(Pair pair, String host) {
    GtidSet surplus = pair.surplus(host);
    boolean alone =
        pair.seen().agent(host).filter(a -> a.standing().cloneGuard().unshared()).isPresent();
    return !surplus.isEmpty()
        && (alone
            || pair.seen().clones().forced()
            || pair.seen().topology().durability() == Topology.Durability.AVAILABLE);
  }
}
