package io.mysqlmmm.operator.succession;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.mysqlmmm.operator.lead.Leadership;
import java.net.HttpURLConnection;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Lease by which an operator asks the leader to give way. It grants nothing: who leads is said
 * by the leader's Lease alone. A request names the term of leadership that it is about, and counts
 * when it was seen to change, so none is honoured whose author is gone.
 */
final class HandOver {
  private static final Logger LOG = LoggerFactory.getLogger(HandOver.class);
  private static final String NAME = "mysql-mmm-operator-successor";
  private static final String INSTEAD_OF = "mysqlmmm.io/instead-of";

  private final KubernetesClient client;
  private final String namespace;
  private Optional<String> seen = Optional.empty();

  /** Who asks, and from which node. */
  record Request(String pod, String node) {}

  HandOver(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /** Asks the leader of that term to give way. */
  void ask(Request request, String leader) {
    Lease current = read();
    ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS);
    Lease wanted =
        new LeaseBuilder(lease(request, leader))
            .editMetadata()
            .withNamespace(namespace)
            .withResourceVersion(
                current == null ? null : current.getMetadata().getResourceVersion())
            .endMetadata()
            .editSpec()
            .withRenewTime(now)
            .endSpec()
            .build();
    try {
      if (current == null) {
        client.resource(wanted).create();
      } else {
        client.resource(wanted).update();
      }
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      LOG.debug("another operator asked at the same moment: the next look will tell", e);
    }
  }

  static Lease lease(Request request, String leader) {
    return new LeaseBuilder()
        .withNewMetadata()
        .withName(NAME)
        .withAnnotations(Map.of(INSTEAD_OF, leader, Leadership.NODE, request.node()))
        .endMetadata()
        .withNewSpec()
        .withHolderIdentity(request.pod())
        .endSpec()
        .build();
  }

  /** Who asked the leader of that term since this was last called. */
  Optional<Request> askedSince(String leader) {
    return news(read(), leader);
  }

  Optional<Request> news(@Nullable Lease lease, String leader) {
    String version = lease == null ? "" : lease.getMetadata().getResourceVersion();
    boolean changed = seen.filter(before -> !before.equals(version)).isPresent();
    seen = Optional.of(version);
    if (lease == null || !changed) {
      return Optional.empty();
    }
    Map<String, String> annotations =
        Objects.requireNonNullElse(lease.getMetadata().getAnnotations(), Map.of());
    String pod = lease.getSpec().getHolderIdentity();
    String node = annotations.get(Leadership.NODE);
    return pod != null && node != null && leader.equals(annotations.get(INSTEAD_OF))
        ? Optional.of(new Request(pod, node))
        : Optional.empty();
  }

  private @Nullable Lease read() {
    return client.leases().inNamespace(namespace).withName(NAME).get();
  }
}
