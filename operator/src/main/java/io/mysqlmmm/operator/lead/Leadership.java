package io.mysqlmmm.operator.lead;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the Lease, keeps it, and tells when it is lost. Each term has an identity of its own, so
 * that getting the Lease again counts as a new leader (S4).
 */
public final class Leadership {
  /** Annotation of a lease: the node of the operator that it names. */
  public static final String NODE = "mysqlmmm.io/node";

  private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
  private static final String NAME = "mysql-mmm-operator";
  private static final Duration EVERY = Duration.ofMillis(500);

  private final KubernetesClient client;
  private final String namespace;
  private final String pod;
  private final String node;
  private final Supplier<Duration> clock;
  private final LeaseTerm term = new LeaseTerm();
  private String identity;
  private volatile boolean stopping;

  /** The term that ends before its time; empty: none. */
  private volatile String resigned = "";

  private volatile Optional<Term> seen = Optional.empty();

  /** A term of leadership, and the node of who has it; empty: it does not tell. */
  public record Term(String identity, Optional<String> node) {}

  public Leadership(
      KubernetesClient client,
      String namespace,
      String pod,
      String node,
      Supplier<Duration> clock) {
    this.client = client;
    this.namespace = namespace;
    this.pod = pod;
    this.node = node;
    this.clock = clock;
    this.identity = pod;
  }

  /**
   * Whether this process leads now; false at the latest {@link LeaseTerm#TTL} after it lost touch.
   */
  public boolean leads() {
    synchronized (term) {
      return term.ours(clock.get());
    }
  }

  /** Blocks until this process leads; false when it is stopping. */
  public boolean await() throws InterruptedException {
    identity = pod + "_" + UUID.randomUUID();
    LOG.info("waiting for the lease as {}", identity);
    while (!stopping && !leads()) {
      attempt();
      pause();
    }
    return leads();
  }

  /** Blocks while this process leads, renewing twice a second. */
  public void keep() throws InterruptedException {
    while (!stopping && !isResigned() && leads()) {
      pause();
      attempt();
    }
    if (isResigned()) {
      release();
      synchronized (term) {
        term.resigned(clock.get());
      }
    }
    LOG.info("no longer the leader");
  }

  /** Gives the Lease up, so that another takes it at once. */
  public void stop() {
    stopping = true;
    release();
  }

  /** Ends this term soon, if it still runs: {@link #keep} does it. */
  public void resign(Term own) {
    resigned = own.identity();
  }

  /** The term that was seen last; empty: the Lease was free, or was not seen yet. */
  public Optional<Term> current() {
    return seen;
  }

  private boolean isResigned() {
    return identity.equals(resigned);
  }

  private void release() {
    boolean held = leads();
    synchronized (term) {
      term.ended();
    }
    if (held) {
      try {
        Lease lease = read();
        if (lease != null && identity.equals(lease.getSpec().getHolderIdentity())) {
          lease.getSpec().setHolderIdentity("");
          client.resource(lease).update();
        }
      } catch (KubernetesClientException e) {
        LOG.warn("the lease could not be given up and has to expire: {}", e.getMessage());
      }
    }
  }

  private static void pause() throws InterruptedException {
    Thread.sleep(EVERY);
  }

  private void attempt() {
    if (stopping) {
      // What was given up stays given up.
      return;
    }
    try {
      Duration sentAt = clock.get();
      if (takeOrRenew(sentAt)) {
        synchronized (term) {
          term.renewed(sentAt);
        }
      }
    } catch (KubernetesClientException e) {
      LOG.warn("lease {}/{}: {}", namespace, NAME, e.getMessage());
    }
  }

  private boolean takeOrRenew(Duration sentAt) {
    Lease lease = read();
    if (lease == null) {
      client.resource(held(null)).create();
      return true;
    }
    String holder = lease.getSpec().getHolderIdentity();
    boolean ours = identity.equals(holder);
    boolean free = holder == null || holder.isEmpty();
    seen = free ? Optional.empty() : Optional.of(new Term(holder, node(lease)));
    boolean takeable = ours || (free ? mayTakeFree(sentAt) : expired(lease, sentAt));
    if (takeable) {
      client.resource(held(lease)).update();
    }
    return takeable;
  }

  private boolean mayTakeFree(Duration now) {
    synchronized (term) {
      return term.mayTakeFree(now);
    }
  }

  private static Optional<String> node(Lease lease) {
    Map<String, String> annotations = lease.getMetadata().getAnnotations();
    return annotations == null ? Optional.empty() : Optional.ofNullable(annotations.get(NODE));
  }

  private boolean expired(Lease lease, Duration now) {
    String record =
        lease.getSpec().getHolderIdentity() + "@" + lease.getMetadata().getResourceVersion();
    synchronized (term) {
      return term.expired(record, now);
    }
  }

  private @Nullable Lease read() {
    return client.leases().inNamespace(namespace).withName(NAME).get();
  }

  /** The Lease held by us; replaces {@code current} only if that is still as it was read. */
  private Lease held(@Nullable Lease current) {
    boolean renewal = current != null && identity.equals(current.getSpec().getHolderIdentity());
    Integer transitions = current == null ? null : current.getSpec().getLeaseTransitions();
    // The times are for people; nobody here compares them.
    ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS);
    return new LeaseBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(NAME)
        .withResourceVersion(current == null ? null : current.getMetadata().getResourceVersion())
        .withAnnotations(Map.of(NODE, node))
        .endMetadata()
        .withNewSpec()
        .withHolderIdentity(identity)
        .withLeaseDurationSeconds((int) LeaseTerm.PATIENCE.toSeconds())
        .withAcquireTime(renewal && current != null ? current.getSpec().getAcquireTime() : now)
        .withRenewTime(now)
        .withLeaseTransitions((transitions == null ? 0 : transitions) + (renewal ? 0 : 1))
        .endSpec()
        .build();
  }
}
