package io.mysqlmmm.operator.monitor;

import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import io.mysqlmmm.operator.core.Topology;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;

/** The monitors of one term of leadership, one per resource. Safe for use by several threads. */
public final class Fleet implements AutoCloseable {
  private final StatusStore store;
  private final BiFunction<Topology, Topology.Host, AgentLink> links;
  private final Ticker ticker;
  private final BooleanSupplier leads;
  private final Map<String, MonitorLoop> loops = new ConcurrentHashMap<>();

  public Fleet(
      StatusStore store,
      BiFunction<Topology, Topology.Host, AgentLink> links,
      Ticker ticker,
      BooleanSupplier leads) {
    this.store = store;
    this.links = links;
    this.ticker = ticker;
    this.leads = leads;
  }

  /** The monitor of a resource; started when there was none. */
  public MonitorLoop monitor(MySQLMultiMaster resource) {
    String uid = resource.getMetadata().getUid();
    if (!loops.containsKey(uid)) {
      endPredecessor(resource);
    }
    return loops.computeIfAbsent(
        uid,
        _ -> {
          MonitorLoop loop = new MonitorLoop(resource, store, links, ticker, leads);
          loop.start();
          return loop;
        });
  }

  /** One that went without {@link #release}: somebody removed its finalizer by hand. */
  private void endPredecessor(MySQLMultiMaster resource) {
    loops
        .values()
        .removeIf(
            loop -> {
              boolean before = loop.isNamedAs(resource);
              if (before) {
                loop.close();
              }
              return before;
            });
  }

  /**
   * Ends the monitor of a resource that is being deleted and releases its roles; returns, within
   * eight seconds, the hosts that did not confirm.
   */
  public List<String> release(MySQLMultiMaster resource, Optional<Topology> topology)
      throws InterruptedException {
    MonitorLoop loop = loops.remove(resource.getMetadata().getUid());
    if (loop != null) {
      loop.close();
    }
    return topology.isPresent()
        ? Releases.all(topology.get(), Ledgers.read(resource), links)
        : List.of();
  }

  public void event(MySQLMultiMaster about, boolean warning, String reason, String message) {
    store.event(about, warning, reason, message);
  }

  /** Ends all monitors without touching a pair. */
  @Override
  public void close() {
    loops.values().forEach(MonitorLoop::close);
    loops.clear();
  }
}
