package io.mysqlmmm.agent.standing;

import io.mysqlmmm.agent.BootClock;
import io.mysqlmmm.shared.agent.AgentRules;
import io.mysqlmmm.shared.agent.AgentRules.Ruling;
import io.mysqlmmm.shared.agent.Beat;
import io.mysqlmmm.shared.agent.BootTime;
import io.mysqlmmm.shared.agent.Clone;
import io.mysqlmmm.shared.agent.LeaseRules;
import io.mysqlmmm.shared.agent.Order;
import io.mysqlmmm.shared.agent.Standing;
import io.mysqlmmm.shared.agent.StartRules;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The standing in memory, never ahead of the one on disk: every change is stored first and becomes
 * visible after. Thread-safe.
 */
public final class Keeper {
  private static final Logger log = LoggerFactory.getLogger(Keeper.class);
  private final KeptFile file;
  private final String resourceUid;
  private final BootClock clock;
  private final Duration ttl;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile Kept kept;

  /** Never before the one on disk; what disk has is true, too, only less. */
  private volatile BootTime leaseEnd;

  private volatile Consumer<Standing> listener = s -> {};

  private Keeper(KeptFile file, String resourceUid, BootClock clock, Duration ttl, Kept kept) {
    this.file = file;
    this.resourceUid = resourceUid;
    this.clock = clock;
    this.ttl = ttl;
    this.kept = kept;
    this.leaseEnd = kept.leaseEnd();
  }

  /**
   * Takes up what an earlier process left, as one more start (S7).
   *
   * @param onDisk server_uuid in the data directory; empty when there is none
   * @param ttl how long a lease lasts after the clock that it rests on
   */
  public static Keeper open(
      KeptFile file, String resourceUid, Optional<String> onDisk, BootClock clock, Duration ttl)
      throws IOException {
    Optional<Kept> before = file.load();
    Kept taken = before.orElse(Kept.initial());
    String uuid = onDisk.orElse(taken.standing().serverUuid());
    Kept now =
        uuid.equals(taken.standing().serverUuid())
            ? taken.with(taken.standing().started())
            : taken.ofDataSet(uuid);
    String boot = clock.now().bootId();
    Kept opened = isDoubtful(now, boot) ? now : now.openedIn(boot);
    file.store(opened);
    log.info("{}: {}", before.isPresent() ? "standing taken up" : "no standing yet", opened);
    return new Keeper(file, resourceUid, clock, ttl, opened);
  }

  private static boolean isDoubtful(Kept kept, String boot) {
    return StartRules.renames(kept.standing(), isOlder(kept.bootId(), boot));
  }

  private static boolean isOlder(String known, String boot) {
    return !known.isEmpty() && !known.equals(boot);
  }

  /**
   * Whether the data set has to have another server_uuid before it starts: its machine has gone
   * down while it followed (S22).
   */
  public boolean doubtful() {
    return isDoubtful(kept, clock.now().bootId());
  }

  /** Called with each new standing, after it is on disk. */
  public void onChange(Consumer<Standing> told) {
    listener = told;
    told.accept(standing());
  }

  public Kept kept() {
    return kept;
  }

  public Standing standing() {
    return kept.standing();
  }

  /** The end of the lease. */
  public BootTime leaseEnd() {
    return leaseEnd;
  }

  /** How much of the lease is left; zero when there is none. */
  public Duration leaseLeft() {
    return leaseEnd.leftAt(clock.now());
  }

  /** Whether this host may write now, as far as orders and lease go. */
  public boolean mayWrite() {
    return LeaseRules.mayWrite(kept.standing(), leaseEnd, clock.now());
  }

  /** A vote of the operator or of the other master (S9). */
  public void beat(Beat beat) {
    lock.lock();
    try {
      leaseEnd =
          LeaseRules.extended(kept.standing(), resourceUid, leaseEnd, beat, clock.now(), ttl);
      // A restart goes on under what is on disk; a third of a ttl less than the truth is enough.
      if (leaseEnd
              .leftAt(clock.now())
              .minus(kept.leaseEnd().leftAt(clock.now()))
              .compareTo(ttl.dividedBy(3))
          > 0) {
        storeLease();
      }
    } finally {
      lock.unlock();
    }
  }

  private void storeLease() {
    try {
      store(kept.leasedUntil(leaseEnd));
    } catch (IOException e) {
      log.warn("the lease is not on disk, a restart would interrupt writing: {}", e.toString());
    }
  }

