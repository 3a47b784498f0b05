package io.mysqlmmm.operator.core;

import io.mysqlmmm.operator.core.Command.BeginMove;
import io.mysqlmmm.operator.core.Command.EndMove;
import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Order;
import io.mysqlmmm.shared.ledger.Ledger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides what to do for one pair. Pure: same snapshot, same decision. Rules, in this order:
 *
 * <ol>
 *   <li>Passive: nothing at all (I5).
 *   <li>No ledger, or an old one that was restored: designate a writer, from both masters' words
 *       ({@link Bootstrap}).
 *   <li>A planned move under way: its next step, or its undoing ({@link PlannedMove}).
 *   <li>The writer does not serve: activate it, wait for it, or promote its peer ({@link
 *       WriterCare}).
 *   <li>The writer serves: a new request is taken or refused ({@link MoveRequests}); otherwise the
 *       peer ({@link PeerCare}), the databases and the balanced roles ({@link RoleCare}) are cared
 *       for.
 *   <li>Whatever else: a mysqld that waits with its start is told ({@link StartCare}).
 * </ol>
 */
public final class Decider {
  private Decider() {}

  /** The decision for what was seen. Never blocks, never throws for any state of the world. */
  public static Decision decide(Snapshot seen) {
    if (seen.topology().mode() == Topology.Mode.PASSIVE) {
      return Decision.wait(Verdict.PASSIVE, "spec.mode is Passive: nothing is changed");
    }
    if (seen.ledger().isEmpty() || rolledBack(seen)) {
      return Bootstrap.decide(seen);
    }
    Ledger ledger = seen.ledger().get();
    Pair pair = Pair.of(seen, ledger);
    return withStarts(pair, decide(pair, seen));
  }

  /** Nothing else is done in the step of a ledger's write. */
  private static Decision withStarts(Pair pair, Decision decision) {
    List<Command> starts = StartCare.decide(pair);
    if (starts.isEmpty()
        || decision.commands().stream().anyMatch(Command.WriteLedger.class::isInstance)) {
      return decision;
    }
    List<Command> all = new ArrayList<>(decision.commands());
    all.addAll(starts);
    return new Decision(decision.verdict(), decision.because(), all, decision.recheckAfter());
  }

  private static Decision decide(Pair pair, Snapshot seen) {
    if (seen.move().isPresent()) {
      return PlannedMove.decide(pair, seen.move().get());
    }
    if (!pair.writerServes()) {
      Optional<Command> request = MoveRequests.judgeUnserved(pair);
      return request.isPresent()
          ? Decision.act(Verdict.WRITER_DOWN, "a request came without a writer", request.get())
          : WriterCare.decide(pair);
    }
    return StuckWriter.decide(pair).orElseGet(() -> serve(pair));
  }

  /**
   * Whether a newer ledger than there is was seen, or an agent has obeyed orders that rest on one:
   * what stands there was restored from a backup, and is as good as lost (S6).
   */
  public static boolean rolledBack(Snapshot seen) {
    return seen.ledger()
        .filter(
            ledger ->
                seen.lostSince().isPresent()
                    || seen.topology().hosts().stream()
                        .flatMap(host -> seen.agent(host.name()).stream())
                        .map(AgentState::standing)
                        .anyMatch(
                            s ->
                                s.versionSeen() > ledger.version()
                                    || Bootstrap.highest(s) > ledger.epoch()))
        .isPresent();
  }

  /**
   * Whether this gives up what only a ledger that can be written gives back: the epoch, which
   * nobody has given up so far (from then on nobody writes before the ledger was written), or a
   * member. A leader that is not answered may be the one that is cut off, and with it the writer
   * that it would leave alone in the ledger.
   */
  public static boolean givesUp(Snapshot seen, Decision decision) {
    return givesUpEpoch(seen, decision)
        || seen.ledger().filter(l -> dropsMember(l, decision)).isPresent();
  }

  private static boolean givesUpEpoch(Snapshot seen, Decision decision) {
    long epoch = seen.ledger().map(Ledger::epoch).orElse(0L);
    boolean begun =
        seen.topology().hosts().stream()
            .flatMap(host -> seen.agent(host.name()).stream())
            .map(AgentState::standing)
            .anyMatch(s -> s.promised() >= epoch || s.released() >= epoch);
    return !begun
        && decision.commands().stream()
            .anyMatch(
                c ->
                    c instanceof Command.Send(var _, var order)
                        && (order instanceof Order.Promise || order instanceof Order.Release)
                        && order.target().epoch() >= epoch);
  }

  private static boolean dropsMember(Ledger ledger, Decision decision) {
    return decision.commands().stream()
        .anyMatch(
            c ->
                c instanceof Command.WriteLedger(var next)
                    && next.epoch() == ledger.epoch()
                    && !next.inSync().keySet().containsAll(ledger.inSync().keySet()));
  }

  private static Decision serve(Pair pair) {
    Optional<Command> request = MoveRequests.judge(pair);
    if (request.isPresent()) {
      String because =
          switch (request.get()) {
            case BeginMove begin -> "moving to " + begin.move().to();
            case EndMove end -> end.message();
            case Command.PinIp pin -> "%s goes to %s".formatted(pin.ip(), pin.pin().host());
            case Command other -> other.toString();
          };
      return Decision.act(Verdict.MOVING, because, request.get());
    }
    Decision peer = PeerCare.decide(pair);
    if (peer.commands().stream().anyMatch(Command.WriteLedger.class::isInstance)) {
      return peer;
    }
    List<Command> all = new ArrayList<>(peer.commands());
    if (!pair.holdsVips()) {
      all.add(WriterCare.activation(pair));
    }
    all.addAll(RoleCare.decide(pair));
    all.addAll(BackupCare.decide(pair));
    String because =
        OwnMoves.hindrance(pair).map(h -> peer.because() + "; " + h).orElse(peer.because());
    return new Decision(peer.verdict(), because, all, peer.recheckAfter());
  }
}
