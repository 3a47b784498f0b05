package io.mysqlmmm.operator.monitor;

import io.mysqlmmm.operator.core.Snapshot;
import io.mysqlmmm.operator.core.Topology;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every few seconds whether somebody answers for virtual IPs: for all of them while a pair
 * has no ledger, for none is taken away from its user; and for those of hosts that fell silent,
 * which may be alive and out of the operator's reach alone.
 */
final class IpProbes {
  private static final Logger LOG = LoggerFactory.getLogger(IpProbes.class);
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final Ticker ticker;
  private final Consumer<Event> loop;
  private final AtomicBoolean underWay = new AtomicBoolean();
  private Duration next = Duration.ZERO;

  IpProbes(Ticker ticker, Consumer<Event> loop) {
    this.ticker = ticker;
    this.loop = loop;
  }

  /** Begins to look if it is time, in a thread of its own. */
  void probe(Snapshot seen, List<AgentLink> links) {
    Duration now = ticker.now();
    List<String> ips = doubtful(seen);
    if (seen.topology().mode() == Topology.Mode.PASSIVE
        || ips.isEmpty()
        || links.isEmpty()
        || seen.agents().isEmpty()
        || now.compareTo(next) < 0
        || !underWay.compareAndSet(false, true)) {
      return;
    }
    next = now.plus(EVERY);
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                probe(ips, links);
              } finally {
                underWay.set(false);
              }
            });
  }

  private static List<String> doubtful(Snapshot seen) {
    if (seen.ledger().isEmpty()) {
      return seen.topology().managedIps();
    }
    return seen.topology().otherRoles().stream()
        .flatMap(role -> role.ips().stream())
        .filter(
            ip ->
                Optional.ofNullable(seen.readers().get(ip))
                    .filter(host -> seen.silentFor(host).isPositive())
                    .isPresent())
        .toList();
  }

  private void probe(List<String> ips, List<AgentLink> links) {
    Map<String, String> inUse = new TreeMap<>();
    Set<String> free = new TreeSet<>();
    for (String ip : ips) {
      for (AgentLink link : links) {
        try {
          AgentLink.Use use = link.arp(ip);
          switch (use.result()) {
            case "Used" -> inUse.put(ip, use.by());
            case "Free" -> free.add(ip);
            default -> LOG.debug("probe of {}: {}", ip, use.result());
          }
        } catch (IOException e) {
          LOG.debug("probe of {}: {}", ip, Causes.of(e));
        } catch (InterruptedException _) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
    free.removeAll(inUse.keySet());
    loop.accept(new Event.IpsProbed(inUse, free));
  }
}
