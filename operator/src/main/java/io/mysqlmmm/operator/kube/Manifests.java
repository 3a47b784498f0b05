package io.mysqlmmm.operator.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import io.mysqlmmm.operator.core.Topology;
import io.mysqlmmm.operator.core.Topology.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Renders every object of a pair but its Secrets. Pure. */
public final class Manifests {
  private Manifests() {}

  /** The objects in the order in which they are to be applied. */
  public static List<HasMetadata> render(
      MySQLMultiMaster resource, Topology topology, KubeSettings settings) {
    return render(new Blueprint(resource, topology, settings, Optional.empty()));
  }

  static List<HasMetadata> render(Blueprint pair) {
    List<HasMetadata> objects = new ArrayList<>();
    objects.add(Config.render(pair));
    objects.addAll(RoleServices.render(pair));
    objects.addAll(Budget.render(pair));
    for (Host host : pair.topology().hosts()) {
      objects.add(HostStatefulSet.render(pair, host));
    }
    return objects;
  }
}
