package io.mysqlmmm.operator.sim;

import io.mysqlmmm.shared.agent.Standing;
import io.mysqlmmm.shared.gtid.GtidSet;
import io.mysqlmmm.shared.ledger.Ledger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What must hold at every step, and what is given up where a person's word or the resource's mode
 * says so: in Available only I1 and I3, after a move by force not what the lost writer acknowledged
 * alone.
 */
final class Law {
  private final World world;
  private GtidSet acknowledged = GtidSet.empty();
  private GtidSet acknowledgedAlone = GtidSet.empty();
  private Optional<Ledger> newest = Optional.empty();
  private final Set<String> named = new HashSet<>();
  private Optional<String> takesOver = Optional.empty();
  private final Map<String, String> membersBefore = new HashMap<>();
  private boolean restored;
  private boolean everRestored;
  private long safeFrom = Long.MAX_VALUE;
  private long lastAckEpoch;
  private long acks;
  private int cuts;
  private int givenUp;

  Law(World world) {
    this.world = world;
  }

  long acks() {
    return acks;
  }

  /** How often the end of a binlog was cut off. */
  int cuts() {
    return cuts;
  }

  /** How often a person gave up what a lost writer had acknowledged alone. */
  int givenUp() {
    return givenUp;
  }

  /** A client is told that its write holds. */
  void acknowledged(Host host, GtidSet gtid) {
    long epoch = host.disk.standing.activeEpoch();
    acks++;
    if (epoch < lastAckEpoch) {
      throw broken(
          "I1",
          "%s acknowledges in epoch %d after epoch %d".formatted(host.name, epoch, lastAckEpoch));
    }
    lastAckEpoch = epoch;
    if (host.other().server.canAcknowledge()) {
      throw broken("I1", "both hosts can acknowledge, and " + host.name + " does");
    }
    if (!world.setup.lossless()) {
      return;
    }
    acknowledged = acknowledged.union(gtid);
    Optional<Ledger> ledger = world.api.ledger();
    if (ledger.filter(Ledger::solo).isPresent()) {
      acknowledgedAlone = acknowledgedAlone.union(gtid);
    }
    if (!restored) {
      ledger.ifPresent(l -> onAllMembers(l, gtid));
    }
  }

  private void onAllMembers(Ledger ledger, GtidSet what) {
    ledger
        .inSync()
        .forEach(
            (name, uuid) -> {
              Host member = world.host(name);
              boolean sameDisk = member.disk.uuid.equals(uuid) && !member.doubtful();
              if (sameDisk && !member.disk.received().contains(what)) {
                throw broken(
                    "I2", name + " is in sync and lacks " + what.minus(member.disk.received()));
              }
            });
  }

  /** A person asks for {@code to} by force, so that it need not be in sync (I3). */
  void named(String to) {
    named.add(to);
  }

  /** And says that the writer is lost for good, so that what it alone had is given up (I2). */
  void takesOver(String to) {
    takesOver = Optional.of(to);
  }

  /**
   * By an old ledger that no agent's word has shown to be old yet anything may happen: the host
   * that wrote last is away. So it may for as long as a vote counts that was given until then
   * (docs/clustering.md, what is not covered).
   */
  private Violation broken(String invariant, String what) {
    return new Violation(
        restored && world.time.now() < safeFrom ? Violation.UNRECOGNISED : invariant, what);
  }

  /** A leader hears an agent. */
  void told(Standing standing) {
    if (newest.filter(n -> standing.versionSeen() >= n.version()).isPresent()) {
      safeFrom = Math.min(safeFrom, world.time.now() + World.TTL.toMillis());
    }
  }

  /** An old ledger was put back: until a newer one than all is written nothing may rest on it. */
  void restored() {
    everRestored = true;
    safeFrom = Long.MAX_VALUE;
    restored =
        newest
            .filter(n -> world.api.ledger().filter(l -> l.version() < n.version()).isPresent())
            .isPresent();
  }

  void ledgerWritten(Optional<Ledger> before, Ledger after) {
    if (!world.host(after.writer()).master()) {
      throw broken("I3", "a replica is designated: " + after);
    }
    if (before.isEmpty()) {
      rebuilt(after);
    } else if (everRestored && after.solo() && isNewerThanAll(after)) {
      restored = false;
      accept(after);
    } else if (restored) {
      afterRestore(before.get(), after);
    } else {
      next(before.get(), after);
    }
  }

