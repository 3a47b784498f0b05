package io.mysqlmmm.operator.sim;

import io.mysqlmmm.shared.agent.AgentRules;
import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.AgentState.NetworkState;
import io.mysqlmmm.shared.agent.Answer;
import io.mysqlmmm.shared.agent.Beat;
import io.mysqlmmm.shared.agent.BootTime;
import io.mysqlmmm.shared.agent.LeaseRules;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.Mysqld.ThreadState;
import io.mysqlmmm.shared.agent.Order;
import io.mysqlmmm.shared.agent.Standing;
import io.mysqlmmm.shared.agent.StartRules;
import io.mysqlmmm.shared.agent.VipLifetime;
import io.mysqlmmm.shared.agent.Vitals;
import io.mysqlmmm.shared.agent.WriteMode;
import io.mysqlmmm.shared.gtid.GtidSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;

/**
 * An agent's process: the real rules decide, the effects are steps of their own, so that it can die
 * or freeze between the durable record and the effect, and between the effect and the answer.
 */
final class Agent extends Actor {
  private static final long TICK = 50;

  /** How often super_read_only is asked for, every 10 ms, in a planned release. */
  private static final int PATIENCE = 100;

  private record Poll(long since, Consumer<AgentState> answer) {}

  private record Heard(long epoch, BootTime clock) {}

  private record Work(Order order, Consumer<Answer> answer) {}

  private final World world;
  private final Host host;
  private final Queue<Work> queue = new ArrayDeque<>();
  private BootTime leaseEnd = BootTime.NEVER;
  private BootTime heardAt = BootTime.NEVER;
  private Optional<Heard> heard = Optional.empty();
  private boolean leasedVip;
  private boolean busy;
  private boolean lookedFull;
  private long sequence;
  private long ticks;
  private long diedAt;
  private Optional<Poll> poll = Optional.empty();
  private Object told = "";

  Agent(World world, Host host) {
    super(host.name);
    this.world = world;
    this.host = host;
  }

  /** The process starts: what is on disk is taken up, as one more start. */
  void start() {
    if (host.full) {
      // It cannot keep that it starts (S7), and ends.
      die();
      restart();
      return;
    }
    lookedFull = false;
    Standing kept = host.disk.standing;
    if (world.without(Rule.PROMISE_ON_DISK)) {
      kept = forgetting(kept, kept.versionSeen(), 0, kept.released());
    }
    if (world.without(Rule.VERSION_ON_DISK)) {
      kept = forgetting(kept, 0, kept.promised(), kept.released());
    }
    if (world.without(Rule.RELEASE_ON_DISK)) {
      kept = forgetting(kept, kept.versionSeen(), kept.promised(), 0);
    }
    // Another server_uuid than the one that it was written for: nothing promised holds (S7).
    boolean known = kept.serverUuid().equals(host.disk.uuid);
    host.disk.standing = known ? kept.started() : Standing.initial().of(host.disk.uuid).started();
    if (!known) {
      host.disk.leaseEnd = BootTime.NEVER;
    }
    if (!host.doubtful()) {
      host.opened();
    }
    leaseEnd = host.disk.leaseEnd;
    heardAt =
        world.without(Rule.VOTER_RESTART) ? host.clock().plus(Duration.ofDays(-1)) : host.clock();
    heard = Optional.empty();
    queue.clear();
    poll = Optional.empty();
    busy = false;
    leasedVip = false;
    sequence = 0;
    world.time.in(world.time.random.nextInt((int) TICK), this, this::tick);
  }

  private static Standing forgetting(Standing s, long version, long promised, long released) {
    WriteMode mode =
        released < s.activeEpoch() && s.mode() == WriteMode.NONE && released == 0
            ? WriteMode.SOLO
            : s.mode();
    return new Standing(
        s.serverUuid(),
        version,
        s.activeEpoch(),
        promised,
        released,
        mode,
        s.leaseVersion(),
        s.pairedWith(),
        s.votingFor(),
        s.startCount(),
        s.unjudged(),
        s.cloneGuard());
  }

