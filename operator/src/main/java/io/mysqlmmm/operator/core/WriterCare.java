package io.mysqlmmm.operator.core;

import io.mysqlmmm.operator.core.Command.WriteLedger;
import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The designated writer does not serve: activate it, wait for it, or promote its peer. */
final class WriterCare {
  private WriterCare() {}

  static Decision decide(Pair pair) {
    Optional<AgentState> writer = pair.writerAgent();
    if (writer.isEmpty()) {
      return silent(pair);
    }
    Standing standing = writer.get().standing();
    long epoch = pair.ledger().epoch();
    if (!pair.isInSync(pair.writer())) {
      return lost(pair, standing.serverUuid());
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
          pair.peerPromised()
              ? failover(pair, writer.get(), "its mysqld was restarted")
              : Decision.wait(
                  Verdict.WRITER_DOWN, "mysqld of writer %s is starting".formatted(pair.writer()));
      case Mysqld.Unresponsive hung -> hung(pair, writer.get(), hung);
    };
  }

  /** The writer came back without its data: its peer takes over, or nobody (I3). */
  private static Decision lost(Pair pair, String found) {
    String what = "writer %s came back with another data set (%s)".formatted(pair.writer(), found);
    return pair.peerPromotable() && pair.mayFailOver()
        ? Failover.decide(pair, what)
        : Decision.wait(
            Verdict.WRITER_DOWN,
            what + "; what was acknowledged is not on it, and on no other host");
  }

  /**
   * Nobody answers for the writer. Unknown is not down (I4): its peer takes over only when the peer
   * hears nothing of it either, and when it can hold no lease any more.
   */
  private static Decision silent(Pair pair) {
    String what = "the agent of writer %s does not answer".formatted(pair.writer());
    if (pair.peerHearsWriter()) {
      return Decision.wait(
          Verdict.WRITER_UNKNOWN, "%s, but %s hears it".formatted(what, pair.peer()));
    }
    if (pair.seen().silentFor(pair.writer()).compareTo(pair.patience()) < 0) {
      return Decision.wait(Verdict.WRITER_UNKNOWN, what);
    }
    if (!pair.peerPromotable()) {
      return Decision.wait(
          Verdict.WRITER_UNKNOWN,
          "%s, and nobody can take over: %s".formatted(what, whyNotPeer(pair)));
    }
    return pair.mayFailOver()
        ? Failover.decide(pair, what)
        : Decision.wait(Verdict.MANUAL, what + ", and spec.mode is not Active");
  }

  /** A server that only answers late is left alone for a while; one that hangs is killed (S19). */
  private static Decision hung(Pair pair, AgentState writer, Mysqld.Unresponsive server) {
    String what =
        "mysqld of writer %s does not answer: %s".formatted(pair.writer(), server.cause());
    boolean forLong =
        server.millis() > pair.seen().topology().policy().check(Check.MYSQL).trap().toMillis();
    boolean takeOver = pair.peerPromotable() && pair.mayFailOver();
    boolean begun = writer.standing().released() >= pair.ledger().epoch();
    return takeOver && (forLong || begun)
        ? Failover.decide(pair, what)
        : Decision.wait(Verdict.WRITER_UNKNOWN, what);
  }

  /** Promote the peer when it may be; else the writer has to come back. */
  private static Decision failover(Pair pair, AgentState writer, String cause) {
    if (!pair.mayFailOver()) {
      return comeBack(pair, writer, Verdict.MANUAL, "spec.mode is not Active");
    }
    if (!pair.peerPromotable()) {
      return comeBack(pair, writer, Verdict.WRITER_DOWN, whyNotPeer(pair));
    }
    return Failover.decide(pair, "writer %s is down (%s)".formatted(pair.writer(), cause));
  }

  /** Why the peer cannot be promoted; S22 where it has lost its name. */
  private static String whyNotPeer(Pair pair) {
    boolean renamed =
        pair.seen().running(pair.peer()).isPresent() && pair.hasAnotherDataSet(pair.peer());
    return renamed
        ? "%s was in sync, but its machine went down or its disk was changed, and it may lack what it acknowledged last"
            .formatted(pair.peer())
        : "%s is not in sync or does not run".formatted(pair.peer());
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
    return pair.peerPromised()
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
   * Activate the designated writer at the ledger's epoch, after the other master is proven not to
   * write before it (S5, S13). A writer that is unreleased at exactly the epoch before needs
   * nobody's word.
   */
  private static Decision activate(Pair pair) {
    Optional<AgentState> writer = pair.writerAgent();
    if (writer.isEmpty() || pair.seen().running(pair.writer()).isEmpty()) {
      return pair.forced() && pair.peerPromotable()
          ? Failover.decide(pair, "mysqld of writer %s does not serve".formatted(pair.writer()))
          : Decision.wait(
              Verdict.WRITER_DOWN, "waiting for mysqld of writer %s".formatted(pair.writer()));
    }
    long before = pair.ledger().epoch() - 1;
    Standing standing = writer.get().standing();
    boolean ownBump = standing.mayWrite() && standing.activeEpoch() == before;
    if (before == 0 || ownBump) {
      return activateNow(pair);
    }
    return pair.provenFenced(pair.peer(), before) ? activateNow(pair) : awaitProof(pair, before);
  }

  /** S5: a new leader repeats the whole proof; facts are never inherited. */
  private static Decision awaitProof(Pair pair, long before) {
    AgentState writer = pair.writerAgent().orElseThrow();
    Orders orders = new Orders(pair.seen(), pair.ledger());
    List<Command> commands = new ArrayList<>();
    pair.peerAgent().ifPresent(other -> commands.add(orders.fence(other, before)));
    if (writer.standing().promised() < before) {
      commands.add(orders.promise(writer, before));
    }
    return new Decision(
        Verdict.AWAITING_PROOF,
        "%s is activated when %s has confirmed that it does not write, or can hold no lease any more"
            .formatted(pair.writer(), pair.peer()),
        commands,
        Optional.of(pair.leaseLeft(pair.peer(), before).plusMillis(1)));
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
}
