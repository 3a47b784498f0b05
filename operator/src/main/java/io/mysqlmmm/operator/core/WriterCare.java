package io.mysqlmmm.operator.core;

import io.mysqlmmm.operator.core.Command.WriteLedger;
import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.Standing;
import io.mysqlmmm.shared.gtid.GtidSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The designated writer does not serve: activate it, wait for it, or promote its peer. */
final class WriterCare {
  private WriterCare() {}

  static Decision decide(Pair pair) {
    Optional<AgentState> writer = pair.writerAgent();
    if (writer.isEmpty()) {
      return Decision.wait(
          Verdict.WRITER_UNKNOWN,
          "the agent of writer %s does not answer; unknown is not down".formatted(pair.writer()));
    }
    Standing standing = writer.get().standing();
    long epoch = pair.ledger().epoch();
    boolean lost = !pair.isInSync(pair.writer());
    if (lost) {
      return Decision.wait(
          Verdict.WRITER_DOWN,
          "writer %s came back with another data set (%s); what was acknowledged is not on it"
              .formatted(pair.writer(), standing.serverUuid()));
    }
    if (standing.released() < epoch && standing.activeEpoch() < epoch) {
      return activate(pair);
    }
    return switch (writer.get().mysqld()) {
      case Mysqld.Absent absent -> failover(pair, writer.get(), absent.cause());
      case Mysqld.Running _ when standing.released() >= epoch ->
          failover(pair, writer.get(), "it released the role");
      case Mysqld.Running _ -> reactivate(pair);
      case Mysqld.Starting _ ->
          peerPromised(pair)
              ? failover(pair, writer.get(), "its mysqld was restarted")
              : Decision.wait(
                  Verdict.WRITER_DOWN, "mysqld of writer %s is starting".formatted(pair.writer()));
      case Mysqld.Unresponsive unresponsive ->
          Decision.wait(
              Verdict.WRITER_UNKNOWN,
              "mysqld of writer %s does not answer: %s"
                  .formatted(pair.writer(), unresponsive.cause()));
    };
  }

  /** Promote the peer when it may be; else the writer has to come back. */
  private static Decision failover(Pair pair, AgentState writer, String cause) {
    if (pair.seen().topology().mode() != Topology.Mode.ACTIVE) {
      return comeBack(pair, writer, Verdict.MANUAL, "spec.mode is not Active");
    }
    if (!pair.peerPromotable()) {
      return comeBack(
          pair,
          writer,
          Verdict.WRITER_DOWN,
          "%s is not in sync or does not run".formatted(pair.peer()));
    }
    return promote(pair, writer, pair.peerAgent().orElseThrow(), cause);
  }

  private static Decision promote(Pair pair, AgentState writer, AgentState peer, String cause) {
    long epoch = pair.ledger().epoch();
    Orders orders = new Orders(pair.seen(), pair.ledger());
    List<Command> fences = new ArrayList<>();
    if (!pair.fenced(pair.writer(), epoch)) {
      fences.add(orders.release(writer, epoch));
    }
    if (peer.standing().promised() < epoch) {
      fences.add(orders.promise(peer, epoch));
    }
    String because =
        "writer %s is down (%s): %s takes over".formatted(pair.writer(), cause, pair.peer());
    if (!fences.isEmpty()) {
      return Decision.act(Verdict.FAILING_OVER, because, fences);
    }
    Mysqld.Running server = pair.seen().running(pair.peer()).orElseThrow();
    GtidSet received = server.received();
    if (!server.executed().contains(received)) {
      return Decision.act(Verdict.FAILING_OVER, because, orders.await(peer, received));
    }
    return Decision.act(
        Verdict.FAILING_OVER,
        because,
        new WriteLedger(
            pair.ledger()
                .designating(pair.peer(), Map.of(pair.peer(), peer.standing().serverUuid()))));
  }

  /** Nobody can take over: the writer itself, once it runs, at a higher epoch if it released. */
  private static Decision comeBack(
      Pair pair, AgentState writer, Verdict verdict, String whyNotPeer) {
    if (!(writer.mysqld() instanceof Mysqld.Running)) {
      return Decision.wait(
          verdict,
          "mysqld of writer %s is down and nobody can take over: %s"
              .formatted(pair.writer(), whyNotPeer));
    }
    return bump(pair, "%s wrote last and nobody can take over".formatted(pair.writer()));
  }

  /** The writer runs, read-only, and never released: its mysqld was restarted. */
  private static Decision reactivate(Pair pair) {
    return peerPromised(pair)
        ? bump(pair, "%s is back before its peer was promoted".formatted(pair.writer()))
        : activateNow(pair);
  }

  private static Decision bump(Pair pair, String because) {
    return Decision.act(
        Verdict.ACTIVATING,
        because,
        new WriteLedger(pair.ledger().designating(pair.writer(), pair.ledger().inSync())));
  }

  /**
   * Activate the designated writer at the ledger's epoch, after the other master has confirmed that
   * it will not write before it (S5, S13). A writer that is unreleased at exactly the epoch before
   * needs nobody's word.
   */
  static Decision activate(Pair pair) {
    Optional<AgentState> writer = pair.writerAgent();
    if (writer.isEmpty() || pair.seen().running(pair.writer()).isEmpty()) {
      return Decision.wait(
          Verdict.WRITER_DOWN, "waiting for mysqld of writer %s".formatted(pair.writer()));
    }
    long before = pair.ledger().epoch() - 1;
    Standing standing = writer.get().standing();
    boolean ownBump = standing.mayWrite() && standing.activeEpoch() == before;
    if (before == 0 || ownBump) {
      return activateNow(pair);
    }
    Optional<AgentState> other = pair.peerAgent();
    if (other.isEmpty()) {
      return Decision.wait(
          Verdict.AWAITING_PROOF,
          "%s must confirm that it does not write before %s is activated, and its agent does not"
                  .formatted(pair.peer(), pair.writer())
              + " answer");
    }
    if (!pair.fenced(pair.peer(), before)) {
      return Decision.act(
          Verdict.AWAITING_PROOF,
          "%s confirms that it does not write".formatted(pair.peer()),
          new Orders(pair.seen(), pair.ledger()).release(other.get(), before));
    }
    return activateNow(pair);
  }

  /**
   * The order that makes the writer what the ledger says; given again, it mends what is missing.
   */
  static Command activation(Pair pair) {
    return new Orders(pair.seen(), pair.ledger()).activate(pair.writerAgent().orElseThrow());
  }

  private static Decision activateNow(Pair pair) {
    boolean leasedSince =
        pair.writerAgent()
            .filter(a -> a.standing().leaseVersion() >= pair.ledger().version())
            .isPresent();
    if (pair.ledger().solo() && leasedSince) {
      // S3: going back from a lease to solo takes a ledger version of its own.
      return Decision.act(
          Verdict.ACTIVATING,
          "%s had begun to wait for its peer".formatted(pair.writer()),
          new WriteLedger(pair.ledger().claimed()));
    }
    return Decision.act(
        Verdict.ACTIVATING,
        "%s becomes the writer of epoch %d".formatted(pair.writer(), pair.ledger().epoch()),
        activation(pair));
  }

  private static boolean peerPromised(Pair pair) {
    return pair.peerAgent()
        .filter(a -> a.standing().promised() >= pair.ledger().epoch())
        .isPresent();
  }
}