  void restart() {
    world.time.in(
        300L + world.time.random.nextInt(1500),
        () -> {
          if (!up()) {
            live();
            start();
          }
        });
  }

  void mysqldDied() {
    diedAt = world.time.now();
  }

  private Standing standing() {
    return host.disk.standing;
  }

  private void store(Standing next) {
    if (!next.activeIn(standing().activeEpoch())) {
      host.disk.leaseEnd = BootTime.NEVER;
      leaseEnd = BootTime.NEVER;
    }
    host.disk.standing = next;
  }

  private boolean mayWrite() {
    return LeaseRules.mayWrite(standing(), leaseEnd, host.clock())
        || (world.without(Rule.FENCE) && standing().mayWrite());
  }

  // --- what it does by itself

  private void tick() {
    ticks++;
    lease();
    if (ticks % 4 == 0) {
      vote();
      upkeep();
    }
    guard();
    tellScript();
    launch();
    if (ticks % 100 == 0) {
      lookedFull = host.full;
    }
    if (ticks % 2 == 0) {
      host.server.apply();
      host.server.pump();
    }
    answerPoll();
    world.time.in(TICK, this, this::tick);
  }

  private void lease() {
    if (standing().mayWrite() && !mayWrite()) {
      host.releaseVip();
      if (host.server.up && host.server.writable) {
        world.time.in(1L + world.time.random.nextInt(200), this, this::fence);
      } else if (host.server.hung && !world.without(Rule.KILL)) {
        host.killMysqld();
      }
    }
  }

  private void fence() {
    if (standing().mayWrite() && mayWrite()) {
      return;
    }
    if (host.server.up && !host.server.setReadOnly() && !world.without(Rule.KILL)) {
      host.killMysqld();
    }
  }

  private void guard() {
    if (busy || !host.server.answers()) {
      return;
    }
    boolean mayWrite = mayWrite();
    if (host.server.writable && !mayWrite) {
      boolean _ = host.server.setReadOnly();
    } else if (!host.server.writable && mayWrite) {
      becomeWritable();
    }
  }

  private void becomeWritable() {
    host.server.setSemiSync(world.setup.lossless() && standing().mode() == WriteMode.PAIRED);
    host.server.writable = true;
    world.writes(host);
    tellScript();
    upkeep();
  }

  /** Virtual IP: held anew, left, or taken off. */
  private void upkeep() {
    boolean running = host.server.answers();
    if (!standing().mayWrite() || !mayWrite() || (running && !host.server.writable)) {
      host.releaseVip();
      return;
    }
    if (!host.server.up) {
      host.releaseVip();
      return;
    }
    if (!running) {
      return;
    }
    boolean leased = standing().mode() == WriteMode.PAIRED;
    Optional<Duration> lifetime = leased ? leaseLifetime() : Optional.of(World.TTL);
    if (lifetime.isPresent()) {
      leasedVip = leased;
      host.holdVip(lifetime.get().toSeconds());
    } else if (!leasedVip && !world.without(Rule.VIP_SHORTENED)) {
      host.releaseVip();
    }
  }

  private Optional<Duration> leaseLifetime() {
    return VipLifetime.within(leaseEnd.leftAt(host.clock()), LeaseRules.MARGIN);
  }

  private void launch() {
    if (host.server.up) {
      return;
    }
    long asked = world.time.now() - diedAt - 500;
    if (busy || asked <= 0 || StartRules.waits(standing(), mayWrite(), Duration.ofMillis(asked))) {
      return;
    }
    if (host.doubtful()) {
      rename();
    } else {
      host.startMysqld();
    }
  }

  /** The name first, and the durable record last (S22). */
  private void rename() {
    if (host.full) {
      return;
    }
    busy = true;
    host.disk.uuid = host.nextUuid();
    then(
        () -> {
          busy = false;
          if (!host.full) {
            store(standing().of(host.disk.uuid));
            host.opened();
          }
          next();
        });
  }

  // --- the script around mysqld, which no frozen agent keeps (durability Available)

