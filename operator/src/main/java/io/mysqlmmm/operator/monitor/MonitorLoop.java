package io.mysqlmmm.operator.monitor;

import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import io.mysqlmmm.operator.core.Command.EndMove;
import io.mysqlmmm.operator.core.Command.Send;
import io.mysqlmmm.operator.core.Command.SwitchOff;
import io.mysqlmmm.operator.core.Move;
import io.mysqlmmm.operator.core.PodsSeen;
import io.mysqlmmm.operator.core.RollingStep;
import io.mysqlmmm.operator.core.Snapshot;
import io.mysqlmmm.operator.core.Topology;
import io.mysqlmmm.shared.agent.Order;
import io.mysqlmmm.shared.ledger.Ledger;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The thread of one pair's monitor: takes events, lets the {@link Monitor} decide and act, writes
 * what people look at. It blocks only in writes of the status (3 s each at most); orders are
 * carried by threads of their own and answered as events.
 */
public final class MonitorLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MonitorLoop.class);

  /** Steps that follow from each other at once; more would be a loop of the decisions. */
  private static final int MAX_STEPS = 64;

  private static final Duration IDLE = Duration.ofSeconds(1);

  /** How long a switch goes before it is told of: a write takes as long as a step of it. */
  private static final Duration SWITCH = Duration.ofSeconds(1);

  private final BlockingQueue<Event> mailbox = new LinkedBlockingQueue<>();
  private final Ticker ticker;
  private final BooleanSupplier leads;
  private final BiFunction<Topology, Topology.Host, AgentLink> links;
  private final Votes votes;
  private final Monitor monitor;
  private final Map<Topology.Host, AgentLink> linkOf = new HashMap<>();
  private final Map<Topology.Host, AgentWatch> watches = new HashMap<>();
  private final IpProbes probes;
  private final NetworkProbe network;
  private final FencingHook hook;
  private final String name;
  private final Thread thread;
  private Optional<Topology> topology = Optional.empty();
  private volatile boolean active;
  private final Rollouts rollouts = new Rollouts();
  private volatile Runnable nudge = () -> {};
  private volatile Optional<String> writer = Optional.empty();
  private List<Finding> findings = List.of();
  private Duration wakeAfter = IDLE;
  private Optional<Duration> switchingSince = Optional.empty();

  public MonitorLoop(
      MySQLMultiMaster resource,
      StatusStore store,
      BiFunction<Topology, Topology.Host, AgentLink> links,
      Ticker ticker,
      BooleanSupplier leads) {
    this.ticker = ticker;
    this.leads = leads;
    this.links = links;
    this.votes = new Votes(resource.getMetadata().getUid(), ticker.now());
    this.monitor = new Monitor(resource, store, ticker, leads, votes, this::carry, this::switchOff);
    this.probes = new IpProbes(ticker, mailbox::add);
    this.network = new NetworkProbe(ticker, mailbox::add);
    this.hook = new FencingHook(ticker, mailbox::add);
    monitor.tellOwnMoves(this::ownMoveEnded);
    this.name = nameOf(resource);
    this.thread = Thread.ofVirtual().name("monitor-" + name).unstarted(this::run);
  }

  private static String nameOf(MySQLMultiMaster resource) {
    return resource.getMetadata().getNamespace() + "/" + resource.getMetadata().getName();
  }

  /** Whether this is the loop of a resource of that name, be it that one or one before it. */
  boolean isNamedAs(MySQLMultiMaster resource) {
    return name.equals(nameOf(resource));
  }

  boolean isRunning() {
    return thread.isAlive();
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

  /** What is to be done next with the pods, given how they are; 2 s at most. */
  public RollingStep rolling(long generation, PodsSeen pods) {
    CompletableFuture<RollingStep> step = new CompletableFuture<>();
    mailbox.add(new Event.PodsLookedAt(generation, pods, step));
    try {
      return step.get(2, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new RollingStep.Wait("interrupted");
    } catch (ExecutionException | TimeoutException _) {
      return new RollingStep.Wait("the monitor is busy, or this operator does not lead");
    }
  }

  /** The writer by the newest ledger that this loop has seen. */
  public Optional<String> writer() {
    return writer;
  }

  /** Calls {@code look} whenever the Kubernetes objects should be looked after soon. */
  public void whenDue(Runnable look) {
    nudge = look;
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

  private void run() {
    MDC.put("pair", name);
    try {
      boolean going = true;
      while (going) {
        Event event = mailbox.poll(wakeAfter.toMillis(), TimeUnit.MILLISECONDS);
        while (event != null && going) {
          going = take(event);
          event = going ? mailbox.poll() : null;
        }
        if (going) {
          tryToDecide();
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      watches.values().forEach(AgentWatch::close);
    }
  }

  private boolean take(Event event) {
    monitor.take(event);
    switch (event) {
      case Event.ResourceChanged(var _, var valid) -> valid.ifPresent(this::follow);
      case Event.Provisioned(var found, var _) -> findings = found;
      case Event.Stop _ -> {
        return false;
      }
      case Event.PodsLookedAt looked -> rollouts.looked(looked);
      case Event.OrderAnswered(var host, var order, var answer) -> {
        if (order instanceof Order.Settings settings) {
          rollouts.answered(host, settings, answer);
        }
      }
      case Event.OrderLost(var host, var order, var _) -> {
        if (order instanceof Order.Settings) {
          rollouts.lost(host);
        }
      }
      case Event.AgentReported _,
          Event.AgentSilent _,
          Event.IpsProbed _,
          Event.HookAnswered _,
          Event.NetworkPinged _ -> {}
    }
    return true;
  }

  /** Links and watches for the hosts of this topology, and none for others. */
  private void follow(Topology topology) {
    this.topology = Optional.of(topology);
    active = topology.mode() != Topology.Mode.PASSIVE;
    for (Topology.Host host : topology.hosts()) {
      linkOf.computeIfAbsent(
          host,
          h -> {
            AgentLink link = links.apply(topology, h);
            AgentWatch watch =
                new AgentWatch(
                    h.name(),
                    link,
                    ticker,
                    votes,
                    leads,
                    () -> active,
                    topology.timing().heartbeat(),
                    mailbox::add);
            watches.put(h, watch);
            watch.start();
            return link;
          });
    }
    for (Topology.Host gone : List.copyOf(linkOf.keySet())) {
      if (!topology.hosts().contains(gone)) {
        Optional.ofNullable(watches.remove(gone)).ifPresent(AgentWatch::close);
        linkOf.remove(gone);
      }
    }
  }

  /**
   * A defect in one decision must not end the monitor: votes go on, and what is seen may change.
   */
  private void tryToDecide() {
    try {
      decideAndAct();
    } catch (RuntimeException e) {
      LOG.error("deciding failed; trying again", e);
      wakeAfter = IDLE;
    }
  }

  private void decideAndAct() {
    for (int i = 0; i < MAX_STEPS; i++) {
      Monitor.Step step = monitor.step();
      wakeAfter = step.wakeAfter();
      step.seen().ifPresent(this::probe);
      if (!step.again()) {
        if (step.seen().filter(this::roll).isPresent()) {
          continue;
        }
        if (leads.getAsBoolean() && !switching(step)) {
          tell(step);
          rollouts.answer();
        }
        return;
      }
    }
    LOG.error("{} decisions in a row without rest; pausing", MAX_STEPS);
    wakeAfter = IDLE;
  }

  private boolean switching(Monitor.Step step) {
    if (step.decision().filter(d -> d.verdict().switching()).isEmpty()) {
      switchingSince = Optional.empty();
      return false;
    }
    Duration since = switchingSince.orElse(ticker.now());
    switchingSince = Optional.of(since);
    return ticker.now().minus(since).compareTo(SWITCH) < 0;
  }

  /** What is remembered of a step is in status before anybody acts on it. */
  private void tell(Monitor.Step step) {
    if (!passive(step)) {
      monitor
          .status()
          .project(step.seen(), step.decision(), findings, rollouts.last(monitor.generation()));
      monitor.tellNews();
    }
  }

  private void probe(Snapshot seen) {
    probes.probe(seen, List.copyOf(linkOf.values()));
    network.probe(seen);
  }

  private void switchOff(SwitchOff off) {
    topology.ifPresent(t -> hook.call(t, off));
  }

  /** I5: in Passive not even the status is written. */
  private static boolean passive(Monitor.Step step) {
    return step.seen().filter(s -> s.topology().mode() == Topology.Mode.PASSIVE).isPresent();
  }

  /** Plans the next step with the pods; whether there is something to decide about at once. */
  private boolean roll(Snapshot seen) {
    Optional<String> before = writer;
    writer = seen.ledger().map(Ledger::writer);
    Optional<RollingStep> last = rollouts.last();
    Optional<RollingStep> step = rollouts.plan(seen);
    rollouts.order().ifPresent(monitor::carry);
    if (!writer.equals(before)
        || (!step.equals(last) && step.filter(MonitorLoop::ofPods).isPresent())) {
      nudge.run();
    }
    boolean wanted = monitor.want(rollouts.wanted(seen));
    return monitor.onPurpose(rollouts.onPurpose()) || wanted;
  }

  private static boolean ofPods(RollingStep step) {
    return step instanceof RollingStep.Restart
        || step instanceof RollingStep.NoteSettings
        || step instanceof RollingStep.Remove;
  }

  private void ownMoveEnded(EndMove end) {
    rollouts.moveEnded(end, ticker.now());
    if (end.outcome() != Move.Outcome.REFUSED) {
      boolean undone = end.outcome() == Move.Outcome.ABORTED;
      monitor
          .status()
          .event(
              undone,
              undone ? "MoveRoleAborted" : "MoveRoleDone",
              "%s By the operator: %s".formatted(end.message(), rollouts.why()));
    }
  }

  private void carry(Send send) {
    Optional<AgentLink> link =
        linkOf.entrySet().stream()
            .filter(e -> e.getKey().name().equals(send.host()))
            .map(Map.Entry::getValue)
            .findFirst();
    Order order = send.order();
    Thread.ofVirtual()
        .name(order.getClass().getSimpleName() + "-" + send.host())
        .start(
            () ->
                mailbox.add(
                    link.isPresent()
                        ? call(send, link.get())
                        : new Event.OrderLost(send.host(), order, "it is no host of the pair")));
  }

  private static Event call(Send send, AgentLink link) {
    try {
      return new Event.OrderAnswered(send.host(), send.order(), link.order(send.order()));
    } catch (IOException e) {
      return new Event.OrderLost(send.host(), send.order(), Causes.of(e));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Event.OrderLost(send.host(), send.order(), "interrupted");
    }
  }
}
