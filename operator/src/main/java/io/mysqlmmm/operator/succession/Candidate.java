package io.mysqlmmm.operator.succession;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import io.mysqlmmm.operator.lead.Leadership;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings leadership to the node where it is safest: an operator that does not lead asks for it when
 * its node is the better one ({@link Succession}), it reaches every host's agent, and it was not
 * out of touch lately; one that leads gives way to who asks, if it sees the same.
 */
public final class Candidate implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Candidate.class);

  /** A look is one list for each namespace, and one get when this one leads. */
  private static final Duration EVERY = Duration.ofSeconds(1);

  /**
   * How long every look must have succeeded: else an operator whose network comes and goes would
   * get the Lease each time that it comes.
   */
  private static final Duration STEADY = Duration.ofSeconds(10);

  private final KubernetesClient client;
  private final List<String> namespaces;
  private final HandOver.Request self;
  private final Leadership leadership;
  private final HandOver handOver;
  private final Supplier<Duration> clock;
  private Duration outOfTouch;

  /**
   * @param client its requests' time-out is how late a look may come
   * @param namespaces where pairs are managed
   * @param pod name of this replica
   * @param node where it runs
   * @param clock monotonic
   */
  public Candidate(
      KubernetesClient client,
      String namespace,
      List<String> namespaces,
      String pod,
      String node,
      Leadership leadership,
      Supplier<Duration> clock) {
    this.client = client;
    this.namespaces = namespaces;
    this.self = new HandOver.Request(pod, node);
    this.leadership = leadership;
    this.handOver = new HandOver(client, namespace);
    this.clock = clock;
    this.outOfTouch = clock.get();
  }

  /** Until it is interrupted. */
  @Override
  public void run() {
    try {
      while (true) {
        Thread.sleep(EVERY);
        look();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      leadership.current().ifPresent(leadership.leads() ? this::answer : this::rise);
    } catch (KubernetesClientException e) {
      LOG.warn("whether another operator had better lead is not known: {}", e.getMessage());
      outOfTouch = clock.get();
    } catch (RuntimeException e) {
      LOG.error("looking for the better leader failed; trying again", e);
    }
  }

  private void answer(Leadership.Term own) {
    Optional<HandOver.Request> request = handOver.askedSince(own.identity());
    if (request.isPresent() && Succession.isBetter(pairs(), request.get().node(), self.node())) {
      LOG.info(
          "giving way to {}: the loss of {} would cost writes less than that of {}",
          request.get().pod(),
          request.get().node(),
          self.node());
      leadership.resign(own);
    }
  }

  private void rise(Leadership.Term other) {
    if (other.node().isEmpty()) {
      return;
    }
    List<MySQLMultiMaster> pairs = pairs();
    if (!Succession.isBetter(pairs, self.node(), other.node().get())) {
      return;
    }
    if (!AgentReach.ofAll(pairs)) {
      outOfTouch = clock.get();
    } else if (clock.get().minus(outOfTouch).compareTo(STEADY) >= 0) {
      LOG.info("asking {} to give way", other.identity());
      handOver.ask(self, other.identity());
    }
  }

  private List<MySQLMultiMaster> pairs() {
    List<MySQLMultiMaster> pairs = new ArrayList<>();
    for (String namespace : namespaces) {
      pairs.addAll(
          client.resources(MySQLMultiMaster.class).inNamespace(namespace).list().getItems());
    }
    return pairs;
  }
}
