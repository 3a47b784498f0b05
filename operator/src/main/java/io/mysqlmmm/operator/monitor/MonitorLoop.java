package io.mysqlmmm.operator.monitor;

import io.mysqlmmm.api.v1alpha1.LastMove;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMasterStatus;
import io.mysqlmmm.operator.core.Command;
import io.mysqlmmm.operator.core.Command.BeginMove;
import io.mysqlmmm.operator.core.Command.EndMove;
import io.mysqlmmm.operator.core.Command.Send;
import io.mysqlmmm.operator.core.Command.WriteLedger;
import io.mysqlmmm.operator.core.Decider;
import io.mysqlmmm.operator.core.Decision;
import io.mysqlmmm.operator.core.Mark;
import io.mysqlmmm.operator.core.Move;
import io.mysqlmmm.operator.core.Snapshot;
import io.mysqlmmm.operator.core.Topology;
import io.mysqlmmm.operator.core.Verdict;
import io.mysqlmmm.shared.agent.Answer;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.Order;
import io.mysqlmmm.shared.agent.Standing;
import io.mysqlmmm.shared.ledger.Ledger;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The monitor of one pair: takes events, decides, acts, writes status; one virtual thread. It
 * blocks only in writes of the status (3 s each at most); orders are given by others and answered
 * as events.
 */
