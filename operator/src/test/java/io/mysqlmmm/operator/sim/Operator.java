package io.mysqlmmm.operator.sim;

import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import io.mysqlmmm.operator.core.Command.Send;
import io.mysqlmmm.operator.core.Decision;
import io.mysqlmmm.operator.core.Topology;
import io.mysqlmmm.operator.core.Verdict;
import io.mysqlmmm.operator.lead.LeaseTerm;
import io.mysqlmmm.operator.monitor.Event;
import io.mysqlmmm.operator.monitor.Monitor;
import io.mysqlmmm.operator.monitor.Ticker;
import io.mysqlmmm.operator.monitor.Votes;
import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Answer;
import io.mysqlmmm.shared.agent.Beat;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An operator's process: takes the Lease by the real rules of a term, and while it leads drives the
 * real monitor and the real votes, by polls and messages that can fail.
 */
final class Operator extends Actor implements Ticker {
  private static final long SILENCE = 1000;
  private static final long ANSWER = 1200;

  private final World world;
  private final double drift;
  private final long origin;
  private LeaseTerm term = new LeaseTerm();
  private String identity = "";
  private int identities;
  private Map<String, String> ipsInUse = Map.of();
  private boolean leading;
  private Optional<Monitor> monitor = Optional.empty();
  private Optional<Votes> votes = Optional.empty();
  private Votes careless = new Votes(World.UID, Duration.ZERO);
  private final Map<String, Long> lastHeard = new HashMap<>();
  private final Map<String, AgentState> told = new HashMap<>();
  private boolean passive;
  private int termCount;
  private long wake;
  private long writingUntil;
  Verdict verdict = Verdict.AWAITING_BOTH_MASTERS;
  String because = "";

  Operator(World world, String name) {
    super(name);
    this.world = world;
    this.drift = world.setup.drift(name, world.time.random.nextDouble());
    this.origin = world.time.random.nextInt(1_000_000);
  }

  @Override
  public Duration now() {
    return Timeline.clock(world.time.now(), drift, origin);
  }

  @Override
  public Instant wall() {
    return Instant.EPOCH.plusMillis(world.time.now());
  }

  void start() {
    term = new LeaseTerm();
    newIdentity();
    elect();
  }

  void restart() {
    endTerm();
    world.time.in(
        500L + world.time.random.nextInt(2000),
        () -> {
          if (!up()) {
            live();
            start();
          }
        });
  }

  private void newIdentity() {
    identities++;
    identity = name + "_" + identities;
  }

  boolean leads() {
    return leading && (term.ours(now()) || world.without(Rule.LEADER_FRESH));
  }

  // --- leadership

  private void elect() {
    Duration sentAt = now();
    world.time.send(
        name,
        world.api,
        () -> {
          Api.LeaseRecord seen = world.api.lease();
          world.time.send(world.api.name, this, () -> judge(seen, sentAt));
        });
    if (leading && !leads()) {
      endTerm();
      newIdentity();
    }
    watchAgain();
    world.time.in(500, this, this::elect);
  }

  /** A watch that lost something begins anew: sooner or later all changes are seen. */
  private void watchAgain() {
    world.time.send(
        name,
        world.api,
        () -> {
          MySQLMultiMaster now = world.api.resource();
          world.time.send(
              world.api.name,
              this,
              () -> take(new Event.ResourceChanged(now, Optional.of(world.topology()))));
        });
  }

  private void judge(Api.LeaseRecord seen, Duration sentAt) {
    boolean ours = seen.holder().equals(identity);
    boolean free = seen.holder().isEmpty();
    if (!ours && !free && !term.expired(seen.holder() + "@" + seen.version(), now())) {
      return;
    }
    String me = identity;
    world.time.send(
        name,
        world.api,
        () -> {
          if (world.api.takeLease(seen.version(), me)) {
            world.time.send(world.api.name, this, () -> renewed(me, sentAt));
          }
        });
  }

  private void renewed(String who, Duration sentAt) {
    if (!who.equals(identity)) {
      return;
    }
    term.renewed(sentAt);
    if (!leading && term.ours(now())) {
      beginTerm();
    }
  }

  private void beginTerm() {
    leading = true;
    termCount++;
    world.note(() -> name + " leads as " + identity);
    Duration start = world.without(Rule.LEADER_BEFORE) ? Duration.ofDays(-1) : now();
    Votes counted = new Votes(World.UID, start);
    // What is not counted is as good as never given.
    Votes given = world.without(Rule.PROOF) ? new Votes(World.UID, start) : counted;
    votes = Optional.of(given);
    careless = new Votes(World.UID, start);
    told.clear();
    world.hosts.forEach(h -> lastHeard.put(h.name, world.time.now()));
    Monitor now =
        new Monitor(
            world.api.resource(),
            new Api.Store(world, this),
            this,
            this::leads,
            counted,
            this::carry,
            _ -> {});
    monitor = Optional.of(now);
    take(new Event.ResourceChanged(world.api.resource(), Optional.of(world.topology())));
    int count = termCount;
    world.hosts.forEach(h -> poll(h.name, -1, count));
    wake(0);
  }

  private void endTerm() {
    leading = false;
    ipsInUse = Map.of();
    monitor = Optional.empty();
    votes = Optional.empty();
    termCount++;
  }

  // --- the monitor

