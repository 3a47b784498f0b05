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
   *
   * <p>HTTP/1.1 only: the JDK's client keeps one HTTP/2 connection for all requests and goes on
   * using it when it has silently died (seen: every request timed out for as long as it was
   * watched), while over HTTP/1.1 a request that timed out takes its connection with it.
   */
  public static KubernetesClient connect() {
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder()
                .withRequestTimeout(REQUEST_TIMEOUT_MILLIS)
                .withConnectionTimeout(CONNECTION_TIMEOUT_MILLIS)
                .withRequestRetryBackoffLimit(1)
                .withHttp2Disable(true)
                .build())
        .build();
  }
}