  /** As LeaseFile: the end of the lease, less what the script needs. */
  private void tellScript() {
    if (!world.setup.lossless() && mayWrite() && standing().mode() == WriteMode.PAIRED) {
      host.leaseFile = Optional.of(leaseEnd.plus(LeaseRules.FENCING.dividedBy(-2)));
    } else if (standing().mode() == WriteMode.SOLO || !host.server.writable) {
      host.leaseFile = Optional.empty();
    }
  }

  // --- votes

  private void vote() {
    Standing mine = standing();
    if (!host.master() || !LeaseRules.votes(mine)) {
      heard = Optional.empty();
      return;
    }
    Optional<BootTime> echo = heard.filter(h -> h.epoch() == mine.votingFor()).map(Heard::clock);
    Beat beat = new Beat(World.UID, mine.serverUuid(), mine.votingFor(), echo);
    Agent writer = host.other().agent;
    world.time.send(
        name,
        writer,
        () -> {
          writer.beat(beat);
          BootTime clock = host.other().clock();
          world.time.send(writer.name, this, () -> hear(mine.votingFor(), clock));
        });
  }

  private void hear(long epoch, BootTime clock) {
    if (LeaseRules.votes(standing())) {
      heardAt = host.clock();
      // An answer may overtake another one; an older clock only votes for less.
      heard = Optional.of(new Heard(epoch, clock));
    }
  }

  /** A vote for this host. */
  void beat(Beat given) {
    Beat beat = given;
    if (world.without(Rule.VOTER_UUID) && !beat.serverUuid().isEmpty()) {
      beat = new Beat(beat.resourceUid(), standing().pairedWith(), beat.epoch(), beat.echo());
    }
    if (world.without(Rule.ECHO)) {
      beat =
          new Beat(
              beat.resourceUid(),
              beat.serverUuid(),
              beat.epoch(),
              beat.echo().map(_ -> host.clock()));
    }
    BootTime now = host.clock();
    leaseEnd = LeaseRules.extended(standing(), World.UID, leaseEnd, beat, now, World.TTL);
    tellScript();
    if (leaseEnd.leftAt(now).minus(host.disk.leaseEnd.leftAt(now)).compareTo(World.TTL.dividedBy(3))
            > 0
        && !host.full) {
      host.disk.leaseEnd = leaseEnd;
    }
  }

  // --- what it tells

  /** The operator's heartbeat: answered when there is news, or after 200 ms. */
  void watch(Beat beat, long since, Consumer<AgentState> answer) {
    beat(beat);
    poll = Optional.of(new Poll(since, answer));
    world.time.in(200, this, this::flushPoll);
    answerPoll();
  }

  private void answerPoll() {
    AgentState now = state();
    Object worth =
        List.of(
            now.standing(),
            now.network(),
            now.mysqld().getClass(),
            host.server.writable,
            host.server.io,
            host.server.stalledMillis() > 500);
    if (!worth.equals(told)) {
      told = worth;
      sequence++;
    }
    if (poll.filter(p -> p.since() < sequence).isPresent()) {
      flushPoll();
    }
  }

  private void flushPoll() {
    Optional<Poll> due = poll;
    poll = Optional.empty();
    due.ifPresent(p -> p.answer().accept(state()));
  }

  AgentState state() {
    Duration unheard = host.clock().sinceBoot().minus(heardAt.sinceBoot());
    return new AgentState(
        sequence,
        World.UID,
        name,
        host.clock(),
        unheard.isNegative() ? Duration.ZERO : unheard,
        "sim",
        standing(),
        mysqld(),
        new NetworkState("eth0", "", host.holdsVip() ? List.of(World.VIP) : List.of(), List.of()),
        Optional.empty(),
        new Vitals(Instant.EPOCH.plusMillis(world.time.now()), volume(), writing()));
  }

  private Vitals.Volume volume() {
    return new Vitals.Volume.Seen(100, 50, false, lookedFull ? "no space" : "", 0);
  }

  private Vitals.Writing writing() {
    Server server = host.server;
    if (!server.answers() || !server.writable || !mayWrite()) {
      return new Vitals.Writing.NotDue();
    }
    long millis = server.blockedMillis();
    return new Vitals.Writing.Due(Optional.of(millis), millis, millis, server.waiting() > 0, "");
  }

