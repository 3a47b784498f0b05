package io.mysqlmmm.operator.monitor;

import io.mysqlmmm.operator.core.Topology;
import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Answer;
import io.mysqlmmm.shared.agent.Order;
import io.mysqlmmm.shared.ledger.Ledger;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes every role from every host, before a pair is removed. */
public final class Releases {
  private static final Logger LOG = LoggerFactory.getLogger(Releases.class);
  private static final Duration BOUND = Duration.ofSeconds(6);
  private static final Duration BUDGET = Duration.ofSeconds(2);

  private Releases() {}

  /**
   * Orders all hosts at once to release all they hold; returns, within six seconds, those that did
   * not confirm. Their IPs end by themselves after the lease.
   */
  public static List<String> all(
      Topology topology,
      Optional<Ledger> ledger,
      BiFunction<Topology, Topology.Host, AgentLink> links)
      throws InterruptedException {
    List<String> unconfirmed = Collections.synchronizedList(new ArrayList<>());
    List<Thread> calls = new ArrayList<>();
    for (Topology.Host host : topology.hosts()) {
      unconfirmed.add(host.name());
      calls.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    if (release(topology, host, ledger, links.apply(topology, host))) {
                      unconfirmed.remove(host.name());
                    }
                  }));
    }
    for (Thread call : calls) {
      call.join(BOUND);
    }
    return List.copyOf(unconfirmed);
  }

  private static boolean release(
      Topology topology, Topology.Host host, Optional<Ledger> ledger, AgentLink link) {
    try {
      AgentState state = link.state();
      Order.Target target =
          new Order.Target(
              state.resourceUid(),
              state.standing().serverUuid(),
              Math.max(state.standing().versionSeen(), ledger.map(Ledger::version).orElse(0L)),
              Math.max(state.standing().activeEpoch(), ledger.map(Ledger::epoch).orElse(0L)),
              BUDGET);
      Answer released = link.order(new Order.Release(target, false));
      Answer roles = link.order(new Order.Roles(target, List.of(), topology.managedIps()));
      return released instanceof Answer.Done && roles instanceof Answer.Done;
    } catch (IOException e) {
      LOG.warn("{} did not release: {}", host.name(), Causes.of(e));
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