  /** Rules on the order; when it is to be obeyed, the standing it leads to is on disk. */
  public Ruling obey(Order order) throws IOException {
    return obey(order, UnaryOperator.identity());
  }

  /** As {@link #obey(Order)}; {@code also} changes what else is kept, in the same write. */
  public Ruling obey(Order order, UnaryOperator<Kept> also) throws IOException {
    lock.lock();
    try {
      Ruling ruling = rule(order);
      if (ruling instanceof Ruling.Obey obey) {
        store(also.apply(voted(order, kept.with(obey.next()))));
      }
      return ruling;
    } finally {
      lock.unlock();
    }
  }

  /** The votes and the vote that come with an order. */
  private Kept voted(Order order, Kept next) {
    return switch (order) {
      case Order.Activate(var _, var _, var _, var _, var _, var echo) -> {
        BootTime now = clock.now();
        BootTime end = LeaseRules.granted(echo, now, ttl);
        yield end.leftAt(now).compareTo(next.leaseEnd().leftAt(now)) > 0
            ? next.leasedUntil(end)
            : next;
      }
      case Order.Replicate replicate -> next.following(replicate.source());
      case Order.Promise _,
          Order.Release _,
          Order.Await _,
          Order.Solo _,
          Order.Lease _,
          Order.Mark _,
          Order.Start _,
          Order.Clone _,
          Order.Hold _,
          Order.Backup _,
          Order.Roles _,
          Order.Settings _,
          Order.Databases _ ->
          next;
    };
  }

  /** The ruling alone. */
  public Ruling rule(Order order) {
    return AgentRules.rule(kept.standing(), resourceUid, order);
  }

  /** Changes the standing, durably. */
  public void change(UnaryOperator<Standing> next) throws IOException {
    update(k -> k.with(next.apply(k.standing())));
  }

  /**
   * What the data set has now was judged (S18). It keeps its promises, under another name when it
   * was given one.
   */
  public void judged(String serverUuid) throws IOException {
    change(s -> s.judged(serverUuid));
  }

  /**
   * Whether its relay log was begun before its machine was booted: the end of it may be torn, and
   * nobody counts on it (S22).
   */
  public boolean relayMayBeTorn() {
    return isOlder(kept.relayBootId(), clock.now().bootId());
  }

  /** Its relay log was begun anew, or already in this boot. */
  public void receives() throws IOException {
    update(k -> k.receivingIn(clock.now().bootId()));
  }

  /** It has another server_uuid, under which nobody counts on it (S22); its promises it keeps. */
  public void renamed(String serverUuid) throws IOException {
    update(k -> k.with(k.standing().of(serverUuid)).openedIn(clock.now().bootId()));
  }

  /**
   * How the clone over this data set goes on.
   *
   * @param replacing whether the data set is still neither the old nor the new one
   */
  public void cloned(Clone now, boolean replacing) throws IOException {
    update(k -> k.with(k.standing().replacing(replacing)).cloning(now));
  }

  /**
   * No balanced IP is due here any more, until it is ordered again: by then another host may hold
   * it.
   */
  public void forgetReaders() throws IOException {
    update(k -> k.withRoles(List.of(), k.managed()));
  }

  /** The server beside us has this uuid: if it is another than before, it is a new data set. */
  public void adopt(String serverUuid) throws IOException {
    lock.lock();
    try {
      if (!serverUuid.equals(kept.standing().serverUuid())) {
        log.warn(
            "a new data set: server_uuid '{}', before it was '{}'; nothing promised for that holds",
            serverUuid,
            kept.standing().serverUuid());
        store(kept.ofDataSet(serverUuid));
      }
    } finally {
      lock.unlock();
    }
  }

  private void update(UnaryOperator<Kept> next) throws IOException {
    lock.lock();
    try {
      store(next.apply(kept));
    } finally {
      lock.unlock();
    }
  }

  private void store(Kept next) throws IOException {
    if (next.equals(kept)) {
      return;
    }
    file.store(next);
    boolean epochChanged = next.standing().activeEpoch() != kept.standing().activeEpoch();
    boolean standingChanged = !next.standing().equals(kept.standing());
    kept = next;
    if (!next.standing().mayWrite() || next.leaseEnd().after(leaseEnd) || epochChanged) {
      leaseEnd = next.leaseEnd();
    }
    if (standingChanged) {
      log.info("{}", next.standing());
      listener.accept(next.standing());
    }
  }
}
