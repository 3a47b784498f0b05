package io.mysqlmmm.operator.kube;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.mysqlmmm.operator.core.Topology;
import io.mysqlmmm.operator.core.Topology.Host;
import io.mysqlmmm.operator.core.Topology.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Where hosts were put, written on their StatefulSets, whatever the spec says now. Pure. */
final class PresentHosts {
  private static final String NODE = "mysqlmmm.io/node";
  private static final String ADDRESS = "mysqlmmm.io/address";
  private static final String KIND = "mysqlmmm.io/kind";

  private PresentHosts() {}

  static Map<String, String> annotations(Host host) {
    return new TreeMap<>(
        Map.of(NODE, host.nodeName(), ADDRESS, host.address(), KIND, host.kind().name()));
  }

  /** By name. A StatefulSet of somebody else, or that does not tell, is left out. */
  static Map<String, Host> of(Topology topology, List<StatefulSet> sets) {
    Map<String, Host> hosts = new HashMap<>();
    for (StatefulSet set : sets) {
      if (Applier.belongs(topology, set) && set.getMetadata().getDeletionTimestamp() == null) {
        host(set.getMetadata()).ifPresent(host -> hosts.put(host.name(), host));
      }
    }
    return hosts;
  }

  private static Optional<Host> host(ObjectMeta meta) {
    String name = meta.getLabels().getOrDefault(Names.HOST_LABEL, "");
    String node = PodDue.annotation(meta, NODE);
    String address = PodDue.annotation(meta, ADDRESS);
    return name.isEmpty() || node.isEmpty() || address.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Host(
                name,
                node,
                Kind.MASTER.name().equals(PodDue.annotation(meta, KIND))
                    ? Kind.MASTER
                    : Kind.REPLICA,
                Optional.empty(),
                address));
  }
}
