package io.mysqlmmm.operator.observe;

import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMasterStatus;
import io.mysqlmmm.api.v1alpha1.RoleStatus;
import io.mysqlmmm.operator.core.Topology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What pairs may not share: virtual IPs, which would have two holders, and ports of a node. Pure.
 * Who has it keeps it: an IP that a pair has given to a host is never refused to that pair, nor is
 * a port to a pair that has a ledger. Of pairs that have nothing yet the older one goes first.
 */
public final class Neighbours {
  private static final Comparator<Topology> AGE =
      Comparator.comparing(Topology::createdAt)
          .thenComparing(Topology::namespace)
          .thenComparing(Topology::name);

  private Neighbours() {}

  /** A resource and what it asks for. */
  public record Pair(MySQLMultiMaster resource, Topology wanted) {
    private String path() {
      return wanted.namespace() + "/" + wanted.name();
    }

    private boolean isOlderThan(Pair other) {
      return AGE.compare(wanted, other.wanted) < 0;
    }

    private Optional<MySQLMultiMasterStatus> status() {
      return Optional.ofNullable(resource.getStatus());
    }

    private boolean began() {
      return status().filter(s -> s.ledger() != null).isPresent();
    }

    /** IPs that it has given to a host. */
    private Set<String> given() {
      return status().map(MySQLMultiMasterStatus::roles).stream()
          .flatMap(List::stream)
          .map(RoleStatus::assignments)
          .filter(Objects::nonNull)
          .flatMap(List::stream)
          .filter(a -> a.ip() != null && a.host() != null)
          .map(a -> String.valueOf(a.ip()))
          .collect(Collectors.toSet());
    }

    private Set<String> nodes() {
      return wanted.hosts().stream().map(Topology.Host::nodeName).collect(Collectors.toSet());
    }

    /** Ports on each of its nodes, and the fields that give them. */
    private Map<Integer, String> ports() {
      Map<Integer, String> ports = new LinkedHashMap<>();
      ports.put(wanted.mysql().port(), "spec.mysql.port");
      ports.put(wanted.mysql().adminPort(), "spec.mysql.adminPort");
      ports.put(wanted.agent().port(), "spec.agent.port");
      return ports;
    }
  }

  /** What {@code mine} asks for and another pair has; the first that has it is named. */
  public static List<Problem> taken(Pair mine, List<Pair> others) {
    List<Problem> found = new ArrayList<>();
    for (Topology.Role role : mine.wanted().roles()) {
      for (String ip : role.ips()) {
        others.stream()
            .filter(other -> hasIp(mine, other, ip))
            .findFirst()
            .ifPresent(
                other ->
                    found.add(
                        new Problem(
                            "spec.roles",
                            "IpTaken",
                            "IP %s of role \"%s\" belongs to the pair %s: use a free address"
                                .formatted(ip, role.name(), other.path()))));
      }
    }
    mine.ports()
        .forEach(
            (port, field) ->
                others.stream()
                    .flatMap(other -> portTaken(mine, other, port, field).stream())
                    .findFirst()
                    .ifPresent(found::add));
    return found;
  }

  private static boolean hasIp(Pair mine, Pair other, String ip) {
    if (mine.given().contains(ip)) {
      return false;
    }
    boolean wants = other.wanted().managedIps().contains(ip);
    return other.given().contains(ip) || (wants && other.isOlderThan(mine));
  }

  private static Optional<Problem> portTaken(Pair mine, Pair other, int port, String field) {
    boolean goesFirst = !mine.began() && (other.began() || other.isOlderThan(mine));
    if (!goesFirst || !other.ports().containsKey(port)) {
      return Optional.empty();
    }
    return mine.nodes().stream()
        .filter(other.nodes()::contains)
        .sorted()
        .findFirst()
        .map(
            node ->
                new Problem(
                    field,
                    "PortTaken",
                    "port %d of node %s belongs to the pair %s: use another port, or another node"
                        .formatted(port, node, other.path())));
  }
}