  void take(Event event) {
    if (event instanceof Event.ResourceChanged(var resource, var topology)) {
      Api.ledgerOf(resource).ifPresent(careless::voteFor);
      passive = topology.filter(t -> t.mode() == Topology.Mode.PASSIVE).isPresent();
    }
    monitor.ifPresent(
        m -> {
          m.take(event);
          if (!writing()) {
            wake(0);
          }
        });
  }

  /** Whether a write of the last step still takes its time. */
  private boolean writing() {
    return world.time.now() < writingUntil;
  }

  /** The next step is taken then; one planned before is not. */
  private void wake(long millis) {
    long mine = ++wake;
    world.time.in(
        millis + 1,
        this,
        () -> {
          if (mine == wake) {
            step();
          }
        });
  }

  private void step() {
    if (monitor.isEmpty()) {
      return;
    }
    Monitor.Step step = monitor.get().step();
    step.decision()
        .ifPresent(
            decision -> {
              note(decision);
              world.lies.alsoOrdered(decision, told).forEach(this::carry);
            });
    if (step.again()) {
      // The write that it did takes its time; what comes meanwhile waits in the mailbox.
      long millis = world.time.random.nextInt(20);
      writingUntil = world.time.now() + millis;
      wake(millis);
    } else {
      wake(Math.max(1, step.wakeAfter().toMillis()));
    }
    step.seen().filter(seen -> seen.ledger().isEmpty()).ifPresent(_ -> probeIps());
  }

  /** What ARP probes find while there is no ledger: whoever holds the IP answers, a host too. */
  private void probeIps() {
    Map<String, String> inUse =
        world.hosts.stream()
            .filter(Host::holdsVip)
            .collect(Collectors.toMap(_ -> World.VIP, h -> h.name, (one, _) -> one));
    if (!inUse.equals(ipsInUse)) {
      ipsInUse = inUse;
      take(new Event.IpsProbed(inUse, Set.of()));
    }
  }

  private void note(Decision decision) {
    if (decision.verdict() != verdict) {
      world.note(() -> name + ": " + decision.verdict() + ": " + decision.because());
      world.coverage.merge(decision.verdict(), 1, Integer::sum);
    }
    verdict = decision.verdict();
    because = decision.because();
  }

  /** Whether it knows that it must change nothing (I5). */
  boolean passive() {
    return passive;
  }

  private void carry(Send send) {
    if (passive) {
      throw new Violation("I5", name + " orders " + World.brief(send.order()) + " in Passive");
    }
    Agent agent = world.host(send.host()).agent;
    int count = termCount;
    boolean[] answered = new boolean[1];
    world.time.send(
        name,
        agent,
        () ->
            agent.order(
                send.order(),
                answer ->
                    world.time.send(
                        agent.name,
                        this,
                        () -> {
                          if (!answered[0] && count == termCount) {
                            answered[0] = true;
                            answered(send, answer);
                          }
                        })));
    world.time.in(
        send.order().target().budget().toMillis() + 1000,
        this,
        () -> {
          if (!answered[0] && count == termCount) {
            answered[0] = true;
            take(new Event.OrderLost(send.host(), send.order(), "timed out"));
          }
        });
  }

  private void answered(Send send, Answer answer) {
    world.note(
        () ->
            name
                + " hears of "
                + World.brief(send.order())
                + " at "
                + send.host()
                + ": "
                + (answer instanceof Answer.Refused r
                    ? r.toString().split("observed", 2)[0]
                    : answer instanceof Answer.Failed f ? "Failed " + f.reason() : "Done"));
    take(
        new Event.OrderAnswered(
            send.host(), send.order(), world.lies.believed(answer, writerAway())));
  }

  private void poll(String host, long since, int count) {
    if (count != termCount || votes.isEmpty()) {
      return;
    }
    Agent agent = world.host(host).agent;
    boolean[] over = new boolean[1];
    Beat beat = beat(host);
    world.time.send(
        name,
        agent,
        () ->
            agent.watch(
                beat,
                since,
                state ->
                    world.time.send(
                        agent.name,
                        this,
                        () -> {
                          if (over[0] || count != termCount || votes.isEmpty()) {
                            return;
                          }
                          over[0] = true;
                          lastHeard.put(host, world.time.now());
                          told.put(host, state);
                          if (leads() && world.api.reachable(name)) {
                            world.law.told(state.standing());
                          }
                          votes.get().heard(state, now());
                          careless.heard(state, now());
                          take(
                              new Event.AgentReported(
                                  host, world.lies.believed(state, writerAway()), now()));
                          poll(host, state.sequence(), count);
                        })));
    world.time.in(
        ANSWER,
        this,
        () -> {
          if (!over[0] && count == termCount) {
            over[0] = true;
            tellOfSilence(host);
            world.time.in(100, this, () -> poll(host, -1, count));
          }
        });
  }

  /** Whether nothing good was heard of the ledger's writer for a second. */
  private boolean writerAway() {
    return world
        .api
        .ledger()
        .filter(
            l ->
                world.time.now() - lastHeard.getOrDefault(l.writer(), 0L) > SILENCE
                    || !world.host(l.writer()).server.up)
        .isPresent();
  }

  private Beat beat(String host) {
    Beat beat = votes.orElseThrow().beat(host, leads());
    return beat.echo().isEmpty() && world.without(Rule.WITHHELD)
        ? careless.beat(host, leads())
        : beat;
  }

  private void tellOfSilence(String host) {
    long ago = world.time.now() - lastHeard.getOrDefault(host, 0L);
    if (ago > SILENCE) {
      take(new Event.AgentSilent(host, "no answer", now().minusMillis(ago)));
    }
  }
}
