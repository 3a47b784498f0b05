package io.mysqlmmm.operator.observe;

import io.mysqlmmm.api.v1alpha1.AdoptSpec;
import io.mysqlmmm.api.v1alpha1.HostStatus;
import io.mysqlmmm.api.v1alpha1.MonitorSpec;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMasterSpec;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMasterStatus;
import io.mysqlmmm.api.v1alpha1.NetworkSpec;
import io.mysqlmmm.operator.core.Topology;
import io.mysqlmmm.operator.core.Topology.Host;
import io.mysqlmmm.operator.core.Topology.MySql;
import io.mysqlmmm.operator.core.Topology.Role;
import io.mysqlmmm.operator.core.Topology.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a resource into the checked domain form. Pure. Fills in every default, and checks whatever
 * the operator relies on, also where the CRD's own rules do, because a resource may have been
 * admitted by an older CRD.
 */
public final class SpecReader {
  /** Port of an agent whose resource names none. */
  public static final int DEFAULT_AGENT_PORT = 9989;

  /**
   * What must be left of a lease to hold an IP for the second that is the kernel's least
   * (docs/decisions/004): 2.25 s, the margin of 0.1 s, and as much for a busy machine.
   */
  private static final Duration VIP_IN_LEASE = Duration.ofMillis(2500);

  private static final String DEFAULT_ACTIVE_MASTER_ROLE = "writer";
  private static final Pattern NAME = Pattern.compile("[a-z]([-a-z0-9]{0,28}[a-z0-9])?");
  private static final Pattern INTERFACE = Pattern.compile("[^/:\\s]{1,15}");
  private static final Set<String> DELETION_POLICIES = Set.of("Retain", "Delete");

  private SpecReader() {}

  /** What became of a resource. */
  public sealed interface Parsed {

    /** Complete and consistent. */
    record Valid(Topology topology) implements Parsed {}

    /** Not fit for use: at least one problem, each with its own field. */
    record Invalid(List<Problem> problems) implements Parsed {}
  }

  /**
   * Reads {@code resource}.
   *
   * @param nodeAddresses every node of the cluster with its InternalIP; an empty string for a node
   *     that has none
   */
  public static Parsed read(MySQLMultiMaster resource, Map<String, String> nodeAddresses) {
    MySQLMultiMasterSpec spec = resource.getSpec();
    if (spec == null) {
      return new Parsed.Invalid(
          List.of(new Problem("spec", "NoSpec", "the resource has no spec: give hosts and roles")));
    }
    Problems problems = new Problems();
    Map<String, String> known = remembered(resource.getStatus());
    known.putAll(nodeAddresses);
    Topology topology = read(resource, spec, known, problems);
    List<Problem> found = problems.found();
    return found.isEmpty() ? new Parsed.Valid(topology) : new Parsed.Invalid(found);
  }

  /**
   * Nodes that hosts were on, with their addresses: a pair is looked after also when one of its
   * nodes was removed from the cluster.
   */
  private static Map<String, String> remembered(@Nullable MySQLMultiMasterStatus status) {
    Map<String, String> nodes = new HashMap<>();
    List<HostStatus> hosts = status == null ? null : status.hosts();
    for (HostStatus host : hosts == null ? List.<HostStatus>of() : hosts) {
      if (host.nodeName() != null && host.address() != null) {
        nodes.put(host.nodeName(), host.address());
      }
    }
    return nodes;
  }

