package io.mysqlmmm.e2e.chaos;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.mysqlmmm.e2e.PairUnderTest;

/** Where the campaign takes place: the lab's cluster, the sample pair, and its application. */
public record Site(
    KubernetesClient client, PairUnderTest pair, Application application, Clock clock) {}