  private void next(Ledger old, Ledger after) {
    boolean sameWriter = old.writer().equals(after.writer());
    // A claim that was made believe has taken a version.
    boolean next = after.version() == old.version() + 1 || world.without(Rule.CLAIM);
    if (!next || after.epoch() < old.epoch()) {
      throw broken("I3", "from " + old + " to " + after);
    }
    boolean member =
        old.isInSync(after.writer(), Optional.ofNullable(after.inSync().get(after.writer())));
    if (!sameWriter && (after.epoch() <= old.epoch() || !(member || byForce(after)))) {
      throw broken("I3", "from " + old + " to " + after);
    }
    accept(after);
  }

  private void accept(Ledger after) {
    if (world.setup.lossless()) {
      onAllMembers(after, acknowledged);
    }
    if (!after.solo()) {
      acknowledgedAlone = GtidSet.empty();
      membersBefore.putAll(after.inSync());
    }
    newest = Optional.of(after);
  }

  /** I3 and I2 give way to a person's word, for what the lost writer acknowledged alone only. */
  private boolean byForce(Ledger after) {
    if (!named.contains(after.writer())) {
      return false;
    }
    Host next = world.host(after.writer());
    GtidSet lost = acknowledged.minus(next.disk.received());
    if (takesOver.filter(after.writer()::equals).isEmpty()) {
      return lost.isEmpty();
    }
    // With another disk than it was in sync with it has lost what it had by itself.
    boolean sameDisk = next.disk.uuid.equals(membersBefore.get(next.name));
    if (sameDisk && !acknowledgedAlone.contains(lost)) {
      throw broken(
          "I2", "force gives up what was acknowledged in sync: " + lost.minus(acknowledgedAlone));
    }
    acknowledged = acknowledged.minus(lost);
    takesOver = Optional.empty();
    givenUp++;
    return true;
  }

  /** An old ledger may be claimed; whoever writes by it must have all, at an epoch never given. */
  private void afterRestore(Ledger old, Ledger after) {
    Ledger all = newest.orElseThrow();
    if (after.epoch() > old.epoch() && after.epoch() <= all.epoch()) {
      throw broken("I3", "newest was " + all + ", and by " + old + " follows " + after);
    }
    if (after.version() > all.version() && holds(after)) {
      restored = false;
      accept(after);
    }
  }

  private boolean isNewerThanAll(Ledger ledger) {
    return newest
        .filter(n -> ledger.version() > n.version() && ledger.epoch() > n.epoch() + 1)
        .isPresent();
  }

  private boolean holds(Ledger ledger) {
    return ledger.inSync().keySet().stream()
        .allMatch(name -> world.host(name).disk.received().contains(acknowledged));
  }

  /** The first one, or one after the ledger was lost: newer than all before it (S6). */
  private void rebuilt(Ledger after) {
    boolean first = after.version() == 1;
    if (first && !(world.db1.disk.executed.isEmpty() && world.db2.disk.executed.isEmpty())) {
      throw broken("I3", "data exist, and the ledger begins anew: " + after);
    }
    if (first) {
      // Both disks are new: what was acknowledged on others is on nobody's account any more.
      acknowledged = GtidSet.empty();
      lastAckEpoch = 0;
    } else if (newest
        .filter(old -> after.version() <= old.version() || after.epoch() <= old.epoch())
        .isPresent()) {
      throw broken("I3", "after " + newest + " it is rebuilt as " + after);
    }
    restored = false;
    accept(after);
  }

  /** A host becomes writable. */
  void writes(Host host) {
    if (!host.master()) {
      throw broken("I3", host.name + " is a replica, and becomes writable");
    }
    if (world.setup.lossless() && !host.disk.executed.contains(acknowledged)) {
      throw broken(
          "I2",
          host.name + " becomes writable and lacks " + acknowledged.minus(host.disk.executed));
    }
  }

  /** The end of a host's binlog was cut off, and the host may have another name since (S18). */
  void cut(Host host, GtidSet what) {
    cuts++;
    GtidSet held = what.minus(what.minus(acknowledged));
    boolean member =
        world
            .api
            .ledger()
            .filter(l -> l.isInSync(host.name, Optional.of(host.disk.uuid)))
            .isPresent();
    if (!held.isEmpty() && (member || !world.without(Rule.JUDGED_LATER))) {
      throw broken("I2", host.name + " loses what was acknowledged: " + held);
    }
  }

  /** A replica is told to follow a host: it must have nothing that this one lacks (S18). */
  void repointed(Host replica, Host source, String dataSet) {
    if (!source.disk.uuid.equals(dataSet)) {
      // The order speaks of a disk that is gone.
      return;
    }
    GtidSet surplus = replica.disk.received().minus(source.disk.executed);
    if (!surplus.isEmpty()) {
      throw broken(
          "S18", "%s has %s, and is to follow %s".formatted(replica.name, surplus, source.name));
    }
  }
}
