package io.mysqlmmm.operator.observe;

import io.mysqlmmm.api.v1alpha1.RoleSpec;
import io.mysqlmmm.operator.core.Topology.Host;
import io.mysqlmmm.operator.core.Topology.Kind;
import io.mysqlmmm.operator.core.Topology.Role;
import io.mysqlmmm.operator.core.Topology.RoleMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Reads spec.roles, against the hosts that were read before. */
final class RoleReader {
  private final List<Host> hosts;
  private final Map<IpAddress, String> addressOwners;
  private final Problems problems;

  RoleReader(List<Host> hosts, Map<String, String> nodeAddresses, Problems problems) {
    this.hosts = hosts;
    this.problems = problems;
    this.addressOwners = new HashMap<>();
    nodeAddresses.forEach(
        (node, address) ->
            IpAddress.parse(address)
                .ifPresent(ip -> addressOwners.put(ip, "node \"" + node + '"')));
    hosts.forEach(
        host ->
            IpAddress.parse(host.address())
                .ifPresent(ip -> addressOwners.put(ip, "host \"" + host.name() + '"')));
  }

  List<Role> read(List<RoleSpec> specs, String activeMasterRole) {
    List<Role> roles = new ArrayList<>();
    for (int i = 0; i < specs.size(); i++) {
      roles.add(readRole("spec.roles[" + i + "]", specs.get(i)));
    }
    checkDistinct(roles);
    checkActiveMasterRole(roles, activeMasterRole);
    return roles;
  }

  private Role readRole(String field, RoleSpec spec) {
    String name = Objects.requireNonNullElse(spec.name(), "");
    if (!HostReader.LABEL.matcher(name).matches()) {
      problems.add(
          field + ".name",
          "InvalidName",
          "role name \"%s\" is no short DNS label: use 1 to 20 lower-case letters, digits and dashes"
              .formatted(name));
    }
    RoleMode mode =
        problems.choose(field + ".mode", spec.mode(), RoleMode.EXCLUSIVE, RoleMode.class);
    List<String> members = Objects.requireNonNullElse(spec.hosts(), List.of());
    List<String> ips = Objects.requireNonNullElse(spec.ips(), List.of());
    checkMembers(field, name, members);
    checkIps(field, name, mode, ips);
    if (spec.prefer() != null && !members.contains(spec.prefer())) {
      problems.add(
          field + ".prefer",
          "UnknownHost",
          "role \"%s\" prefers host \"%s\", which is not among its hosts: use %s"
              .formatted(name, spec.prefer(), String.join(" or ", members)));
    }
    return new Role(
        name,
        mode,
        List.copyOf(members),
        ips.stream().map(IpAddress::canonical).toList(),
        Optional.ofNullable(spec.prefer()));
  }

  private void checkMembers(String field, String role, List<String> members) {
    if (members.isEmpty()) {
      problems.add(
          field + ".hosts",
          "NoHosts",
          "role \"%s\" has no hosts: list the hosts that may hold it".formatted(role));
    }
    List<String> known = hosts.stream().map(Host::name).toList();
    for (String member : members) {
      if (!known.contains(member)) {
        problems.add(
            field + ".hosts",
            "UnknownHost",
            "role \"%s\" lists the unknown host \"%s\": use hosts of spec.hosts, that is %s"
                .formatted(role, member, String.join(", ", known)));
      }
    }
    if (Set.copyOf(members).size() != members.size()) {
      problems.add(
          field + ".hosts",
          "DuplicateHost",
          "role \"%s\" lists a host more than once: list each once".formatted(role));
    }
  }

  private void checkIps(String field, String role, RoleMode mode, List<String> ips) {
    if (ips.isEmpty() || (mode == RoleMode.EXCLUSIVE && ips.size() > 1)) {
      problems.add(
          field + ".ips",
          "WrongNumberOfIps",
          "role \"%s\" has %d IPs: give %s"
              .formatted(
                  role,
                  ips.size(),
                  mode == RoleMode.EXCLUSIVE
                      ? "an Exclusive role exactly one"
                      : "a Balanced role at least one"));
    }
    for (int i = 0; i < ips.size(); i++) {
      checkIp(field + ".ips[" + i + "]", role, ips.get(i));
    }
  }

  private void checkIp(String field, String role, String text) {
    Optional<IpAddress> parsed = IpAddress.parse(text);
    if (parsed.isEmpty()) {
      problems.add(
          field,
          "InvalidAddress",
          ("\"%s\" of role \"%s\" is no IP address: give a plain IPv4 or IPv6 address without a"
                  + " prefix")
              .formatted(text, role));
      return;
    }
    IpAddress ip = parsed.orElseThrow();
    if (!ip.isOrdinary()) {
      problems.add(
          field,
          "InvalidAddress",
          ("IP %s of role \"%s\" is loopback, link-local, multicast or unspecified: use a free"
                  + " address of the hosts' network")
              .formatted(text, role));
    }
    String owner = addressOwners.get(ip);
    if (owner != null) {
      problems.add(
          field,
          "AddressTaken",
          "IP %s of role \"%s\" is the address of %s: use a free address of the same network"
              .formatted(text, role, owner));
    }
  }

  private void checkDistinct(List<Role> roles) {
    Set<String> names = new HashSet<>();
    Map<IpAddress, String> owners = new HashMap<>();
    for (int i = 0; i < roles.size(); i++) {
      Role role = roles.get(i);
      if (!names.add(role.name())) {
        problems.add(
            "spec.roles[" + i + "].name",
            "DuplicateName",
            "several roles are named \"%s\": give each role a name of its own"
                .formatted(role.name()));
      }
      for (String text : role.ips()) {
        Optional<IpAddress> ip = IpAddress.parse(text);
        String other = ip.map(address -> owners.putIfAbsent(address, role.name())).orElse(null);
        if (other != null) {
          problems.add(
              "spec.roles[" + i + "].ips",
              "DuplicateAddress",
              other.equals(role.name())
                  ? "role \"%s\" lists IP %s more than once: list it once"
                      .formatted(role.name(), text)
                  : "IP %s is in the roles \"%s\" and \"%s\": give each role IPs of its own"
                      .formatted(text, other, role.name()));
        }
      }
    }
  }

  private void checkActiveMasterRole(List<Role> roles, String activeMasterRole) {
    Optional<Role> found =
        roles.stream().filter(role -> role.name().equals(activeMasterRole)).findFirst();
    if (found.isEmpty()) {
      problems.add(
          "spec.activeMasterRole",
          "UnknownRole",
          ("activeMasterRole names the unknown role \"%s\": use the exclusive role of spec.roles"
                  + " whose holder is to be writable")
              .formatted(activeMasterRole));
      return;
    }
    Role role = found.orElseThrow();
    if (role.mode() != RoleMode.EXCLUSIVE) {
      problems.add(
          "spec.activeMasterRole",
          "NotExclusive",
          ("activeMasterRole names role \"%s\", which is Balanced: only one host may be writable,"
                  + " so make that role Exclusive")
              .formatted(activeMasterRole));
    }
    hosts.stream()
        .filter(host -> host.kind() == Kind.REPLICA && role.hosts().contains(host.name()))
        .forEach(
            replica ->
                problems.add(
                    "spec.roles",
                    "ReplicaCannotWrite",
                    ("role \"%s\" is the activeMasterRole, but its host \"%s\" is a Replica and is"
                            + " never writable: remove it from the role")
                        .formatted(role.name(), replica.name())));
  }
}
