package io.mysqlmmm.operator.sim;

import io.mysqlmmm.shared.gtid.GtidSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A mysqld that keeps GTID sets only: binlog and relay log survive its death, everything else does
 * not. Lossless semi-sync without a timeout; it boots read-only, with replication stopped (S20).
 */
final class Server {
  /** A client's session that waits for the peer. */
  private record Waiting(GtidSet gtid, Runnable acknowledged) {}

  private final World world;
  private final Host host;
  private final List<Waiting> waiting = new ArrayList<>();
  private final List<Waiting> passed = new ArrayList<>();
  private final List<Consumer<GtidSet>> blocked = new ArrayList<>();
  private long blockedSince;
  private long waitingSince;
  private long written;
  private int connection;
  boolean up;
  boolean hung;
  long hungSince;
  boolean writable;
  boolean semiSync;
  boolean io;
  boolean sql;
  Optional<Host> source = Optional.empty();

  Server(World world, Host host) {
    this.world = world;
    this.host = host;
  }

  boolean answers() {
    return up && !hung;
  }

  int waiting() {
    return waiting.size();
  }

  /** As gtid_executed shows it: what waits for the peer is in the binlog and not yet in there. */
  GtidSet executed() {
    GtidSet seen = host.disk.executed;
    for (Waiting one : waiting) {
      seen = seen.minus(one.gtid());
    }
    return seen;
  }

  long stalledMillis() {
    return waiting.isEmpty() ? 0 : world.time.now() - waitingSince;
  }

  void start() {
    up = true;
    // Crash recovery commits what the binlog has.
    host.disk.tail = GtidSet.empty();
    writable = false;
    semiSync = false;
    stopReplication();
  }

  void die() {
    up = false;
    hung = false;
    writable = false;
    semiSync = false;
    for (Waiting one : waiting) {
      host.disk.tail = host.disk.tail.union(one.gtid());
    }
    waiting.clear();
    passed.clear();
    blocked.clear();
    stopReplication();
  }

  void hang() {
    hung = up;
    hungSince = world.time.now();
  }

  private void stopReplication() {
    stopReceiving();
    sql = false;
  }

  void stopReceiving() {
    io = false;
    connection++;
  }

  void follow(Host from) {
    if (source.filter(s -> s == from).isEmpty() || !io) {
      connection++;
    }
    source = Optional.of(from);
    io = true;
    sql = true;
  }

  void stopFollowing() {
    stopReplication();
  }

  /** Whether it can become read-only now: not while somebody waits for the peer (seen). */
  boolean setReadOnly() {
    if (!answers() || !waiting.isEmpty() || !blocked.isEmpty()) {
      return false;
    }
    finishPassed();
    writable = false;
    return true;
  }

  void setSemiSync(boolean on) {
    semiSync = on;
    if (!on) {
      List<Waiting> all = List.copyOf(waiting);
      waiting.clear();
      all.forEach(w -> w.acknowledged().run());
    }
  }

  /** Commits; {@code acknowledged} runs when the client is told so. False: refused. */
  boolean commit(Consumer<GtidSet> acknowledged) {
    if (!answers() || !writable) {
      return false;
    }
    if (host.full) {
      if (blocked.isEmpty()) {
        blockedSince = world.time.now();
      }
      blocked.add(acknowledged);
      return true;
    }
    GtidSet gtid = GtidSet.of(host.disk.standing.serverUuid(), ++written);
    Waiting one = new Waiting(gtid, () -> acknowledged.accept(gtid));
    if (semiSync) {
      // The binlog keeps the order: those before it are in it, too, from now on.
      finishPassed();
      host.disk.executed = host.disk.executed.union(gtid);
      if (waiting.isEmpty()) {
        waitingSince = world.time.now();
      }
      waiting.add(one);
      pump();
    } else {
      passed.add(one);
      int life = host.mysqldLife;
      world.time.in(
          world.time.random.nextInt(15),
          () -> {
            if (host.mysqldLife == life) {
              finishPassed();
            }
          });
    }
    return true;
  }

  /** There is room again for the commits that waited for it. */
  void goOn() {
    List<Consumer<GtidSet>> all = List.copyOf(blocked);
    blocked.clear();
    for (Consumer<GtidSet> one : all) {
      boolean _ = commit(one);
    }
  }

  /** For how long a commit has waited for room. */
  long blockedMillis() {
    return blocked.isEmpty() ? 0 : world.time.now() - blockedSince;
  }

  /** Commits that had passed the semi-sync hook before it was switched on wait for nobody (S15). */
  private void finishPassed() {
    List<Waiting> all = List.copyOf(passed);
    passed.clear();
    for (Waiting one : all) {
      host.disk.executed = host.disk.executed.union(one.gtid());
      one.acknowledged().run();
    }
  }

  /** Sends what its followers lack; what is lost on the way is sent again by the next pump. */
  void pump() {
    for (Host other : world.hosts) {
      if (other != host) {
        pump(other.server);
      }
    }
  }

  private void pump(Server follower) {
    if (!answers()
        || !follower.receives(host)
        || !world.time.reaches(host.name, follower.host.name)) {
      return;
    }
    // A follower gets what waits for the peer, too (AFTER_SYNC).
    GtidSet all = host.disk.executed;
    if (waiting.isEmpty() && follower.host.disk.received().contains(all)) {
      return;
    }
    int theirs = follower.connection;
    int ours = host.mysqldLife;
    world.time.in(
        1L + world.time.random.nextInt(4), () -> follower.receive(host, all, theirs, ours));
  }

  boolean receives(Host from) {
    return answers() && io && source.filter(s -> s == from).isPresent();
  }

  private void receive(Host from, GtidSet all, int connected, int life) {
    if (!receives(from) || connected != connection || host.full) {
      return;
    }
    host.disk.relayed = host.disk.relayed.union(all.minus(host.disk.executed));
    if (!host.master()) {
      // The replica side of semi-sync is off (S16).
      return;
    }
    if (world.time.reaches(host.name, from.name)) {
      world.time.in(
          1L + world.time.random.nextInt(4),
          () -> {
            if (from.mysqldLife == life && connected == connection) {
              from.server.acknowledge(all);
            }
          });
    }
  }

  private void acknowledge(GtidSet received) {
    if (!answers()) {
      return;
    }
    waitingSince = world.time.now();
    List<Waiting> done = new ArrayList<>();
    for (Iterator<Waiting> all = waiting.iterator(); all.hasNext(); ) {
      Waiting one = all.next();
      if (received.contains(one.gtid())) {
        all.remove();
        done.add(one);
      }
    }
    done.forEach(w -> w.acknowledged().run());
  }

  /** What CHANGE REPLICATION SOURCE does to a relay log that is not applied (promotion 2). */
  void purgeRelayLog() {
    host.disk.relayed = GtidSet.empty();
  }

  void apply() {
    if (answers() && sql && !host.full && !host.disk.relayed.isEmpty()) {
      host.disk.executed = host.disk.executed.union(host.disk.relayed);
      host.disk.relayed = GtidSet.empty();
    }
  }

  /** Whether a commit here would be acknowledged now. */
  boolean canAcknowledge() {
    return answers() && writable && !host.full && (!semiSync || host.other().server.receives(host));
  }
}