  private Mysqld mysqld() {
    Server server = host.server;
    if (!server.up) {
      return new Mysqld.Absent("it died");
    }
    if (server.hung) {
      return new Mysqld.Unresponsive("no answer", world.time.now() - server.hungSince);
    }
    Optional<Mysqld.Channel> channel =
        server.source.map(
            s ->
                new Mysqld.Channel(
                    s.address,
                    3306,
                    s.disk.standing.serverUuid(),
                    server.io
                        ? (connected(s) ? ThreadState.ON : ThreadState.CONNECTING)
                        : ThreadState.OFF,
                    server.sql ? ThreadState.ON : ThreadState.OFF,
                    world.without(Rule.DRAIN) ? host.disk.executed : host.disk.received(),
                    Optional.of(0L),
                    "",
                    0,
                    Optional.empty()));
    return new Mysqld.Running(
        standing().serverUuid(),
        "9.7.4",
        !server.writable,
        server.executed(),
        GtidSet.empty(),
        channel,
        new Mysqld.SemiSync(server.semiSync, true, server.waiting(), server.stalledMillis()),
        0,
        "",
        Optional.of(Set.of()));
  }

  private boolean connected(Host source) {
    return source.server.answers()
        && world.time.reaches(source.name, name)
        && world.time.reaches(name, source.name);
  }

  // --- orders

  /** One at a time but for those that only wait, in the order of their arrival. */
  void order(Order order, Consumer<Answer> answer) {
    host.arrived(order);
    if (order instanceof Order.Await || order instanceof Order.Mark) {
      perform(order, answer);
      return;
    }
    queue.add(new Work(order, answer));
    next();
  }

  private void next() {
    if (!busy && !queue.isEmpty()) {
      busy = true;
      Work work = queue.remove();
      perform(
          work.order(),
          a -> {
            work.answer().accept(a);
            busy = false;
            next();
          });
    }
  }

  private void then(Runnable step) {
    world.time.in(world.time.random.nextInt(12), this, step);
  }

  private AgentRules.Ruling rule(Order order) {
    AgentRules.Ruling honest = AgentRules.rule(standing(), World.UID, order);
    if (world.without(Rule.JUDGED_LATER) && order instanceof Order.Start) {
      return standing().mayWrite()
          ? honest
          : new AgentRules.Ruling.Obey(standing().seen(order.target().version()));
    }
    return honest instanceof AgentRules.Ruling.Refuse ? ruleWithLies(order, honest) : honest;
  }

  /** What a refusal becomes without the rule behind it. */
  private AgentRules.Ruling ruleWithLies(Order order, AgentRules.Ruling honest) {
    Standing mine = standing();
    Order.Target t = order.target();
    Standing lied =
        new Standing(
            world.without(Rule.DATA_SET) ? t.serverUuid() : mine.serverUuid(),
            world.without(Rule.VERSION) ? 0 : mine.versionSeen(),
            mine.activeEpoch(),
            mine.promised(),
            mine.released(),
            mine.mode(),
            world.without(Rule.ONE_MODE_PER_VERSION) ? 0 : mine.leaseVersion(),
            mine.pairedWith(),
            mine.votingFor(),
            mine.startCount(),
            mine.unjudged(),
            mine.cloneGuard());
    boolean mode = order instanceof Order.Solo || order instanceof Order.Lease;
    if (world.without(Rule.ACTIVE_FIRST) && mode && !lied.activeIn(t.epoch())) {
      lied = lied.active(t.epoch(), WriteMode.SOLO, "", false);
    }
    if (!(AgentRules.rule(lied, World.UID, order) instanceof AgentRules.Ruling.Obey(Standing n))) {
      return honest;
    }
    return new AgentRules.Ruling.Obey(
        new Standing(
            mine.serverUuid(),
            Math.max(mine.versionSeen(), n.versionSeen()),
            n.activeEpoch(),
            n.promised(),
            n.released(),
            n.mode(),
            Math.max(mine.leaseVersion(), n.leaseVersion()),
            n.pairedWith(),
            n.votingFor(),
            n.startCount(),
            n.unjudged(),
            n.cloneGuard()));
  }

