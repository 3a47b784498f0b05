package io.mysqlmmm.operator.sim;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMasterSpec;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMasterStatus;
import io.mysqlmmm.operator.monitor.Event;
import io.mysqlmmm.operator.monitor.StatusStore;
import io.mysqlmmm.shared.ledger.Ledger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The API server: one resource and one Lease, each with a version. */
final class Api extends Actor {
  /** The Lease: who holds it, and how often it was written. */
  record LeaseRecord(String holder, long version) {}

  private final World world;
  private MySQLMultiMaster resource;
  private final List<MySQLMultiMasterStatus> history = new ArrayList<>();
  private LeaseRecord lease = new LeaseRecord("", 0);

  Api(World world) {
    super("api");
    this.world = world;
    this.resource = version(1, null, null);
  }

  MySQLMultiMaster resource() {
    return resource;
  }

  LeaseRecord lease() {
    return lease;
  }

  boolean takeLease(long version, String holder) {
    if (lease.version() != version) {
      return false;
    }
    lease = new LeaseRecord(holder, version + 1);
    return true;
  }

  Optional<Ledger> ledger() {
    return ledgerOf(resource);
  }

  static Optional<Ledger> ledgerOf(MySQLMultiMaster resource) {
    var held = resource.getStatus() == null ? null : resource.getStatus().ledger();
    if (held == null || held.version() == null || held.epoch() == null || held.writer() == null) {
      return Optional.empty();
    }
    Map<String, String> members = new LinkedHashMap<>();
    for (String host : held.inSync() == null ? List.<String>of() : held.inSync()) {
      members.put(host, held.serverUuids() == null ? "" : held.serverUuids().get(host));
    }
    return Optional.of(new Ledger(held.version(), held.epoch(), held.writer(), members));
  }

  private static MySQLMultiMaster version(
      long number, @Nullable MySQLMultiMasterSpec spec, @Nullable MySQLMultiMasterStatus status) {
    MySQLMultiMaster next = new MySQLMultiMaster();
    next.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("default")
            .withName("shop")
            .withUid(World.UID)
            .withCreationTimestamp("2026-01-01T00:00:00Z")
            .withResourceVersion(Long.toString(number))
            .build());
    next.setSpec(spec);
    next.setStatus(status);
    return next;
  }

  /** Whether it answers this process now. */
  boolean reachable(String from) {
    return hears(from) && world.time.reaches(name, from);
  }

  private boolean hears(String from) {
    return up() && !frozen() && world.time.reaches(from, name);
  }

  private long number() {
    return Long.parseLong(resource.getMetadata().getResourceVersion());
  }

  /** A user changes the spec. */
  void patch(MySQLMultiMasterSpec spec) {
    resource = version(number() + 1, spec, resource.getStatus());
    announce();
  }

  /** The status is lost, as when the resource is restored from a backup. */
  void loseLedger() {
    resource = version(number() + 1, resource.getSpec(), null);
    announce();
  }

  /** The status is an old one, from a backup. */
  void restoreLedger(int choice) {
    if (history.isEmpty()) {
      return;
    }
    int which = history.size() - 1 - Math.min(history.size() - 1, choice);
    resource = version(number() + 1, resource.getSpec(), history.get(which));
    world.law.restored();
    world.note(() -> "ledger is restored to " + ledger());
    announce();
  }

  private boolean replace(MySQLMultiMaster read, MySQLMultiMasterStatus status) {
    if (!read.getMetadata()
        .getResourceVersion()
        .equals(resource.getMetadata().getResourceVersion())) {
      return false;
    }
    Optional<Ledger> before = ledger();
    resource = version(number() + 1, resource.getSpec(), status);
    Optional<Ledger> after = ledger();
    if (!after.equals(before) && after.isPresent()) {
      history.add(status);
      world.ledgerWritten(before, after.get());
    } else if (!after.equals(before)) {
      world.note(() -> "ledger is removed");
    }
    announce();
    return true;
  }

  private void announce() {
    MySQLMultiMaster now = resource;
    for (Operator operator : world.operators) {
      world.time.send(
          name,
          operator,
          () -> operator.take(new Event.ResourceChanged(now, Optional.of(world.topology()))));
    }
  }

  /** What one operator sees of it. */
  static final class Store implements StatusStore {
    private final World world;
    private final Operator operator;

    Store(World world, Operator operator) {
      this.world = world;
      this.operator = operator;
    }

    private boolean reachable() {
      return world.api.reachable(operator.name);
    }

    @Override
    public Outcome write(MySQLMultiMaster read, MySQLMultiMasterStatus status) {
      Api api = world.api;
      if (!api.hears(operator.name)) {
        return new Outcome.Unknown("no answer");
      }
      if (operator.passive()) {
        throw new Violation("I5", operator.name + " writes the status in Passive");
      }
      Outcome skipped = world.lies.skipWrite(read, status);
      if (skipped != null) {
        return skipped;
      }
      if (!reachable()) {
        boolean _ = api.replace(read, status);
        return new Outcome.Unknown("no answer, though it was written");
      }
      boolean calm = world.time.network == Timeline.Network.CALM;
      int fate = calm ? 9 : world.time.random.nextInt(40);
      if (fate == 0) {
        return new Outcome.Unknown("lost on the way");
      }
      if (fate == 1) {
        boolean _ = api.replace(read, status);
        return new Outcome.Unknown("the answer was lost");
      }
      if (fate == 2) {
        world.time.in(
            world.time.random.nextInt(6000),
            api,
            () -> {
              boolean _ = api.replace(read, status);
            });
        return new Outcome.Unknown("on its way for long");
      }
      return api.replace(read, status)
          ? new Outcome.Written(api.resource())
          : new Outcome.Conflict();
    }

    @Override
    public Optional<MySQLMultiMaster> read(String namespace, String name) {
      return reachable() ? Optional.of(world.api.resource()) : Optional.empty();
    }

    @Override
    public void event(MySQLMultiMaster about, boolean warning, String reason, String message) {
      world.note(() -> "event " + reason + ": " + message);
    }
  }
}
