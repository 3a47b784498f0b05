package io.mysqlmmm.operator.core;

import io.mysqlmmm.operator.core.Command.EndMove;
import io.mysqlmmm.operator.core.Command.WriteLedger;
import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.gtid.GtidSet;
import java.util.Optional;

/**
 * A planned move of the writer, in MMM's order: the old writer releases; the new one applies all
 * that it wrote, promises, is designated, is activated. Each step is decided from what the agents
 * have on disk, so the move goes on after any interruption. Past its deadline, or after a failed
 * order, it is undone: the old writer is designated again at a higher epoch (S13).
 */
final class PlannedMove {
  private PlannedMove() {}

  static Decision decide(Pair pair, Move move) {
    boolean late =
        pair.seen()
                .now()
                .minus(move.since())
                .compareTo(pair.seen().topology().timing().moveTimeout())
            > 0;
    Optional<String> trouble =
        move.failure()
            .or(() -> late ? Optional.of("it was not complete within its time") : Optional.empty());
    if (pair.writer().equals(move.to())) {
      return designated(pair, move, trouble.isPresent());
    }
    if (trouble.isEmpty() && pair.seen().silentFor(move.to()).compareTo(pair.patience()) >= 0) {
      // While the ledger still names the old writer there is nothing to wait for.
      trouble = Optional.of("the agent of '%s' does not answer".formatted(move.to()));
    }
    return trouble.isPresent() ? abort(pair, move, trouble.get()) : advance(pair, move);
  }

  /** The ledger still names the old writer. */
  private static Decision advance(Pair pair, Move move) {
    Optional<AgentState> old = pair.writerAgent();
    Optional<AgentState> next = pair.peerAgent();
    if (old.isEmpty()
        || !pair.isInSync(move.from())
        || pair.seen().running(move.from()).isEmpty()) {
      // It cannot do its part: the move becomes a failover to the same host, if it can be one.
      return WriterCare.decide(pair);
    }
    boolean inSync = pair.isInSync(move.to());
    if (next.isEmpty() || !(inSync || move.request().force())) {
      return Decision.wait(Verdict.MOVING, "waiting for both agents");
    }
    long epoch = pair.ledger().epoch();
    Orders orders = new Orders(pair.seen(), pair.ledger());
    if (old.get().standing().released() < epoch) {
      // By force nothing is waited for, unless the writer has what its peer lacks.
      boolean kill = move.request().force() && inSync;
      return step(
          "%s releases the role".formatted(pair.writer()),
          kill ? orders.fence(old.get(), epoch) : orders.release(old.get(), epoch));
    }
    Optional<GtidSet> missing = missing(pair);
    if (missing.isEmpty()) {
      return Decision.wait(Verdict.MOVING, "waiting for both servers' GTID sets");
    }
    if (!missing.get().isEmpty()) {
      GtidSet all = pair.seen().running(pair.writer()).orElseThrow().executed();
      return step(
          "%s applies what %s wrote".formatted(move.to(), pair.writer()),
          orders.await(next.get(), all));
    }
    if (next.get().standing().promised() < epoch) {
      return step(
          "%s follows %s no more".formatted(move.to(), pair.writer()),
          orders.promise(next.get(), epoch));
    }
    return step(
        "%s is designated".formatted(move.to()), new WriteLedger(pair.designating(move.to())));
  }

  /** What the released writer has and the next one has not applied; empty while not known. */
  private static Optional<GtidSet> missing(Pair pair) {
    Optional<Mysqld.Running> old =
        pair.seen().running(pair.writer()).filter(Mysqld.Running::superReadOnly);
    Optional<Mysqld.Running> next = pair.seen().running(pair.peer());
    return old.isEmpty() || next.isEmpty()
        ? Optional.empty()
        : Optional.of(old.get().executed().minus(next.get().executed()));
  }

  /** The ledger names the new writer. */
  private static Decision designated(Pair pair, Move move, boolean undo) {
    if (pair.writerServes() && pair.holdsVips()) {
      return end(
          move,
          Move.Outcome.DONE,
          "Role '%s' has been moved%s from '%s' to '%s'."
              .formatted(
                  move.request().role(),
                  move.request().force() ? " by force" : "",
                  move.from(),
                  move.to()));
    }
    if (!undo) {
      return pair.writerServes()
          ? step("%s takes the role's IPs".formatted(move.to()), WriterCare.activation(pair))
          : WriterCare.decide(pair);
    }
    // S13: the new writer must have confirmed that it will not write before the old one does.
    Optional<AgentState> next = pair.writerAgent();
    if (next.isEmpty() || !pair.isInSync(move.from())) {
      return WriterCare.decide(pair);
    }
    if (!pair.fenced(move.to(), pair.ledger().epoch())) {
      return Decision.act(
          Verdict.ABORTING,
          "%s gives the role back".formatted(move.to()),
          new Orders(pair.seen(), pair.ledger()).release(next.get(), pair.ledger().epoch()));
    }
    return designateAgain(pair, move);
  }

  /** The old writer at a higher epoch, if it released: what is released stays released. */
  private static Decision abort(Pair pair, Move move, String why) {
    // With another disk it is no longer the one that released (I3).
    boolean released =
        pair.isInSync(move.from())
            && pair.writerAgent()
                .filter(a -> a.standing().released() >= pair.ledger().epoch())
                .isPresent();
    return released
        ? designateAgain(pair, move)
        : end(
            move,
            Move.Outcome.ABORTED,
            "The move to '%s' was undone: %s. Role '%s' stays on '%s'."
                .formatted(move.to(), why, move.request().role(), move.from()));
  }

  private static Decision designateAgain(Pair pair, Move move) {
    return Decision.act(
        Verdict.ABORTING,
        "%s is designated again".formatted(move.from()),
        new WriteLedger(pair.designating(move.from())));
  }

  private static Decision step(String because, Command command) {
    return Decision.act(Verdict.MOVING, because, command);
  }

  private static Decision end(Move move, Move.Outcome outcome, String message) {
    return Decision.act(
        outcome == Move.Outcome.DONE ? Verdict.MOVING : Verdict.ABORTING,
        message,
        new EndMove(move.request(), outcome, message));
  }
}
