package io.mysqlmmm.operator.core;

import io.mysqlmmm.operator.core.Command.WriteLedger;
import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Clone;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.WriteMode;
import io.mysqlmmm.shared.gtid.GtidSet;
import io.mysqlmmm.shared.ledger.Ledger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The writer serves; its peer is kept in sync, given up, or brought back.
 *
 * <p>Paired: a peer that cannot acknowledge is taken out of the ledger first, then the writer goes
 * on alone (S14). Solo: the peer replicates; when a marker row reaches it, the writer takes the
 * lease, another marker is acknowledged, and when the peer has everything up to that the ledger
 * takes it in (S15).
 */
final class PeerCare {
  /**
   * How long replication may be interrupted before the writer goes on alone. Longer than a
   * reconnect after a switch (50 ms seen), so that one is not answered by going solo; well under
   * the second that losing the standby may stall writes for.
   */
  private static final Duration GRACE = Duration.ofMillis(500);

  /**
   * How long the writer stays paired with a peer whose agent is silent while its mysqld goes on to
   * acknowledge (when it does not, {@link #stalled} says so). Nothing is lost by staying but the
   * peer's vote, while going on alone costs sessions that log in up to a second (decision 023). A
   * container is started again in 1 to 8 s (seen), and an agent that a person or a probe has to
   * mend may be long in coming: until then the writer would stop with the leader.
   */
  private static final Duration SILENCE = Duration.ofSeconds(10);

  private static final Duration SOON = Duration.ofMillis(50);

  private PeerCare() {}

  static Decision decide(Pair pair) {
    Decision decision = pair.ledger().solo() ? solo(pair) : paired(pair);
    if (writesLedger(decision.commands())) {
      return decision;
    }
    List<Command> replicas = ReplicaCare.decide(pair);
    if (writesLedger(replicas)) {
      return new Decision(
          decision.verdict(), decision.because(), replicas, decision.recheckAfter());
    }
    List<Command> all = new ArrayList<>(decision.commands());
    all.addAll(replicas);
    all.addAll(CloneCare.refusals(pair));
    return new Decision(decision.verdict(), decision.because(), all, decision.recheckAfter());
  }

  private static boolean writesLedger(List<Command> commands) {
    return commands.stream().anyMatch(WriteLedger.class::isInstance);
  }

  private static Decision paired(Pair pair) {
    AgentState writer = pair.writerAgent().orElseThrow();
    Optional<AgentState> peer = pair.peerAgent();
    if (writer.standing().mode() != WriteMode.PAIRED) {
      return giveUp(pair, "the writer does not wait for acknowledgements");
    }
    if (peer.isPresent() && !pair.isInSync(pair.peer())) {
      return giveUp(pair, pair.peer() + " has another data set than before");
    }
    if (peer.filter(a -> a.mysqld() instanceof Mysqld.Absent).isPresent()) {
      return giveUp(pair, "mysqld of " + pair.peer() + " is down");
    }
    if (pair.setOffline(pair.peer())) {
      return giveUp(pair, pair.peer() + " is set offline");
    }
    if (stalled(pair)) {
      return giveUp(pair, pair.peer() + " acknowledges nothing");
    }
    if (pair.seen().troubledFor(pair.peer()).compareTo(GRACE) > 0 && writerOutlived(pair)) {
      return giveUp(pair, pair.peer() + " does not replicate");
    }
    if (pair.seen().silentFor(pair.peer()).compareTo(SILENCE) > 0) {
      return giveUp(
          pair,
          "the agent of %s has not answered for %d s".formatted(pair.peer(), SILENCE.toSeconds()));
    }
    if (peer.isEmpty() || pair.seen().running(pair.peer()).isEmpty()) {
      return new Decision(
          Verdict.HEALTHY, "no news from " + pair.peer(), List.of(), Optional.of(SOON));
    }
    if (pair.peerPromised()) {
      return bump(pair);
    }
    Orders orders = new Orders(pair.seen(), pair.ledger());
    if (!follows(pair, peer.get())) {
      return new Decision(
          Verdict.HEALTHY,
          pair.peer() + " starts to replicate",
          List.of(orders.replicate(peer.get(), pair.writer(), writer.standing().serverUuid())),
          Optional.of(SOON));
    }
    if (!pair.replicates(pair.writer(), pair.peer()) && !open(pair)) {
      // The ring: the next switch finds its channel connected.
      return new Decision(
          Verdict.HEALTHY,
          pair.writer() + " closes the ring",
          List.of(orders.replicate(writer, pair.peer(), peer.get().standing().serverUuid())),
          Optional.of(Duration.ofSeconds(1)));
    }
    return new Decision(
        Verdict.HEALTHY,
        "%s writes, %s is in sync".formatted(pair.writer(), pair.peer()),
        List.of(),
        Optional.of(Duration.ofSeconds(1)));
  }

