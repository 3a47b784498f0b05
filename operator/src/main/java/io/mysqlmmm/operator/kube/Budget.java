package io.mysqlmmm.operator.kube;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import java.util.List;

/**
 * What may be evicted. NAME-writer: never the writer's pod, so that a drain waits until the writer
 * was moved away (it is, as its node is cordoned), and never takes both masters. NAME: of the other
 * pods one at a time. A pod that is not ready may always be evicted.
 */
final class Budget {
  /** Label that the StatefulSet's controller gives each pod. */
  private static final String POD_NAME = "statefulset.kubernetes.io/pod-name";

  private Budget() {}

  /** The writer's first: a pod that two budgets cover cannot be evicted at all. */
  static List<PodDisruptionBudget> render(Blueprint pair) {
    LabelSelectorBuilder others =
        new LabelSelectorBuilder().addToMatchLabels(Names.CLUSTER_LABEL, pair.cluster());
    if (pair.writer().isEmpty()) {
      return List.of(budget(pair, pair.cluster(), 1, others.build()));
    }
    String pod = Names.pod(pair.cluster(), pair.writer().get());
    LabelSelector writer =
        new LabelSelectorBuilder()
            .addToMatchLabels(Names.CLUSTER_LABEL, pair.cluster())
            .addToMatchLabels(POD_NAME, pod)
            .build();
    others
        .addNewMatchExpression()
        .withKey(POD_NAME)
        .withOperator("NotIn")
        .withValues(pod)
        .endMatchExpression();
    return List.of(
        budget(pair, pair.cluster() + "-writer", 0, writer),
        budget(pair, pair.cluster(), 1, others.build()));
  }

  private static PodDisruptionBudget budget(
      Blueprint pair, String name, int unavailable, LabelSelector selector) {
    return new PodDisruptionBudgetBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(pair.namespace())
        .withLabels(Names.labels(pair.cluster()))
        .withOwnerReferences(pair.owner())
        .endMetadata()
        .withNewSpec()
        .withMaxUnavailable(new IntOrString(unavailable))
        .withUnhealthyPodEvictionPolicy("AlwaysAllow")
        .withSelector(selector)
        .endSpec()
        .build();
  }
}