  private void perform(Order order, Consumer<Answer> answer) {
    if (rule(order) instanceof AgentRules.Ruling.Refuse(var rule, var reason)) {
      answer.accept(new Answer.Refused(rule, reason, state()));
      return;
    }
    if (host.full && changes(order)) {
      failed("no space", answer);
      return;
    }
    world.note(() -> name + " obeys " + World.brief(order));
    world.stepTaken();
    switch (order) {
      case Order.Promise _ when world.without(Rule.PROMISE) -> {
        host.pretendedPromise = Math.max(host.pretendedPromise, order.target().epoch());
        done(answer);
      }
      case Order.Promise _ -> {
        record(order);
        then(() -> promised(answer));
      }
      case Order.Release release -> {
        record(order);
        then(() -> released(release, answer));
      }
      case Order.Await await -> await(await.gtids(), 10, answer);
      case Order.Activate activate -> activate(activate, answer);
      case Order.Solo _ -> {
        record(order);
        then(
            () -> {
              if (host.server.answers()) {
                host.server.setSemiSync(false);
                tellScript();
                done(answer);
              } else {
                failed("mysqld does not answer", answer);
              }
            });
      }
      case Order.Lease _ -> lease(order, answer);
      case Order.Mark _ -> mark(order, answer);
      case Order.Replicate replicate -> {
        record(order);
        then(() -> replicate(replicate, answer));
      }
      case Order.Start start -> {
        record(order);
        then(() -> judge(start, answer));
      }
      case Order.Clone _, Order.Backup _ ->
          failed("the simulated pair asks a person for its clones", answer);
      case Order.Hold _ -> {
        record(order);
        host.server.stopFollowing();
        done(answer);
      }
      case Order.Roles _, Order.Databases _, Order.Settings _ -> {
        record(order);
        done(answer);
      }
    }
  }

  /** Whether it has to be kept. */
  private boolean changes(Order order) {
    return rule(order) instanceof AgentRules.Ruling.Obey(Standing next) && !next.equals(standing());
  }

  private void record(Order order) {
    if (rule(order) instanceof AgentRules.Ruling.Obey(Standing next)) {
      store(next);
    }
  }

  private void done(Consumer<Answer> answer) {
    answer.accept(new Answer.Done(state()));
  }

  private void failed(String why, Consumer<Answer> answer) {
    answer.accept(new Answer.Failed(why, state()));
  }

  private void promised(Consumer<Answer> answer) {
    if (host.server.hung) {
      failed("mysqld does not answer", answer);
    } else {
      if (!world.without(Rule.IO_AT_PROMISE)) {
        host.server.stopReceiving();
      }
      if (world.without(Rule.SOURCE_CHANGE)) {
        host.server.purgeRelayLog();
      }
      done(answer);
    }
  }

  private void released(Order.Release order, Consumer<Answer> answer) {
    if (order.kill()) {
      host.releaseVip();
    }
    close(order, PATIENCE, answer);
  }

  /** A planned release waits for the sessions that wait for the peer; a fence kills. */
  private void close(Order.Release order, int tries, Consumer<Answer> answer) {
    boolean closed = !host.server.up || host.server.setReadOnly();
    if (!closed && order.kill() && !world.without(Rule.KILL)) {
      host.killMysqld();
      closed = true;
    }
    if (!closed && !order.kill() && tries > 0) {
      world.time.in(10, this, () -> close(order, tries - 1, answer));
      return;
    }
    host.releaseVip();
    if (closed) {
      done(answer);
    } else {
      failed("super_read_only cannot be had", answer);
    }
  }

  private void await(GtidSet wanted, int tries, Consumer<Answer> answer) {
    if (host.server.answers() && host.disk.executed.contains(wanted)) {
      done(answer);
    } else if (tries == 0) {
      failed("not applied in time", answer);
    } else {
      host.server.sql |= host.server.answers();
      world.time.in(50, this, () -> await(wanted, tries - 1, answer));
    }
  }

