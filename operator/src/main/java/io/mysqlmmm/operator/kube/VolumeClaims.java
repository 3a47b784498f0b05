package io.mysqlmmm.operator.kube;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.mysqlmmm.operator.core.Topology;
import io.mysqlmmm.operator.observe.Problem;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Claims that grow. The API server lets a StatefulSet's claim templates never change, so a present
 * one keeps its own, and the claim is told the new size itself. The volume is enlarged by the
 * storage class's driver; mysqld goes on meanwhile.
 */
final class VolumeClaims {
  private static final String STORAGE = "storage";

  /** What a class that cannot enlarge volumes, or a quota, answers. */
  private static final Set<Integer> REFUSALS = Set.of(HttpURLConnection.HTTP_FORBIDDEN, 422);

  private final KubernetesClient client;

  VolumeClaims(KubernetesClient client) {
    this.client = client;
  }

  /** A StatefulSet as it may be applied onto the present one. Pure. */
  static StatefulSet kept(StatefulSet wanted, @Nullable StatefulSet present) {
    if (present == null
        || wanted.getSpec().getVolumeClaimTemplates().isEmpty()
        || present.getSpec().getVolumeClaimTemplates().isEmpty()) {
      return wanted;
    }
    Quantity size = request(present.getSpec().getVolumeClaimTemplates().getFirst());
    PersistentVolumeClaim template =
        new PersistentVolumeClaimBuilder(wanted.getSpec().getVolumeClaimTemplates().getFirst())
            .editSpec()
            .editResources()
            .withRequests(Map.of(STORAGE, size))
            .endResources()
            .endSpec()
            .build();
    return new StatefulSetBuilder(wanted)
        .editSpec()
        .withVolumeClaimTemplates(List.of(template))
        .endSpec()
        .build();
  }

  /** Has a host's claim ask for this size, if it asks for less; why it cannot, if so. */
  Optional<Problem> grow(Topology topology, String host, Storage.Claim wanted) {
    var one =
        client
            .persistentVolumeClaims()
            .inNamespace(topology.namespace())
            .withName(HostPod.DATA + "-" + Names.pod(topology.name(), host));
    PersistentVolumeClaim present = one.get();
    if (present == null || !isLess(request(present), new Quantity(wanted.size()))) {
      return Optional.empty();
    }
    PersistentVolumeClaim larger =
        new PersistentVolumeClaimBuilder(present)
            .editSpec()
            .editResources()
            .addToRequests(STORAGE, new Quantity(wanted.size()))
            .endResources()
            .endSpec()
            .build();
    try {
      one.patch(PatchContext.of(PatchType.JSON_MERGE), larger);
      return Optional.empty();
    } catch (KubernetesClientException e) {
      if (!REFUSALS.contains(e.getCode())) {
        throw e;
      }
      return Optional.of(refused(host, present, wanted, e));
    }
  }

  private static boolean isLess(Quantity one, Quantity other) {
    return one.getNumericalAmount().compareTo(other.getNumericalAmount()) < 0;
  }

  private static Quantity request(PersistentVolumeClaim claim) {
    PersistentVolumeClaimSpec spec = claim.getSpec();
    return Objects.requireNonNull(
        spec.getResources().getRequests().get(STORAGE), "every claim asks for some storage");
  }

  private static Problem refused(
      String host,
      PersistentVolumeClaim present,
      Storage.Claim wanted,
      KubernetesClientException e) {
    return new Problem(
        "spec.mysql.storage.size",
        "StorageRefused",
        ("the claim of host \"%s\" stays at %s and does not grow to %s: choose a class that can"
                + " enlarge volumes (allowVolumeExpansion), or correct what the API server names"
                + " (%s)")
            .formatted(host, request(present), wanted.size(), Applier.said(e)));
  }
}
