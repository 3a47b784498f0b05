package io.mysqlmmm.operator.kube;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import java.util.Map;

/** The PodDisruptionBudget NAME: evictions take one host at a time. */
final class Budget {
  private Budget() {}

  static PodDisruptionBudget render(Blueprint pair) {
    return new PodDisruptionBudgetBuilder()
        .withNewMetadata()
        .withName(pair.cluster())
        .withNamespace(pair.namespace())
        .withLabels(Names.labels(pair.cluster()))
        .withOwnerReferences(pair.owner())
        .endMetadata()
        .withNewSpec()
        .withMaxUnavailable(new IntOrString(1))
        .withNewSelector()
        .withMatchLabels(Map.of(Names.CLUSTER_LABEL, pair.cluster()))
        .endSelector()
        .endSpec()
        .build();
  }
}