  private void activate(Order.Activate order, Consumer<Answer> answer) {
    if (!host.server.answers()) {
      failed("mysqld is not running", answer);
      return;
    }
    if (!standing().activeIn(order.target().epoch()) || !host.server.writable) {
      store(standing().promising(order.target().epoch() - 1));
      if (!world.without(Rule.IO_AT_ACTIVATE)) {
        host.server.stopReceiving();
      }
      host.server.sql = true;
    }
    then(() -> drained(order, answer));
  }

  private void drained(Order.Activate order, Consumer<Answer> answer) {
    if (!host.server.answers()) {
      failed("mysqld went away", answer);
      return;
    }
    boolean stopped = !host.server.io || world.without(Rule.IO_AT_ACTIVATE);
    if (stopped && !world.without(Rule.DRAIN)) {
      host.server.apply();
    }
    if (!(rule(order) instanceof AgentRules.Ruling.Obey(Standing next))) {
      failed("too late", answer);
      return;
    }
    if (host.full) {
      failed("no space", answer);
      return;
    }
    store(next);
    BootTime now = host.clock();
    BootTime end = LeaseRules.granted(order.echo(), now, World.TTL);
    if (end.leftAt(now).compareTo(leaseEnd.leftAt(now)) > 0) {
      leaseEnd = end;
      host.disk.leaseEnd = end;
    }
    then(() -> write(10, answer));
  }

  private void write(int tries, Consumer<Answer> answer) {
    if (!host.server.answers()) {
      failed("mysqld went away", answer);
    } else if (mayWrite()) {
      becomeWritable();
      done(answer);
    } else if (tries == 0) {
      failed("there is no lease", answer);
    } else {
      world.time.in(50, this, () -> write(tries - 1, answer));
    }
  }

  private void lease(Order order, Consumer<Answer> answer) {
    if (!host.server.answers()) {
      failed("mysqld is not running", answer);
    } else if (leaseLifetime().isEmpty() && !world.without(Rule.VIP_SHORTENED)) {
      failed("there is no lease", answer);
    } else {
      host.server.setSemiSync(world.setup.lossless());
      record(order);
      tellScript();
      then(
          () -> {
            if (!world.without(Rule.VIP_SHORTENED)) {
              upkeep();
            }
            done(answer);
          });
    }
  }

  /** S18: as the agent does, with the new name first, and the durable record last. */
  private void judge(Order.Start order, Consumer<Answer> answer) {
    if (!standing().unjudged()) {
      done(answer);
    } else if (host.server.up) {
      failed("mysqld runs", answer);
    } else if (order.keep().isEmpty()) {
      store(standing().judged(host.disk.uuid));
      done(answer);
    } else {
      if (world.without(Rule.TAIL_ONLY)) {
        host.disk.tail = host.disk.executed;
      }
      GtidSet lacking = host.disk.cut(order.keep().get());
      if (!lacking.isEmpty()) {
        world.note(() -> name + " cuts the end of its binlog off: " + lacking);
        if (!world.without(Rule.NEW_NAME)) {
          host.disk.uuid = host.nextUuid();
        }
        world.law.cut(host, lacking);
      }
      then(
          () -> {
            if (host.full) {
              failed("no space", answer);
              return;
            }
            store(standing().judged(host.disk.uuid));
            done(answer);
          });
    }
  }

  private void mark(Order order, Consumer<Answer> answer) {
    if (world.without(Rule.MARKER)) {
      record(order);
      done(answer);
      return;
    }
    boolean begun = host.server.commit(_ -> done(answer));
    if (begun) {
      record(order);
    } else {
      failed("mysqld is not writable", answer);
    }
  }

  private void replicate(Order.Replicate order, Consumer<Answer> answer) {
    Host source = world.hostAt(order.source().address());
    if (!host.server.answers()) {
      failed("mysqld is not running", answer);
      return;
    }
    if (!host.master()) {
      world.law.repointed(host, source, order.source().serverUuid());
    }
    if (host.server.source.filter(s -> s == source).isEmpty()) {
      host.server.stopReceiving();
      host.server.sql = true;
      host.server.apply();
    }
    host.server.follow(source);
    done(answer);
  }
}
