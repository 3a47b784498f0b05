package io.mysqlmmm.operator.sim;

import io.mysqlmmm.shared.agent.BootTime;
import io.mysqlmmm.shared.agent.Order;
import io.mysqlmmm.shared.agent.StartRules;
import io.mysqlmmm.shared.agent.VipLifetime;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** A node with its kernel, its volume, its mysqld and its agent. */
final class Host {
  final String name;
  final String address;
  final Server server;
  final Agent agent;
  private final World world;
  private final double drift;
  private int disks;
  private int boots;
  private long bootedAt;
  private long vipUntil;
  private final Set<Order> orders = new LinkedHashSet<>();
  private Optional<Disk> spare = Optional.empty();
  private boolean lost;

  /** Its volume takes nothing: no standing, no binlog, no relay log. */
  boolean full;

  /** In /run: when the script around mysqld kills it (durability Available). */
  Optional<BootTime> leaseFile = Optional.empty();

  Disk disk;
  int mysqldLife;

  /** What a host that promises nothing says that it has promised. */
  long pretendedPromise;

  Host(World world, String name, String address) {
    this.world = world;
    this.name = name;
    this.address = address;
    this.drift = world.setup.drift(name, world.time.random.nextDouble());
    this.disk = Disk.fresh(name, 0);
    this.server = new Server(world, this);
    this.agent = new Agent(world, this);
  }

  /** Else it only follows. */
  boolean master() {
    return this == world.db1 || this == world.db2;
  }

  /** The other master. */
  Host other() {
    return world.db1 == this ? world.db2 : world.db1;
  }

  /** CLOCK_BOOTTIME, with the boot id. */
  BootTime clock() {
    String bootId = world.without(Rule.BOOT_ID) ? name : name + "-boot-" + boots;
    return new BootTime(bootId, Timeline.clock(world.time.now() - bootedAt, drift, 1000));
  }

  void killMysqld() {
    server.die();
    mysqldLife++;
    agent.mysqldDied();
  }

  /** The script looks five times in a second, whatever became of the agent. */
  void watchLease() {
    if (leaseFile.filter(end -> !end.after(clock())).isPresent() && server.up) {
      world.note(() -> "the script kills mysqld of " + name);
      killMysqld();
      leaseFile = Optional.empty();
    }
    world.time.in(200, this::watchLease);
  }

  void startMysqld() {
    if (!server.up) {
      leaseFile = Optional.empty();
      mysqldLife++;
      server.start();
    }
  }

  /** Whether what it had received may be gone since its data set was opened last (S22). */
  boolean doubtful() {
    return !world.without(Rule.REBOOTED) && StartRules.renames(disk.standing, disk.boot != boots);
  }

  /** Its data set is known in this boot. */
  void opened() {
    disk.boot = boots;
  }

  /**
   * The power fails: everything on it dies, the kernel's addresses go, the clock starts anew, and
   * what was written and not synced is gone.
   */
  void reboot() {
    killMysqld();
    agent.die();
    vipUntil = 0;
    leaseFile = Optional.empty();
    boots++;
    bootedAt = world.time.now();
    disk.loseUnsynced();
    agent.restart();
  }

  /** A server_uuid that no data set had. */
  String nextUuid() {
    return Disk.fresh(name, ++disks).uuid;
  }

  /** A new, empty disk. */
  void wipe() {
    killMysqld();
    agent.die();
    disk = Disk.fresh(name, ++disks);
    full = false;
    agent.restart();
  }

  /** Its volume is exchanged for the one that it had before. */
  void swap() {
    killMysqld();
    agent.die();
    Disk before = disk;
    disk = spare.orElseGet(() -> Disk.fresh(name, ++disks));
    spare = Optional.of(before);
    full = false;
    agent.restart();
  }

  void fill() {
    full = true;
  }

  /** What waited for space goes on. */
  void free() {
    full = false;
    server.goOn();
  }

  /** It burns down; a machine with a new disk takes its place when all faults end. */
  void lose() {
    killMysqld();
    agent.die();
    vipUntil = 0;
    lost = true;
    disk = Disk.fresh(name, ++disks);
    full = false;
    boots++;
    bootedAt = world.time.now();
  }

  boolean lost() {
    return lost;
  }

  void replaceIfLost() {
    if (lost) {
      lost = false;
      agent.restart();
    }
  }

  /** An order arrives, sent by whichever operator. */
  void arrived(Order order) {
    boolean _ = orders.add(order);
  }

  /** The network delivers once more all that it ever did, in any order. */
  void replay() {
    for (Order order : orders) {
      world.time.in(
          world.time.random.nextInt(300), () -> agent.run(() -> agent.order(order, _ -> {})));
    }
  }

  /** The kernel keeps it for that many seconds, and a while longer (docs/decisions/004). */
  void holdVip(long seconds) {
    Duration late = VipLifetime.overrun(seconds);
    long counted = (long) (seconds * 1000 / (1 + drift));
    long until = world.time.now() + counted + world.time.random.nextInt((int) late.toMillis() + 1);
    boolean before = holdsVip();
    vipUntil = until;
    if (!before && other().holdsVip()) {
      throw new Violation(
          "I1", name + " takes the writer's IP while " + other().name + " holds it");
    }
  }

  void releaseVip() {
    vipUntil = world.time.now();
  }

  boolean holdsVip() {
    return world.time.now() < vipUntil;
  }

  long vipMillisLeft() {
    return Math.max(0, vipUntil - world.time.now());
  }
}
