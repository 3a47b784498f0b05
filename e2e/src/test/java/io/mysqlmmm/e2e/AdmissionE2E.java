package io.mysqlmmm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

/** The contract on the cluster of KUBECONFIG, with the CRD as the chart installed it. */
final class AdmissionE2E extends AdmissionContract {

  @Override
  KubernetesClient connect() {
    assertThat(System.getenv("KUBECONFIG"))
        .as(
            "KUBECONFIG is not set: run `eval \"$(make -s lab-env)\"` first, or `make e2e`, which"
                + " does it")
        .isNotBlank();
    return new KubernetesClientBuilder().build();
  }
}