public final class MonitorLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MonitorLoop.class);

  /** Steps that follow from each other at once; more would be a loop of the decisions. */
  private static final int MAX_STEPS = 64;

  private static final Duration IDLE = Duration.ofSeconds(1);

  private final BlockingQueue<Event> mailbox = new LinkedBlockingQueue<>();
  private final Ticker ticker;
  private final BooleanSupplier leads;
  private final BiFunction<Topology, Topology.Host, AgentLink> links;
  private final World world;
  private final Dispatcher dispatcher;
  private final StatusWriter status;
  private final Map<Topology.Host, AgentLink> linkOf = new HashMap<>();
  private final Map<Topology.Host, AgentWatch> watches = new HashMap<>();
  private final IpProbes probes;
  private final Thread thread;
  private List<Finding> findings = List.of();
  private @Nullable Verdict verdict;
  private boolean claimed;
  private Duration wakeAfter = IDLE;

  public MonitorLoop(
      MySQLMultiMaster resource,
      StatusStore store,
      BiFunction<Topology, Topology.Host, AgentLink> links,
      Ticker ticker,
      BooleanSupplier leads) {
    this.ticker = ticker;
    this.leads = leads;
    this.links = links;
    this.world = new World(resource);
    this.dispatcher = new Dispatcher(ticker, mailbox::add);
    this.status = new StatusWriter(store, ticker, world);
    this.probes = new IpProbes(ticker, mailbox::add);
    String name = resource.getMetadata().getNamespace() + "/" + resource.getMetadata().getName();
    this.thread = Thread.ofVirtual().name("monitor-" + name).unstarted(() -> run(name));
  }

  /** Starts the loop; it claims the ledger (S2) before its first order. */
  public void start() {
    thread.start();
  }

  /** The resource as it is now, with its checked form when the spec is valid. */
  public void resourceChanged(MySQLMultiMaster resource, Optional<Topology> topology) {
    mailbox.add(new Event.ResourceChanged(resource, topology));
  }

  /** The Kubernetes objects were looked after. */
  public void provisioned(List<Finding> found, List<Order.Database> databases) {
    mailbox.add(new Event.Provisioned(found, databases));
  }

  /** Ends the loop without touching the pair; blocks until it has ended, ten seconds at most. */
  @Override
  public void close() {
    mailbox.add(new Event.Stop());
    join();
  }

  private void join() {
    try {
      if (!thread.join(Duration.ofSeconds(10))) {
        LOG.warn("{} did not end in time", thread.getName());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(String name) {
    MDC.put("pair", name);
    try {
      world.resumeMove(ticker.now());
      boolean going = true;
      while (going) {
        Event event = mailbox.poll(wakeAfter.toMillis(), TimeUnit.MILLISECONDS);
        while (event != null && going) {
          going = take(event);
          event = going ? mailbox.poll() : null;
        }
        if (going) {
          decideAndAct();
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      watches.values().forEach(AgentWatch::close);
    }
  }

  private boolean take(Event event) {
    switch (event) {
      case Event.ResourceChanged(var resource, var topology) -> {
        world.resource(resource, ticker.now());
        topology.ifPresent(this::follow);
      }
      case Event.Provisioned(var found, var databases) -> {
        findings = found;
        world.databases(databases);
      }
      case Event.AgentReported(var _, var state, var at) -> world.heard(state, at);
      case Event.AgentSilent(var host, var cause, var since) -> world.silent(host, cause, since);
      case Event.OrderAnswered answered -> answered(answered);
      case Event.OrderLost(var host, var order, var cause) -> {
        dispatcher.ended(host, order);
        LOG.warn("{} to {}: no answer: {}", name(order), host, cause);
      }
      case Event.IpsProbed(var inUse) -> world.ipsInUse(inUse);
      case Event.Stop _ -> {
        return false;
      }
    }
    return true;
  }

  /** Links and watches for the hosts of this topology, and none for others. */
  private void follow(Topology topology) {
    world.topology(topology);
    for (Topology.Host host : topology.hosts()) {
      linkOf.computeIfAbsent(
          host,
          h -> {
            AgentLink link = links.apply(topology, h);
            AgentWatch watch = new AgentWatch(h.name(), link, ticker, mailbox::add);
            watches.put(h, watch);
            watch.start();
            return link;
          });
    }
    for (Topology.Host gone : List.copyOf(linkOf.keySet())) {
      if (!topology.hosts().contains(gone)) {
        Optional.ofNullable(watches.remove(gone)).ifPresent(AgentWatch::close);
        linkOf.remove(gone);
        if (topology.hosts().stream().noneMatch(h -> h.name().equals(gone.name()))) {
          world.forget(gone.name());
        }
      }
    }
  }

  private void answered(Event.OrderAnswered event) {
    Order order = event.order();
    dispatcher.ended(event.host(), order);
    world.heard(event.answer().observed(), ticker.now());
    switch (event.answer()) {
      case Answer.Done done -> {
        LOG.info("{} to {}: done", name(order), event.host());
        confirmed(order, done);
      }
      case Answer.Refused(var rule, var reason, var _) -> {
        LOG.warn("{} to {}: refused by {}: {}", name(order), event.host(), rule, reason);
        // S8: somebody was faster; the next decision rests on what is true now.
        if (!rule.equals("S8")) {
          failMove(order, "%s refused: %s".formatted(event.host(), reason));
        }
      }
      case Answer.Failed(var reason, var _) -> {
        LOG.warn("{} to {}: failed: {}", name(order), event.host(), reason);
        failMove(order, "%s: %s".formatted(event.host(), reason));
      }
    }
  }

  private void confirmed(Order order, Answer.Done done) {
    switch (order) {
      case Order.Mark mark -> rememberMark(mark, done);
      case Order.Databases databases -> world.databasesDone(databases.databases());
      case Order.Release _,
          Order.Activate _,
          Order.Promise _,
          Order.Await _,
          Order.Solo _,
          Order.Lease _,
          Order.Replicate _,
          Order.Hold _,
          Order.Roles _ -> {}
    }
  }

  private void rememberMark(Order.Mark mark, Answer.Done done) {
    Optional<Ledger> ledger = world.ledger();
    Standing standing = done.observed().standing();
    if (ledger.isEmpty()
        || world.topology().isEmpty()
        || !(done.observed().mysqld() instanceof Mysqld.Running running)) {
      return;
    }
    String peer = world.topology().get().peerOf(ledger.get().writer()).name();
    world
        .agent(peer)
        .flatMap(io.mysqlmmm.operator.core.Reading::known)
        .ifPresent(
            p ->
                world.mark(
                    new Mark(
                        mark.target().serverUuid(),
                        p.standing().serverUuid(),
                        mark.target().epoch(),
                        standing.leaseVersion(),
                        running.executed())));
  }

  /** An order in the path of a move that failed undoes it; others are tried again. */
  private void failMove(Order order, String why) {
    boolean inPath =
        switch (order) {
          case Order.Release _, Order.Promise _, Order.Activate _ -> true;
          case Order.Await _,
              Order.Solo _,
              Order.Lease _,
              Order.Mark _,
              Order.Replicate _,
              Order.Hold _,
              Order.Roles _,
              Order.Databases _ ->
              false;
        };
    if (inPath) {
      world.move(world.move().map(m -> m.failed(why)));
    }
  }

  private void decideAndAct() {
    for (int step = 0; step < MAX_STEPS; step++) {
      if (!leads.getAsBoolean()) {
        // S4: without a fresh renewal nothing is ordered and nothing written.
        wakeAfter = IDLE;
        return;
      }
      Optional<Snapshot> seen = world.snapshot(ticker.now());
      if (seen.isEmpty()) {
        wakeAfter = IDLE;
        status.project(Optional.empty(), Optional.empty(), findings);
        return;
      }
      if (!claimed) {
        if (!claim()) {
          wakeAfter = IDLE;
          return;
        }
        continue;
      }
      Decision decision = Decider.decide(seen.get());
      tell(decision);
      if (!execute(decision, seen.get())) {
        status.project(seen, Optional.of(decision), findings);
        return;
      }
    }
    LOG.error("{} decisions in a row without rest; pausing", MAX_STEPS);
    wakeAfter = IDLE;
  }

  /** S2: a ledger is written anew by its leader before the leader's first order. */
  private boolean claim() {
    Optional<Ledger> ledger = world.ledger();
    if (ledger.isEmpty() || passive()) {
      claimed = true;
      return true;
    }
    claimed = writeLedger(ledger.get().claimed());
    return claimed;
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
  private boolean execute(Decision decision, Snapshot seen) {
    wakeAfter = decision.recheckAfter().orElse(IDLE);
    probes.probeIfUnclaimed(seen, List.copyOf(linkOf.values()));
    for (Command command : decision.commands()) {
      switch (command) {
        case Send send -> dispatch(send, seen.topology());
        case WriteLedger write -> {
          return writeLedger(write.next());
        }
        case BeginMove begin -> {
          return begin(begin.move());
        }
        case EndMove end -> {
          return end(end);
        }
      }
    }
    return false;
  }

  private void dispatch(Send send, Topology topology) {
    AgentLink link = linkOf.get(topology.host(send.host()));
    if (link != null) {
      Optional<Duration> retry = dispatcher.send(send, link);
      retry.filter(r -> r.compareTo(wakeAfter) < 0).ifPresent(r -> wakeAfter = r);
      if (world.move().isPresent() && send.order() instanceof Order.Release) {
        status.releasing(ticker.now());
      }
    }
  }

  private boolean writeLedger(Ledger next) {
    LOG.info("ledger: {}", next);
    return wrote(status.write(s -> StatusEdits.withLedger(s, Ledgers.render(next))));
  }

  private boolean begin(Move move) {
    LOG.info("move of {} from {} to {}", move.request().role(), move.from(), move.to());
    LastMove begun = StatusEdits.begun(move, ticker.wall());
    if (!wrote(status.write(s -> StatusEdits.withLastMove(s, begun)))) {
      return false;
    }
    world.move(Optional.of(move));
    return true;
  }

  private boolean end(EndMove end) {
    LOG.info("move {}: {}", end.outcome(), end.message());
    status.served(ticker.now());
    LastMove ended =
        StatusEdits.ended(
            end,
            Optional.ofNullable(world.resource().getStatus()).map(MySQLMultiMasterStatus::lastMove),
            status.pause(),
            ticker.wall());
    if (!wrote(status.write(s -> StatusEdits.withLastMove(s, ended)))) {
      return false;
    }
    world.move(Optional.empty());
    boolean bad = end.outcome() != Move.Outcome.DONE;
    status.event(bad, "MoveRole" + ended.outcome(), end.message());
    return true;
  }

  private boolean wrote(boolean written) {
    // S2: after a conflict or an unknown outcome nothing goes on from the version that was read.
    claimed = claimed && written;
    if (!written) {
      status.refresh();
      wakeAfter = Duration.ofMillis(50);
    }
    return written;
  }

  private static String name(Order order) {
    return order.getClass().getSimpleName();
  }
}
