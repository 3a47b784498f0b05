package io.mysqlmmm.operator.monitor;

import io.mysqlmmm.operator.core.Snapshot;
import io.mysqlmmm.operator.core.Topology;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * MMM's ping_ips: while no agent answers, asks whether it is the operator's own network that is
 * gone. An address answers when it takes or refuses a TCP connection to port 7 (or a ping, where
 * the operator may send one: {@link InetAddress#isReachable}).
 */
final class NetworkProbe {
  private static final Logger LOG = LoggerFactory.getLogger(NetworkProbe.class);

  /** MMM Config.pm: ping_interval. */
  private static final Duration EVERY = Duration.ofSeconds(1);

  private static final int TIMEOUT_MILLIS = 500;

  private final Ticker ticker;
  private final Consumer<Event> loop;
  private Duration next = Duration.ZERO;

  NetworkProbe(Ticker ticker, Consumer<Event> loop) {
    this.ticker = ticker;
    this.loop = loop;
  }

  /** Begins to ask if it is time, in a thread of its own. */
  void probe(Snapshot seen) {
    List<String> ips = seen.topology().policy().pingIps();
    boolean silence =
        !seen.agents().isEmpty()
            && seen.topology().hosts().stream()
                .map(Topology.Host::name)
                .allMatch(host -> seen.agent(host).isEmpty());
    if (ips.isEmpty() || !silence || ticker.now().compareTo(next) < 0) {
      return;
    }
    next = ticker.now().plus(EVERY);
    Thread.ofVirtual()
        .start(() -> loop.accept(new Event.NetworkPinged(ips.stream().anyMatch(this::answers))));
  }

  private boolean answers(String ip) {
    try {
      return InetAddress.ofLiteral(ip).isReachable(TIMEOUT_MILLIS);
    } catch (IOException e) {
      LOG.debug("ping of {}: {}", ip, Causes.of(e));
      return false;
    }
  }
}
