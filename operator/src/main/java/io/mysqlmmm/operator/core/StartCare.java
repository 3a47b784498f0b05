package io.mysqlmmm.operator.core;

import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.StartRules;
import io.mysqlmmm.shared.gtid.GtidSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The word that a mysqld waits for which died, or was killed, while commits waited for its peer
 * (S18). Started as it is it commits them. That is right on the writer. On a host that was replaced
 * it makes transactions that no other host has, and nobody acknowledged: they are cut off first,
 * which is judged by what the new writer has once it is active, so has applied all it received.
 */
final class StartCare {
  private StartCare() {}

  /** Whether a host's mysqld is down and does not start without a word. */
  static boolean waits(AgentState agent) {
    return agent.mysqld() instanceof Mysqld.Absent && agent.standing().unjudged();
  }

  /** What is to be said to the masters. */
  static List<Command> decide(Pair pair) {
    List<Command> commands = new ArrayList<>();
    Orders orders = new Orders(pair.seen(), pair.ledger());
    pair.writerAgent()
        .filter(StartCare::waits)
        .filter(w -> hasToComeBack(pair, w))
        .ifPresent(w -> commands.add(orders.start(w, Optional.empty())));
    if (pair.writerServes()) {
      GtidSet all = pair.seen().running(pair.writer()).orElseThrow().executed();
      pair.peerAgent()
          .filter(StartCare::waits)
          .filter(p -> !p.standing().mayWrite())
          .filter(p -> p.standing().activeEpoch() < pair.ledger().epoch())
          .ifPresent(p -> commands.add(orders.start(p, Optional.of(all))));
    }
    return commands;
  }

  /** Whether nobody takes over from the designated writer. */
  private static boolean hasToComeBack(Pair pair, AgentState writer) {
    boolean designatedAnew =
        writer.standing().activeEpoch() < pair.ledger().epoch()
            && writer.standing().released() < pair.ledger().epoch();
    return pair.isInSync(pair.writer())
        && (designatedAnew || !pair.mayFailOver() || peerIsOut(pair));
  }

  /** Whether the peer will not take over, as far as is known; what may pass is waited for. */
  private static boolean peerIsOut(Pair pair) {
    Optional<AgentState> peer = pair.peerAgent();
    if (peer.isEmpty()) {
      return pair.seen().silentFor(pair.peer()).compareTo(pair.patience()) >= 0;
    }
    return !(pair.isInSync(pair.peer()) || pair.forced())
        || switch (peer.get().mysqld()) {
          case Mysqld.Running _, Mysqld.Starting _ -> false;
          case Mysqld.Absent _ -> true;
          case Mysqld.Unresponsive hung -> hung.millis() > StartRules.VERDICT.toMillis();
        };
  }
}
