package io.mysqlmmm.operator.kube;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The nodes of the cluster and their InternalIPs, asked for again after a few seconds at most. */
final class Nodes {
  private static final Duration FRESH = Duration.ofSeconds(10);

  private final KubernetesClient client;
  private final Clock clock;
  private Map<String, String> known = Map.of();
  private Set<String> cordoned = Set.of();
  private Instant knownAt = Instant.MIN;

  Nodes(KubernetesClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  /** Nodes that take no new pods. */
  synchronized Set<String> cordoned() {
    addresses();
    return cordoned;
  }

  /** A node was changed: asks anew at the next look. */
  synchronized void changed() {
    knownAt = Instant.MIN;
  }

  synchronized Map<String, String> addresses() {
    Instant now = clock.instant();
    if (knownAt.equals(Instant.MIN) || Duration.between(knownAt, now).compareTo(FRESH) >= 0) {
      Map<String, String> read = new TreeMap<>();
      Set<String> closed = new TreeSet<>();
      // Version 0: from the API server's cache, which is enough here.
      client
          .nodes()
          .list(new ListOptionsBuilder().withResourceVersion("0").build())
          .getItems()
          .forEach(
              node -> {
                read.put(node.getMetadata().getName(), internalIp(node));
                if (isCordoned(node)) {
                  closed.add(node.getMetadata().getName());
                }
              });
      cordoned = Set.copyOf(closed);
      known = Map.copyOf(read);
      knownAt = now;
    }
    return known;
  }

  static boolean isCordoned(Node node) {
    return node.getSpec() != null && Boolean.TRUE.equals(node.getSpec().getUnschedulable());
  }

  private static String internalIp(Node node) {
    List<NodeAddress> addresses = node.getStatus() == null ? null : node.getStatus().getAddresses();
    return addresses == null
        ? ""
        : addresses.stream()
            .filter(address -> "InternalIP".equals(address.getType()))
            .map(NodeAddress::getAddress)
            .findFirst()
            .orElse("");
  }
}
