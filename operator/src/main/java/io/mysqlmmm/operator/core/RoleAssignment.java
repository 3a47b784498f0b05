package io.mysqlmmm.operator.core;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Spreads the IPs of all roles but the writer's, as MMM did (MMM Roles.pm):
 *
 * <ol>
 *   <li>An IP that a person put on a host is there; any other stays where it is, while its host may
 *       hold it.
 *   <li>An orphaned one of an exclusive role, then of a balanced one, goes to the role's preferred
 *       host, else to the host with the fewest IPs, the writer's role counting half, the first of
 *       the role's hosts on a tie.
 *   <li>An exclusive role goes back to its preferred host.
 *   <li>While two hosts of a balanced role differ by more than one, one IP moves from the fullest
 *       to the emptiest; not where a person put one of the role's IPs.
 * </ol>
 */
public final class RoleAssignment {
  private static final double WRITER_COUNTS = 0.5;

  /**
   * Who may hold what.
   *
   * @param eligible whether a host may be given IPs
   * @param keeps whether a host that may not be given any keeps those that it has (MMM's MANUAL)
   * @param prefers whether exclusive roles go back to their preferred hosts (MMM's ACTIVE)
   */
  public record Terms(Predicate<String> eligible, Predicate<String> keeps, boolean prefers) {}

  private final Topology topology;
  private final Terms terms;
  private final String writer;
  private final Map<String, String> pins;
  private final Map<String, String> then = new LinkedHashMap<>();

  private RoleAssignment(Topology topology, Terms terms, String writer, Map<String, String> pins) {
    this.topology = topology;
    this.terms = terms;
    this.writer = writer;
    this.pins = pins;
  }

  /**
   * Maps each IP to its host; an IP that nobody may hold is absent (orphaned).
   *
   * @param now where the IPs are
   * @param pins where people put IPs
   */
  public static Map<String, String> assign(
      Topology topology,
      Terms terms,
      String writer,
      Map<String, String> now,
      Map<String, String> pins) {
    RoleAssignment assignment = new RoleAssignment(topology, terms, writer, pins);
    assignment.keep(now);
    assignment.giveOrphans(Topology.RoleMode.EXCLUSIVE);
    assignment.giveOrphans(Topology.RoleMode.BALANCED);
    if (terms.prefers()) {
      assignment.obeyPreferences();
    }
    assignment.roles(Topology.RoleMode.BALANCED).forEach(assignment::balance);
    return assignment.then;
  }

  private List<Topology.Role> roles(Topology.RoleMode mode) {
    return topology.otherRoles().stream().filter(r -> r.mode() == mode).toList();
  }

  private List<String> eligible(Topology.Role role) {
    return role.hosts().stream().filter(terms.eligible()).toList();
  }

  private boolean pinned(Topology.Role role, String ip) {
    return Optional.ofNullable(pins.get(ip)).filter(eligible(role)::contains).isPresent();
  }

  private void keep(Map<String, String> now) {
    for (Topology.Role role : topology.otherRoles()) {
      for (String ip : role.ips()) {
        String host = pinned(role, ip) ? pins.get(ip) : now.get(ip);
        if (host != null
            && role.hosts().contains(host)
            && (terms.eligible().test(host) || terms.keeps().test(host))) {
          then.put(ip, host);
        }
      }
    }
  }

  private void giveOrphans(Topology.RoleMode mode) {
    for (Topology.Role role : roles(mode)) {
      List<String> hosts = eligible(role);
      for (String ip : role.ips()) {
        if (!then.containsKey(ip)) {
          role.prefer()
              .filter(hosts::contains)
              .or(() -> emptiest(hosts))
              .ifPresent(host -> then.put(ip, host));
        }
      }
    }
  }

  private void obeyPreferences() {
    for (Topology.Role role : roles(Topology.RoleMode.EXCLUSIVE)) {
      Optional<String> preferred = role.prefer().filter(eligible(role)::contains);
      for (String ip : role.ips()) {
        if (preferred.isPresent() && !pinned(role, ip)) {
          then.put(ip, preferred.get());
        }
      }
    }
  }

  private void balance(Topology.Role role) {
    if (role.ips().stream().anyMatch(ip -> pinned(role, ip))) {
      return;
    }
    List<String> hosts = eligible(role);
    while (true) {
      Optional<String> from = fullest(hosts, role);
      Optional<String> to = emptiest(hosts);
      if (from.isEmpty() || to.isEmpty() || load(from.get()) - load(to.get()) <= 1) {
        return;
      }
      movable(role, from.get()).ifPresent(ip -> then.put(ip, to.get()));
    }
  }

  private Optional<String> movable(Topology.Role role, String host) {
    return role.ips().stream().filter(ip -> host.equals(then.get(ip))).findFirst();
  }

  private Optional<String> emptiest(List<String> hosts) {
    return hosts.stream().min(Comparator.comparingDouble(this::load));
  }

  /** Of those that have an IP of the role to give. */
  private Optional<String> fullest(List<String> hosts, Topology.Role role) {
    return hosts.stream()
        .filter(host -> movable(role, host).isPresent())
        .max(Comparator.comparingDouble(this::load));
  }

  private double load(String host) {
    long ips = then.values().stream().filter(host::equals).count();
    return ips + (host.equals(writer) ? WRITER_COUNTS : 0);
  }
}
