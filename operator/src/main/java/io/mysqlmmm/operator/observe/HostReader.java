package io.mysqlmmm.operator.observe;

import io.mysqlmmm.api.v1alpha1.HostSpec;
import io.mysqlmmm.operator.core.Topology.Host;
import io.mysqlmmm.operator.core.Topology.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads spec.hosts. */
final class HostReader {
  static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,18}[a-z0-9])?");

  /** The operator's own certificate has this name, and agents obey it. */
  private static final String RESERVED_NAME = "operator";

  private static final Duration MAX_DELAY = Duration.ofDays(7);

  private final Map<String, String> nodeAddresses;
  private final Problems problems;

  HostReader(Map<String, String> nodeAddresses, Problems problems) {
    this.nodeAddresses = nodeAddresses;
    this.problems = problems;
  }

  List<Host> read(List<HostSpec> specs) {
    List<Host> hosts = new ArrayList<>();
    for (int i = 0; i < specs.size(); i++) {
      hosts.add(readHost("spec.hosts[" + i + "]", specs.get(i)));
    }
    checkDistinct(hosts);
    checkMasters(hosts);
    return hosts;
  }

  private Host readHost(String field, HostSpec spec) {
    String name = Objects.requireNonNullElse(spec.name(), "");
    String node = Objects.requireNonNullElse(spec.nodeName(), "");
    if (!LABEL.matcher(name).matches()) {
      problems.add(
          field + ".name",
          "InvalidName",
          "host name \"%s\" is no short DNS label: use 1 to 20 lower-case letters, digits and dashes"
              .formatted(name));
    } else if (name.equals(RESERVED_NAME)) {
      problems.add(
          field + ".name",
          "InvalidName",
          "host name \"operator\" is reserved for the operator's certificate: choose another");
    }
    Kind kind = problems.choose(field + ".mode", spec.mode(), Kind.MASTER, Kind.class);
    return new Host(
        name,
        node,
        kind,
        Optional.ofNullable(spec.peer()),
        address(field, name, node, spec),
        delay(field, kind, spec),
        false,
        Boolean.TRUE.equals(spec.external()));
  }

  private Duration delay(String field, Kind kind, HostSpec spec) {
    if (spec.delay() == null) {
      return Duration.ZERO;
    }
    Optional<Duration> delay =
        Durations.parse(spec.delay())
            .filter(d -> d.toMillis() >= 1000 && d.compareTo(MAX_DELAY) <= 0);
    if (delay.isEmpty() || kind == Kind.MASTER) {
      problems.add(
          field + ".delay",
          "OutOfBounds",
          "delay \"%s\" is out of place or bounds: give a Replica a duration from 1s to 168h (a week)"
              .formatted(spec.delay()));
    }
    return delay.orElse(Duration.ZERO);
  }

  private String address(String field, String name, String node, HostSpec spec) {
    String nodeAddress = nodeAddresses.get(node);
    if (nodeAddress == null) {
      problems.add(
          field + ".nodeName",
          "NodeNotFound",
          "node \"%s\" of host \"%s\" does not exist: use one that \"kubectl get nodes\" shows"
              .formatted(node, name));
    }
    if (spec.address() != null) {
      return literal(field, name, spec.address());
    }
    if (nodeAddress != null && nodeAddress.isEmpty()) {
      problems.add(
          field + ".address",
          "NodeWithoutAddress",
          ("node \"%s\" of host \"%s\" has no InternalIP: give the host's address, or have the"
                  + " node report one")
              .formatted(node, name));
    }
    return IpAddress.canonical(Objects.requireNonNullElse(nodeAddress, ""));
  }

  private String literal(String field, String name, String address) {
    Optional<IpAddress> parsed = IpAddress.parse(address);
    if (parsed.isEmpty() || !parsed.orElseThrow().isOrdinary()) {
      problems.add(
          field + ".address",
          "InvalidAddress",
          ("address \"%s\" of host \"%s\" is no IP address that others can reach: give one, or"
                  + " leave address out")
              .formatted(address, name));
      return "";
    }
    return parsed.orElseThrow().text();
  }

  private void checkDistinct(List<Host> hosts) {
    Map<String, String> names = new HashMap<>();
    Map<String, String> nodes = new HashMap<>();
    Map<IpAddress, String> addresses = new HashMap<>();
    for (int i = 0; i < hosts.size(); i++) {
      Host host = hosts.get(i);
      String field = "spec.hosts[" + i + "]";
      if (names.putIfAbsent(host.name(), host.name()) != null) {
        problems.add(
            field + ".name",
            "DuplicateName",
            "several hosts are named \"%s\": give each host a name of its own"
                .formatted(host.name()));
        continue;
      }
      String onSameNode = nodes.putIfAbsent(host.nodeName(), host.name());
      if (onSameNode != null) {
        problems.add(
            field + ".nodeName",
            "DuplicateNode",
            ("hosts \"%s\" and \"%s\" are on the same node \"%s\": put each on a node of its own,"
                    + " because they use the same ports")
                .formatted(onSameNode, host.name(), host.nodeName()));
        continue;
      }
      String same =
          IpAddress.parse(host.address())
              .map(address -> addresses.putIfAbsent(address, host.name()))
              .orElse(null);
      if (same != null) {
        problems.add(
            field + ".address",
            "DuplicateAddress",
            "hosts \"%s\" and \"%s\" have the same address %s: give each its own"
                .formatted(same, host.name(), host.address()));
      }
    }
  }

  private void checkMasters(List<Host> hosts) {
    List<Host> masters = hosts.stream().filter(host -> host.kind() == Kind.MASTER).toList();
    if (masters.size() != 2) {
      problems.add(
          "spec.hosts",
          "NotAPair",
          "exactly two hosts must have mode Master, but %d of %d have it"
              .formatted(masters.size(), hosts.size()));
      return;
    }
    checkPeer(masters.getFirst(), masters.getLast());
    checkPeer(masters.getLast(), masters.getFirst());
  }

  private void checkPeer(Host master, Host other) {
    if (!master.peer().equals(Optional.of(other.name()))) {
      problems.add(
          "spec.hosts",
          "PeersDisagree",
          "the two masters must name each other as peer: set the peer of host \"%s\" to \"%s\"%s"
              .formatted(
                  master.name(),
                  other.name(),
                  master.peer().map(named -> ", not \"" + named + "\"").orElse("")));
    }
  }
}
