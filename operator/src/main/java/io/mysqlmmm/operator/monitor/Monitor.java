package io.mysqlmmm.operator.monitor;

import io.mysqlmmm.api.v1alpha1.LastMove;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMasterStatus;
import io.mysqlmmm.api.v1alpha1.PlanStatus;
import io.mysqlmmm.operator.core.Command;
import io.mysqlmmm.operator.core.Command.BeginMove;
import io.mysqlmmm.operator.core.Command.EndBackup;
import io.mysqlmmm.operator.core.Command.EndClone;
import io.mysqlmmm.operator.core.Command.EndMove;
import io.mysqlmmm.operator.core.Command.PinIp;
import io.mysqlmmm.operator.core.Command.Send;
import io.mysqlmmm.operator.core.Command.SwitchOff;
import io.mysqlmmm.operator.core.Command.WriteLedger;
import io.mysqlmmm.operator.core.Decider;
import io.mysqlmmm.operator.core.Decision;
import io.mysqlmmm.operator.core.Move;
import io.mysqlmmm.operator.core.Snapshot;
import io.mysqlmmm.operator.core.Topology;
import io.mysqlmmm.operator.core.Verdict;
import io.mysqlmmm.shared.agent.Order;
import io.mysqlmmm.shared.ledger.Ledger;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a monitor of one pair does with each event, and its next step: takes what was heard,
 * decides, writes the ledger, gives orders. It has no thread and no clock of its own; {@link
 * MonitorLoop} and the simulation drive it. Not for use by several threads.
 */
public final class Monitor {
  private static final Logger LOG = LoggerFactory.getLogger(Monitor.class);
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final Duration SOON = Duration.ofMillis(50);

  /**
   * What a step led to.
   *
   * @param seen empty: the spec was never valid, or nothing may be decided now
   * @param again whether what follows is to be decided at once
   * @param wakeAfter when to take the next step although no event came
   */
  public record Step(
      Optional<Snapshot> seen, Optional<Decision> decision, boolean again, Duration wakeAfter) {
    private static Step rest(Duration wakeAfter) {
      return new Step(Optional.empty(), Optional.empty(), false, wakeAfter);
    }
  }

  private final Ticker ticker;
  private final BooleanSupplier leads;
  private final World world;
  private final Votes votes;
  private final Consumer<Send> courier;
  private final Dispatcher dispatcher;
  private final StatusWriter status;
  private final Refusals refusals;
  private final OrderOutcomes outcomes;
  private final Consumer<SwitchOff> hook;
  private Consumer<EndMove> ownMoves = _ -> {};
  private @Nullable Verdict verdict;
  private boolean claimed;
  private Duration wakeAfter = IDLE;

  /**
   * @param leads whether the leader's term is fresh (S4)
   * @param votes the leader's votes, which begin with this monitor
   * @param courier carries an order to its host; what became of it comes back as an event
   * @param hook has a host switched off; what became of it comes back as an event
   */
  public Monitor(
      MySQLMultiMaster resource,
      StatusStore store,
      Ticker ticker,
      BooleanSupplier leads,
      Votes votes,
      Consumer<Send> courier,
      Consumer<SwitchOff> hook) {
    this.hook = hook;
    this.ticker = ticker;
    this.leads = leads;
    this.votes = votes;
    this.world = new World(resource, ticker.wall());
    this.courier = courier;
    this.dispatcher = new Dispatcher(ticker, this::carry);
    this.status = new StatusWriter(store, ticker, world);
    this.refusals = new Refusals(status, ticker, this::write);
    this.outcomes = new OrderOutcomes(world, status, ticker, refusals);
    world.resumeMove(ticker.now());
  }

  /** Takes note of what happened. */
  public void take(Event event) {
    switch (event) {
      case Event.ResourceChanged(var resource, var topology) -> {
        world.resource(resource, ticker.now(), ticker.wall());
        topology.ifPresent(world::topology);
      }
      case Event.Provisioned(var _, var databases) -> world.databases(databases);
      case Event.AgentReported(var _, var state, var at) -> world.heard(state, at);
      case Event.AgentSilent(var host, var cause, var since) -> world.silent(host, cause, since);
      case Event.OrderAnswered answered -> {
        dispatcher.ended(answered.host(), answered.order());
        outcomes.take(answered);
      }
      case Event.OrderLost(var host, var order, var cause) -> {
        dispatcher.ended(host, order);
        LOG.warn("{} to {}: no answer: {}", OrderOutcomes.name(order), host, cause);
      }
      case Event.IpsProbed(var inUse, var free) -> world.ipsProbed(inUse, free);
      case Event.HookAnswered answer -> hookAnswered(answer);
      case Event.NetworkPinged(var answers) -> networkPinged(answers);
      case Event.PodsLookedAt _, Event.Stop _ -> {}
    }
  }

