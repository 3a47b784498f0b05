package io.mysqlmmm.operator.core;

import io.mysqlmmm.operator.core.Command.SwitchOff;
import io.mysqlmmm.operator.core.Command.WriteLedger;
import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.gtid.GtidSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The writer is to be replaced by its peer: the peer promises to follow and to vote for it no more
 * and applies all that it received; the writer is proven fenced, by its own word or because no
 * lease can be left; then the ledger designates the peer, in one write (promotion, steps 1 to 4).
 * Each step is decided from what is on the agents' disks, so it goes on after any interruption, or
 * ends where it is when the writer comes back before the ledger was written.
 */
final class Failover {
  private Failover() {}

  /**
   * The next step.
   *
   * @param cause what became of the writer, for people
   */
  static Decision decide(Pair pair, String cause) {
    long epoch = pair.ledger().epoch();
    Orders orders = new Orders(pair.seen(), pair.ledger());
    AgentState peer = pair.peerAgent().orElseThrow();
    String because = "%s: %s takes over".formatted(cause, pair.peer());
    List<Command> fences = new ArrayList<>();
    pair.writerAgent()
        .filter(_ -> !pair.fenced(pair.writer(), epoch))
        .ifPresent(w -> fences.add(orders.fence(w, epoch)));
    if (peer.standing().promised() < epoch && follows(pair)) {
      // As in a planned move: the peer takes all from the old writer before it leaves it.
      GtidSet wrote = pair.seen().running(pair.writer()).orElseThrow().executed();
      boolean all = pair.seen().running(pair.peer()).orElseThrow().executed().contains(wrote);
      if (!fences.isEmpty() || !all) {
        fences.add(orders.await(peer, wrote));
        return Decision.act(Verdict.FAILING_OVER, because, fences);
      }
    }
    if (peer.standing().promised() < epoch) {
      fences.add(orders.promise(peer, epoch));
      return Decision.act(Verdict.FAILING_OVER, because, fences);
    }
    Optional<Command> drain = drain(pair, orders, peer);
    if (drain.isPresent()) {
      fences.add(drain.get());
      return Decision.act(Verdict.FAILING_OVER, because, fences);
    }
    if (!pair.provenFenced(pair.writer(), epoch)) {
      boolean hook = pair.seen().topology().policy().fencing().isPresent();
      if (hook && pair.writerAgent().isEmpty()) {
        fences.add(new SwitchOff(pair.writer(), epoch));
      }
      Duration left = pair.leaseLeft(pair.writer(), epoch);
      return new Decision(
          Verdict.FAILING_OVER,
          left.isPositive()
              ? "%s as soon as %s can hold no lease any more".formatted(because, pair.writer())
              : "%s as soon as spec.monitor.fencing confirms that %s is off"
                  .formatted(because, pair.writer()),
          fences,
          Optional.of(left.isPositive() ? left.plusMillis(1) : Duration.ofMillis(500)));
    }
    return Decision.act(
        Verdict.FAILING_OVER, because, new WriteLedger(pair.designating(pair.peer())));
  }

  /**
   * Whether the server that wrote runs, and its peer is connected to it and hears its agent: what
   * the peer lacks is on its way. Not from one that is stuck, nor does it release in order.
   */
  private static boolean follows(Pair pair) {
    return pair.isInSync(pair.writer())
        && pair.seen().running(pair.writer()).isPresent()
        && pair.replicates(pair.peer(), pair.writer())
        && pair.peerHearsWriter()
        && StuckWriter.cause(pair).isEmpty();
  }

  /** Step 2: what the peer has received and not applied yet. */
  private static Optional<Command> drain(Pair pair, Orders orders, AgentState peer) {
    Mysqld.Running server = pair.seen().running(pair.peer()).orElseThrow();
    GtidSet received = server.received();
    return server.executed().contains(received)
        ? Optional.empty()
        : Optional.of(orders.await(peer, received));
  }
}
