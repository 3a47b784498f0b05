package io.mysqlmmm.operator.kube;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

/** The client that all of the operator shares. */
public final class ApiClient {
  /** Bound on one request; watches are not affected. */
  private static final int REQUEST_TIMEOUT_MILLIS = 5_000;

  private static final int CONNECTION_TIMEOUT_MILLIS = 3_000;

  private ApiClient() {}

  /**
   * Connects as the environment says (service account or kubeconfig). A request takes 5 seconds at
   * most and is tried twice.
   */
  public static KubernetesClient connect() {
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder()
                .withRequestTimeout(REQUEST_TIMEOUT_MILLIS)
                .withConnectionTimeout(CONNECTION_TIMEOUT_MILLIS)
                .withRequestRetryBackoffLimit(1)
                .build())
        .build();
  }
}
