package io.mysqlmmm.operator.kube;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.mysqlmmm.operator.lead.LeaseTerm;

/**
 * The clients of the API server: one for the ledger and all of the status, one for the Lease, and
 * one that all else of the operator shares.
 */
public final class ApiClient {
  private static final int REQUEST_TIMEOUT_MILLIS = 5_000;
  private static final int CONNECTION_TIMEOUT_MILLIS = 3_000;

  /** A monitor waits for this, and hears nothing meanwhile. */
  private static final int STATUS_TIMEOUT_MILLIS = 3_000;

  /** Well within {@link LeaseTerm#TTL}: a renewal that hangs leaves time for another. */
  private static final int RENEWAL_TIMEOUT_MILLIS = 1_000;

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
    return connect(REQUEST_TIMEOUT_MILLIS, CONNECTION_TIMEOUT_MILLIS, 1);
  }

  /** For the leader's Lease alone: a request takes a second at most and is tried once. */
  public static KubernetesClient connectForLease() {
    return connect(RENEWAL_TIMEOUT_MILLIS, RENEWAL_TIMEOUT_MILLIS, 0);
  }

  /**
   * For the status: a request takes three seconds at most and is tried once, as whoever writes by
   * compare-and-set has to know what became of each write.
   */
  public static KubernetesClient connectForStatus() {
    return connect(STATUS_TIMEOUT_MILLIS, RENEWAL_TIMEOUT_MILLIS, 0);
  }

  /** Watches are bound by neither time. */
  private static KubernetesClient connect(int requestMillis, int connectionMillis, int retries) {
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder()
                .withRequestTimeout(requestMillis)
                .withConnectionTimeout(connectionMillis)
                .withRequestRetryBackoffLimit(retries)
                .withHttp2Disable(true)
                .build())
        .build();
  }
}
