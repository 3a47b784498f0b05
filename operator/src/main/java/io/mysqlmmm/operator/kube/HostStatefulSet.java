package io.mysqlmmm.operator.kube;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetSpecBuilder;
import io.mysqlmmm.operator.core.Topology.Host;
import io.mysqlmmm.operator.kube.Storage.Claim;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One StatefulSet of one pod for each host. A changed template reaches a running pod only when it
 * is deleted (OnDelete), because a restart is a decision ({@link
 * io.mysqlmmm.operator.core.RollingPlan}); pods that never started are replaced by {@link
 * KubeObjects#inspectPods}.
 */
final class HostStatefulSet {
  private static final int REVISIONS = 2;

  private HostStatefulSet() {}

  static StatefulSet render(Blueprint pair, Host host) {
    Map<String, String> labels = Names.labels(pair.cluster(), host.name());
    String whenDeleted = pair.deletesData() ? "Delete" : "Retain";
    StatefulSetSpecBuilder spec =
        new StatefulSetSpecBuilder()
            .withReplicas(1)
            .withServiceName(pair.cluster())
            .withPodManagementPolicy("Parallel")
            .withRevisionHistoryLimit(REVISIONS)
            .withNewUpdateStrategy()
            .withType("OnDelete")
            .endUpdateStrategy()
            .withNewPersistentVolumeClaimRetentionPolicy()
            .withWhenDeleted(whenDeleted)
            .withWhenScaled("Retain")
            .endPersistentVolumeClaimRetentionPolicy()
            .withNewSelector()
            .withMatchLabels(selector(pair.cluster(), host.name()))
            .endSelector()
            .withTemplate(HostPod.template(pair, host, labels));
    if (pair.storage() instanceof Claim claim) {
      spec.withVolumeClaimTemplates(List.of(claim(claim, labels)));
    }
    return new StatefulSetBuilder()
        .withNewMetadata()
        .withName(Names.statefulSet(pair.cluster(), host.name()))
        .withNamespace(pair.namespace())
        .withLabels(labels)
        .withAnnotations(PresentHosts.annotations(host))
        .withOwnerReferences(pair.owner())
        .endMetadata()
        .withSpec(spec.build())
        .build();
  }

  private static Map<String, String> selector(String cluster, String host) {
    return new TreeMap<>(Map.of(Names.CLUSTER_LABEL, cluster, Names.HOST_LABEL, host));
  }

  private static PersistentVolumeClaim claim(Claim claim, Map<String, String> labels) {
    return new PersistentVolumeClaimBuilder()
        .withNewMetadata()
        .withName(HostPod.DATA)
        .withLabels(labels)
        .endMetadata()
        .withNewSpec()
        .withAccessModes("ReadWriteOnce")
        .withStorageClassName(claim.storageClass().orElse(null))
        .withNewResources()
        .addToRequests("storage", new Quantity(claim.size()))
        .endResources()
        .endSpec()
        .build();
  }
}
