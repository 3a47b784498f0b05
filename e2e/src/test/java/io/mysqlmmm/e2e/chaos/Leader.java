package io.mysqlmmm.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.mysqlmmm.e2e.Eventually;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.Optional;

/** The operator that leads. */
public final class Leader {
  static final String NAMESPACE = "mysql-mmm-system";

  private Leader() {}

  /** Blocks until the Lease is renewed or taken. */
  public static void await(KubernetesClient client, Duration bound) {
    ZonedDateTime before = lease(client).getRenewTime();
    Eventually.within(
        bound, () -> assertThat(lease(client).getRenewTime()).as("renewal").isNotEqualTo(before));
  }

  private static LeaseSpec lease(KubernetesClient client) {
    return client.leases().inNamespace(NAMESPACE).withName("mysql-mmm-operator").get().getSpec();
  }

  /** Its pod; empty: nobody leads at present. */
  public static Optional<String> pod(KubernetesClient client) {
    String holder = Objects.requireNonNullElse(lease(client).getHolderIdentity(), "");
    int end = holder.indexOf('_');
    return end < 0 ? Optional.empty() : Optional.of(holder.substring(0, end));
  }

  /** The node that it is on. */
  public static String node(KubernetesClient client) {
    return client
        .pods()
        .inNamespace(NAMESPACE)
        .withName(pod(client).orElseThrow())
        .get()
        .getSpec()
        .getNodeName();
  }
}