  /** Whether the peer replicates from the writer, and was told to vote for it in this epoch. */
  private static boolean follows(Pair pair, AgentState peer) {
    return pair.replicates(pair.peer(), pair.writer())
        && peer.standing().votingFor() == pair.ledger().epoch();
  }

  /**
   * Whether the peer obeyed REPLICATE at this ledger's version: a clone that was ordered before the
   * next one, which names it as in sync, is refused then, however late it comes (S21).
   */
  private static boolean toldSince(Pair pair, AgentState peer) {
    return peer.standing().cloneGuard().followed() >= pair.ledger().version();
  }

  /**
   * Whether the writer was heard well after its peer's replication broke. Else it may be the writer
   * that is gone, and a peer that was given up could not take over. It speaks at each heartbeat.
   */
  private static boolean writerOutlived(Pair pair) {
    Duration broken = pair.seen().troubledSince().get(pair.peer());
    return pair.seen().agents().get(pair.writer())
            instanceof Reading.Known<AgentState>(var _, var at)
        && broken != null
        && at.compareTo(broken.plus(GRACE.dividedBy(2))) >= 0;
  }

  private static boolean stalled(Pair pair) {
    return pair.seen().running(pair.writer()).filter(w -> w.semiSync().stalled()).isPresent();
  }

  /** S14: the ledger first. */
  private static Decision giveUp(Pair pair, String why) {
    Ledger ledger = pair.ledger();
    Map<String, String> alone = Map.of(pair.writer(), ledger.inSync().get(pair.writer()));
    return Decision.act(
        Verdict.SOLO,
        "%s goes on alone: %s".formatted(pair.writer(), why),
        new WriteLedger(ledger.withInSync(alone)));
  }

  /** A promise that led to no promotion: at the next epoch the peer may follow again (S13). */
  private static Decision bump(Pair pair) {
    return Decision.act(
        Verdict.ACTIVATING,
        "%s promised to follow no writer of epoch %d, and was not promoted"
            .formatted(pair.peer(), pair.ledger().epoch()),
        new WriteLedger(pair.ledger().designating(pair.writer(), pair.ledger().inSync())));
  }

  private static Decision solo(Pair pair) {
    Optional<String> obstacle = obstacle(pair);
    Optional<CloneCare.Care> clone = CloneCare.of(pair, pair.peer());
    if (obstacle.isPresent() && !cloning(pair)) {
      return alone(pair, obstacle.get());
    }
    AgentState peer = pair.peerAgent().orElseThrow();
    if (pair.peerPromised()) {
      return bump(pair);
    }
    if (clone.isPresent()) {
      return cloned(pair, clone.get());
    }
    AgentState writer = pair.writerAgent().orElseThrow();
    boolean leased = writer.standing().mode() == WriteMode.PAIRED;
    if (leased && writer.standing().leaseVersion() < pair.ledger().version()) {
      // It still waits for the peer that the ledger has given up: that is ended first.
      return alone(pair, pair.peer() + " was given up");
    }
    if (leased && stalled(pair)) {
      return alone(pair, pair.peer() + " acknowledges nothing");
    }
    Orders orders = new Orders(pair.seen(), pair.ledger());
    if (!follows(pair, peer) || !toldSince(pair, peer)) {
      Decision stay = alone(pair, pair.peer() + " starts to replicate");
      return stay.commands().isEmpty()
          ? new Decision(
              stay.verdict(),
              stay.because(),
              List.of(orders.replicate(peer, pair.writer(), writer.standing().serverUuid())),
              Optional.of(Duration.ofMillis(250)))
          : stay;
    }
    return pairUp(pair, orders, writer, peer);
  }

  /** Whether a clone over the peer goes on, whatever its mysqld does meanwhile. */
  private static boolean cloning(Pair pair) {
    return pair.peerAgent().flatMap(AgentState::lastClone).filter(Clone::running).isPresent();
  }

  /** The writer goes on alone; once it does, the peer is cloned. */
  private static Decision cloned(Pair pair, CloneCare.Care care) {
    Decision stay = alone(pair, care.because());
    boolean alone =
        pair.writerAgent().filter(w -> w.standing().mode() == WriteMode.SOLO).isPresent();
    if (!alone || care.commands().isEmpty()) {
      return stay;
    }
    if (care.commands().stream().anyMatch(WriteLedger.class::isInstance)) {
      return Decision.act(stay.verdict(), stay.because(), care.commands().getFirst());
    }
    List<Command> commands = new ArrayList<>(stay.commands());
    commands.addAll(care.commands());
    return new Decision(stay.verdict(), stay.because(), commands, stay.recheckAfter());
  }

