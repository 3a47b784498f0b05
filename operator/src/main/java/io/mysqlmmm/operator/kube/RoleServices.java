package io.mysqlmmm.operator.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPortBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.mysqlmmm.operator.core.Topology.Role;
import io.mysqlmmm.operator.observe.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * For each role a Service NAME-ROLE without selector, and EndpointSlices that point at the role's
 * virtual IPs, IPv4 and IPv6 apart. They name the VIPs and not the hosts, so a failover changes
 * nothing in them.
 */
final class RoleServices {
  private static final String PORT_NAME = "mysql";

  private RoleServices() {}

  static List<HasMetadata> render(Blueprint pair) {
    List<HasMetadata> objects = new ArrayList<>();
    for (Role role : pair.topology().roles()) {
      objects.add(service(pair, role));
      addSlice(objects, pair, role, true);
      addSlice(objects, pair, role, false);
    }
    return objects;
  }

  private static Service service(Blueprint pair, Role role) {
    return new ServiceBuilder()
        .withNewMetadata()
        .withName(Names.service(pair.cluster(), role.name()))
        .withNamespace(pair.namespace())
        .withLabels(Names.labels(pair.cluster()))
        .withOwnerReferences(pair.owner())
        .endMetadata()
        .withNewSpec()
        .withIpFamilyPolicy("PreferDualStack")
        .addNewPort()
        .withName(PORT_NAME)
        .withProtocol("TCP")
        .withPort(pair.topology().mysql().port())
        .withNewTargetPort(pair.topology().mysql().port())
        .endPort()
        .endSpec()
        .build();
  }

  private static void addSlice(
      List<HasMetadata> objects, Blueprint pair, Role role, boolean wantV4) {
    List<Endpoint> endpoints =
        role.ips().stream()
            .filter(ip -> IpAddress.parse(ip).orElseThrow().isV4() == wantV4)
            .map(RoleServices::endpoint)
            .toList();
    if (!endpoints.isEmpty()) {
      objects.add(slice(pair, role, wantV4, endpoints));
    }
  }

  private static Endpoint endpoint(String ip) {
    return new EndpointBuilder()
        .withAddresses(ip)
        .withNewConditions()
        .withReady(true)
        .endConditions()
        .build();
  }

  private static EndpointSlice slice(
      Blueprint pair, Role role, boolean v4, List<Endpoint> endpoints) {
    String service = Names.service(pair.cluster(), role.name());
    Map<String, String> labels = Names.labels(pair.cluster());
    labels.put("kubernetes.io/service-name", service);
    labels.put("endpointslice.kubernetes.io/managed-by", Names.OPERATOR);
    return new EndpointSliceBuilder()
        .withNewMetadata()
        .withName(service + (v4 ? "-ipv4" : "-ipv6"))
        .withNamespace(pair.namespace())
        .withLabels(labels)
        .withOwnerReferences(pair.owner())
        .endMetadata()
        .withAddressType(v4 ? "IPv4" : "IPv6")
        .withEndpoints(endpoints)
        .withPorts(
            new EndpointPortBuilder()
                .withName(PORT_NAME)
                .withProtocol("TCP")
                .withPort(pair.topology().mysql().port())
                .build())
        .build();
  }
}