  private static Topology read(
      MySQLMultiMaster resource,
      MySQLMultiMasterSpec spec,
      Map<String, String> nodeAddresses,
      Problems problems) {
    String name = Objects.requireNonNullElse(resource.getMetadata().getName(), "");
    if (!NAME.matcher(name).matches()) {
      problems.add(
          "metadata.name",
          "InvalidName",
          ("\"%s\" is not allowed: use 1 to 30 lower-case letters, digits and dashes, a letter"
                  + " first, because Services and pods are named after it")
              .formatted(name));
    }
    checkDeletionPolicy(spec.deletionPolicy(), problems);
    List<Host> hosts =
        new HostReader(nodeAddresses, problems)
            .read(Objects.requireNonNullElse(spec.hosts(), List.of()));
    String activeMasterRole =
        Objects.requireNonNullElse(spec.activeMasterRole(), DEFAULT_ACTIVE_MASTER_ROLE);
    List<Role> roles =
        new RoleReader(hosts, nodeAddresses, problems)
            .read(Objects.requireNonNullElse(spec.roles(), List.of()), activeMasterRole);
    MySqlReader mysqlReader = new MySqlReader(name, problems);
    MySql mysql = mysqlReader.readMySql(spec.mysql());
    mysqlReader.checkExternal(hosts, spec.mysql());
    return new Topology(
        Objects.requireNonNullElse(resource.getMetadata().getNamespace(), ""),
        name,
        Objects.requireNonNullElse(resource.getMetadata().getUid(), ""),
        createdAt(resource),
        problems.choose("spec.mode", spec.mode(), Topology.Mode.ACTIVE, Topology.Mode.class),
        problems.choose(
            "spec.durability",
            spec.durability(),
            Topology.Durability.LOSSLESS,
            Topology.Durability.class),
        List.copyOf(hosts),
        List.copyOf(roles),
        activeMasterRole,
        networkInterface(spec.network(), problems),
        mysql,
        mysqlReader.readAgent(spec.agent(), mysql),
        timing(spec.monitor(), problems),
        PolicyReader.read(spec, problems),
        problems.choose(
            "spec.rejoin", spec.rejoin(), Topology.Rejoin.AUTOMATIC, Topology.Rejoin.class),
        adopted(spec.adopt(), roles, activeMasterRole, problems));
  }

  private static Optional<String> adopted(
      @Nullable AdoptSpec adopt, List<Role> roles, String activeMasterRole, Problems problems) {
    Optional<String> host = Optional.ofNullable(adopt).map(AdoptSpec::host);
    boolean mayWrite =
        host.isEmpty()
            || roles.stream()
                .filter(r -> r.name().equals(activeMasterRole))
                .allMatch(r -> r.hosts().contains(host.orElseThrow()));
    if (!mayWrite) {
      problems.add(
          "spec.adopt.host",
          "UnknownHost",
          "\"%s\" is no host of role \"%s\": use the master whose data set the pair begins with"
              .formatted(host.orElseThrow(), activeMasterRole));
    }
    return host;
  }

  private static void checkDeletionPolicy(@Nullable String policy, Problems problems) {
    if (policy != null && !DELETION_POLICIES.contains(policy)) {
      problems.add(
          "spec.deletionPolicy",
          "UnknownValue",
          "\"%s\" is unknown: use Retain or Delete".formatted(policy));
    }
  }

  private static Instant createdAt(MySQLMultiMaster resource) {
    String created = resource.getMetadata().getCreationTimestamp();
    return created == null ? Instant.EPOCH : Instant.parse(created);
  }

  private static Optional<String> networkInterface(
      @Nullable NetworkSpec network, Problems problems) {
    Optional<String> name =
        Optional.ofNullable(network == null ? null : network.networkInterface())
            .filter(given -> !given.isEmpty());
    if (name.isPresent() && !INTERFACE.matcher(name.orElseThrow()).matches()) {
      problems.add(
          "spec.network.interface",
          "InvalidName",
          ("\"%s\" is no name of a Linux network interface: use one that \"ip link\" shows on the"
                  + " nodes")
              .formatted(name.orElseThrow()));
    }
    return name;
  }

  static Timing timing(@Nullable MonitorSpec given, Problems problems) {
    MonitorSpec spec =
        Objects.requireNonNullElseGet(
            given,
            () ->
                new MonitorSpec(null, null, null, null, null, null, null, null, null, null, null));
    Timing timing =
        new Timing(
            Bounds.of("200ms", "50ms", "10s").read("heartbeat", spec.heartbeat(), problems),
            Bounds.of("3s", "3s", "1m").read("leaseTtl", spec.leaseTtl(), problems),
            Bounds.of("10s", "1s", "10m").read("moveTimeout", spec.moveTimeout(), problems),
            Bounds.of("5s", "100ms", "60m").read("maxLag", spec.maxLag(), problems));
    if (timing.heartbeat().multipliedBy(2).plus(VIP_IN_LEASE).compareTo(timing.leaseTtl()) > 0) {
      problems.add(
          "spec.monitor.heartbeat",
          "OutOfBounds",
          ("leaseTtl (%2$d ms) must be at least two heartbeats (of %1$d ms) and 2500 ms, so that a"
                  + " virtual IP can be held within the lease")
              .formatted(timing.heartbeat().toMillis(), timing.leaseTtl().toMillis()));
    }
    return timing;
  }
}