  /** Why the peer cannot be brought back now. */
  private static Optional<String> obstacle(Pair pair) {
    Optional<AgentState> peer = pair.peerAgent();
    Optional<Mysqld.Running> server = pair.seen().running(pair.peer());
    if (peer.isEmpty()) {
      return Optional.of("the agent of " + pair.peer() + " does not answer");
    }
    if (open(pair)) {
      return Optional.of(pair.peer() + " has not confirmed that it is closed to writes");
    }
    if (StartCare.waits(peer.get())) {
      return Optional.of(
          "mysqld of %s starts when the end of its binlog that nobody acknowledged is cut off"
              .formatted(pair.peer()));
    }
    if (server.isEmpty()) {
      return Optional.of("mysqld of " + pair.peer() + " does not serve");
    }
    if (pair.setOffline(pair.peer())) {
      return Optional.of(pair.peer() + " is set offline");
    }
    return Optional.empty();
  }

  /**
   * Whether the peer was activated at an older epoch and nobody has told it that this is over, or
   * its server is not read-only yet. Sessions may wait there for an acknowledgement, with
   * transactions that gtid_executed does not show: whoever replicates from it would give it (S18).
   */
  private static boolean open(Pair pair) {
    if (pair.replacing(pair.peer())) {
      // It has given up what it had, and to fence it would break the clone off.
      return false;
    }
    return pair.peerAgent().filter(a -> a.standing().mayWrite()).isPresent()
        || pair.seen().running(pair.peer()).filter(m -> !m.superReadOnly()).isPresent();
  }

  /** The writer without its peer: semi-sync off, and nothing replicated from a host held out. */
  private static Decision alone(Pair pair, String because) {
    AgentState writer = pair.writerAgent().orElseThrow();
    Orders orders = new Orders(pair.seen(), pair.ledger());
    String text = "%s writes alone: %s".formatted(pair.writer(), because);
    if (writer.standing().mode() != WriteMode.SOLO) {
      return writer.standing().leaseVersion() >= pair.ledger().version()
          ? Decision.act(Verdict.SOLO, text, new WriteLedger(pair.ledger().claimed()))
          : Decision.act(Verdict.SOLO, text, orders.solo(writer));
    }
    List<Command> commands = new ArrayList<>();
    if (open(pair)) {
      commands.add(orders.fence(pair.peerAgent().orElseThrow(), pair.ledger().epoch() - 1));
    }
    if (pair.connected(pair.writer())) {
      commands.add(orders.hold(writer));
    }
    boolean heldOut = pair.setOffline(pair.peer()) || !pair.surplus(pair.peer()).isEmpty();
    if (pair.connected(pair.peer()) && heldOut) {
      commands.add(orders.hold(pair.peerAgent().orElseThrow()));
    }
    return new Decision(Verdict.SOLO, text, commands, Optional.of(Duration.ofMillis(500)));
  }

  /**
   * S15. A first marker, still alone, shows that the peer receives what is written now: only then
   * is it worth to let writes wait for it. Then the lease, and a marker that the peer acknowledges.
   */
  private static Decision pairUp(Pair pair, Orders orders, AgentState writer, AgentState peer) {
    Optional<GtidSet> marked = marked(pair, writer, peer);
    boolean leased = writer.standing().mode() == WriteMode.PAIRED;
    if (leased && !writer.standing().pairedWith().equals(peer.standing().serverUuid())) {
      return alone(pair, pair.peer() + " has another data set than before");
    }
    if (marked.isEmpty()) {
      String how = leased ? " acknowledges a marker" : " receives a marker";
      return Decision.act(Verdict.SOLO, pair.peer() + how, orders.mark(writer));
    }
    GtidSet received = pair.seen().running(pair.peer()).orElseThrow().received();
    long lacking = marked.get().minus(received).size();
    if (lacking > 0 && !leased) {
      return alone(pair, "%s catches up, %d transactions to go".formatted(pair.peer(), lacking));
    }
    if (lacking > 0) {
      return new Decision(
          Verdict.SOLO,
          pair.peer() + " receives the rest up to the marker",
          List.of(),
          Optional.of(SOON));
    }
    if (!leased) {
      return Decision.act(
          Verdict.SOLO,
          "%s waits for %s from now on".formatted(pair.writer(), pair.peer()),
          orders.lease(writer, peer.standing().serverUuid()));
    }
    Map<String, String> both = new LinkedHashMap<>();
    both.put(pair.writer(), writer.standing().serverUuid());
    both.put(pair.peer(), peer.standing().serverUuid());
    return Decision.act(
        Verdict.HEALTHY,
        pair.peer() + " is in sync",
        new WriteLedger(pair.ledger().withInSync(both)));
  }

  /** What the writer had at a marker that counts now. */
  private static Optional<GtidSet> marked(Pair pair, AgentState writer, AgentState peer) {
    return pair.seen()
        .mark()
        .filter(
            m ->
                m.epoch() == pair.ledger().epoch()
                    && m.version() == pair.ledger().version()
                    && m.lease() == writer.standing().leaseVersion()
                    && m.writerUuid().equals(writer.standing().serverUuid())
                    && m.peerUuid().equals(peer.standing().serverUuid()))
        .map(Mark::executed);
  }
}