  /**
   * What the operator itself wants to be moved, until it is begun or refused; empty: nothing.
   * Returns whether that is news.
   */
  boolean want(Optional<Move.Request> own) {
    return world.own(own, ticker.now());
  }

  /**
   * These hosts are being taken out of service on purpose: their leaving ONLINE is no flap. Returns
   * whether that is news, to be remembered by the next step.
   */
  boolean onPurpose(Set<String> hosts) {
    return world.onPurpose(hosts);
  }

  /** Of the spec that is known. */
  long generation() {
    return Objects.requireNonNullElse(world.resource().getMetadata().getGeneration(), 0L);
  }

  /** Calls {@code heard} with the outcome of each move that the operator itself wanted. */
  void tellOwnMoves(Consumer<EndMove> heard) {
    ownMoves = heard;
  }

  private void hookAnswered(Event.HookAnswered answer) {
    if (answer.off()) {
      world.switchedOff(answer.host(), answer.epoch());
      world
          .remembered()
          .note(
              ticker.wall(),
              false,
              "%s was switched off by spec.monitor.fencing".formatted(answer.host()));
    } else {
      world
          .remembered()
          .note(
              ticker.wall(),
              true,
              "spec.monitor.fencing did not switch %s off: %s"
                  .formatted(answer.host(), answer.message()));
    }
  }

  private void networkPinged(boolean answers) {
    if (!answers) {
      LOG.warn("no agent and none of spec.monitor.pingIps answers: it is the operator's network");
    }
    world.network(answers);
  }

  /** Decides once, and acts. Blocks only in reads and writes of the status, 3 s at most each. */
  public Step step() {
    if (!leads.getAsBoolean()) {
      // S4: without a fresh renewal nothing is ordered and nothing written.
      return Step.rest(IDLE);
    }
    Optional<Snapshot> seen = world.snapshot(ticker.now(), ticker.wall(), votes);
    if (seen.isEmpty()) {
      return Step.rest(IDLE);
    }
    Optional<Ledger> ledger = world.ledger();
    if (ledger.isPresent() && !claimed && !passive()) {
      // S2: a ledger is written anew by its leader before the leader's first order.
      boolean now = writeLedger(ledger.get().claimed());
      return new Step(Optional.empty(), Optional.empty(), now, now ? Duration.ZERO : wakeAfter);
    }
    if (Decider.rolledBack(seen.get())) {
      // S6: nobody gets a vote by a ledger that does not hold.
      votes.withhold();
      if (!passive()) {
        return dropOldLedger();
      }
    }
    Decision decision = Decider.decide(seen.get());
    if (Decider.givesUp(seen.get(), decision) && !status.answers()) {
      // What is given up only the ledger gives anew: first see that it can be written.
      if (status.refresh()) {
        return new Step(Optional.empty(), Optional.empty(), true, Duration.ZERO);
      }
      decision = decision.withoutLedger();
    }
    tell(decision);
    votes.failingOver(decision.verdict() == Verdict.FAILING_OVER);
    boolean again = execute(decision);
    return new Step(seen, Optional.of(decision), again, wakeAfter);
  }

  /** The next leader has nothing to take it for a newer one by. */
  private Step dropOldLedger() {
    LOG.warn("ledger {} is an old one: it is removed", world.ledger());
    boolean gone = write(s -> StatusEdits.withLedger(s, null));
    return new Step(Optional.empty(), Optional.empty(), gone, gone ? Duration.ZERO : wakeAfter);
  }

  StatusWriter status() {
    return status;
  }

  /** Tells people of changed states and modes; blocks for 3 s at most each. */
  void tellNews() {
    for (Remembered.Change change : world.remembered().news()) {
      LOG.info("{}", change.sentence());
      status.event(change.warning(), "Changed", change.sentence());
    }
  }

