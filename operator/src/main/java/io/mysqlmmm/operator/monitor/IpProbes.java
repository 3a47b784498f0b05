package io.mysqlmmm.operator.monitor;

import io.mysqlmmm.operator.core.Snapshot;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * While a pair has no ledger, looks every few seconds whether its virtual IPs are used by somebody
 * else; none is taken away from its user.
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

  void probeIfUnclaimed(Snapshot seen, List<AgentLink> links) {
    Duration now = ticker.now();
    if (seen.ledger().isPresent()
        || links.isEmpty()
        || seen.agents().isEmpty()
        || now.compareTo(next) < 0
        || !underWay.compareAndSet(false, true)) {
      return;
    }
    next = now.plus(EVERY);
    List<String> ips = seen.topology().managedIps();
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

  private void probe(List<String> ips, List<AgentLink> links) {
    Map<String, String> inUse = new TreeMap<>();
    for (String ip : ips) {
      for (AgentLink link : links) {
        try {
          AgentLink.Use use = link.arp(ip);
          if (use.result().equals("Used")) {
            inUse.put(ip, use.by());
          }
        } catch (IOException e) {
          LOG.debug("probe of {}: {}", ip, Causes.of(e));
        } catch (InterruptedException _) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
    loop.accept(new Event.IpsProbed(inUse));
  }
}
