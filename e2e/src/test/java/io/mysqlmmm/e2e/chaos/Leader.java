package io.mysqlmmm.e2e.chaos;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Objects;
import java.util.Optional;

/** The operator that leads. */
public final class Leader {
  static final String NAMESPACE = "mysql-mmm-system";

  private Leader() {}

  /** Its pod; empty: nobody leads at present. */
  public static Optional<String> pod(KubernetesClient client) {
    String holder =
        Objects.requireNonNullElse(
            client
                .leases()
                .inNamespace(NAMESPACE)
                .withName("mysql-mmm-operator")
                .get()
                .getSpec()
                .getHolderIdentity(),
            "");
    int end = holder.indexOf('_');
    return end < 0 ? Optional.empty() : Optional.of(holder.substring(0, end));
  }

  /** The node that it is on. */
  static String node(KubernetesClient client) {
    return client
        .pods()
        .inNamespace(NAMESPACE)
        .withName(pod(client).orElseThrow())
        .get()
        .getSpec()
        .getNodeName();
  }
}