  private boolean passive() {
    return world.topology().filter(t -> t.mode() == Topology.Mode.PASSIVE).isPresent();
  }

  private void tell(Decision decision) {
    if (decision.verdict() != verdict) {
      LOG.info("{}: {}", decision.verdict(), decision.because());
      verdict = decision.verdict();
    }
  }

  /** Whether to decide again at once. */
  private boolean execute(Decision decision) {
    wakeAfter = decision.recheckAfter().orElse(IDLE);
    for (Command command : decision.commands()) {
      switch (command) {
        case Send send -> dispatch(send);
        case WriteLedger write -> {
          return writeLedger(write.next());
        }
        case BeginMove begin -> {
          return begin(begin.move());
        }
        case EndMove end -> {
          return end(end);
        }
        case EndClone end -> {
          return refusals.end(end);
        }
        case EndBackup end -> {
          return refusals.end(end);
        }
        case SwitchOff off -> hook.accept(off);
        case PinIp(var ip, var pin) -> world.remembered().pin(ip, pin);
      }
    }
    return false;
  }

  private void dispatch(Send send) {
    if (send.order() instanceof Order.Activate) {
      world.heardAt(send.host()).ifPresent(at -> votes.given(send.host(), at));
    }
    Optional<Duration> retry = dispatcher.send(send);
    retry.filter(r -> r.compareTo(wakeAfter) < 0).ifPresent(r -> wakeAfter = r);
    if (world.move().isPresent() && send.order() instanceof Order.Release) {
      status.releasing(ticker.now());
    }
  }

  /** Every order goes this way: what its host knows of the ledger may come from it (S6). */
  void carry(Send send) {
    world.ordered(send.host());
    courier.accept(send);
  }

  private boolean writeLedger(Ledger next) {
    LOG.info("ledger: {}", next);
    // From the sending of the write until its outcome is known nobody gets a vote (promotion, 4).
    votes.withhold();
    world.known(next);
    boolean written = write(s -> StatusEdits.withLedger(s, Ledgers.render(next)));
    if (written) {
      if (!claimed || next.version() == 1) {
        world.claimed(next);
      }
      claimed = true;
      votes.voteFor(next);
    }
    return written;
  }

  private boolean begin(Move move) {
    LOG.info("move of {} from {} to {}", move.request().role(), move.from(), move.to());
    if (move.request().byOperator()) {
      // Cut off, it is wanted anew, and what was released is decided from what the agents say.
      world.own(Optional.empty(), ticker.now());
      world.move(Optional.of(move));
      return true;
    }
    LastMove begun = StatusEdits.begun(move, ticker.wall());
    if (!write(s -> StatusEdits.withLastMove(s, begun, s.plan()))) {
      return false;
    }
    world.move(Optional.of(move));
    return true;
  }

  private boolean end(EndMove end) {
    LOG.info("move {}: {}", end.outcome(), end.message());
    status.served(ticker.now());
    if (end.request().byOperator()) {
      world.own(Optional.empty(), ticker.now());
      world.move(Optional.empty());
      ownMoves.accept(end);
      return true;
    }
    LastMove ended =
        StatusEdits.ended(
            end,
            Optional.ofNullable(world.resource().getStatus()).map(MySQLMultiMasterStatus::lastMove),
            status.pause(),
            ticker.wall());
    // What was asked for is remembered in the same write: the next move takes the place of this
    // one.
    PlanStatus plan = world.dealt(end.request(), end.message(), ticker.wall());
    if (!write(s -> StatusEdits.withLastMove(s, ended, plan))) {
      return false;
    }
    world.move(Optional.empty());
    boolean bad = end.outcome() != Move.Outcome.DONE;
    status.event(bad, "MoveRole" + ended.outcome(), end.message());
    return true;
  }

  private boolean write(UnaryOperator<MySQLMultiMasterStatus> edit) {
    boolean written = status.write(edit);
    // S2: after a conflict or an unknown outcome nothing goes on from the version that was read.
    claimed = claimed && written;
    if (!written) {
      world.unclaimed();
      boolean _ = status.refresh();
      wakeAfter = SOON;
    }
    return written;
  }
}
