package io.mysqlmmm.operator.core;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Spreads the IPs of the balanced roles, as MMM did: an IP stays where it is while its host may
 * serve; an orphaned one goes to the host with the fewest IPs, the writer's role counting half, the
 * first of the role's hosts on a tie; then, while two hosts of a role differ by more than one, one
 * IP moves from the fullest to the emptiest (MMM Roles.pm).
 */
public final class RoleAssignment {
  private static final double WRITER_COUNTS = 0.5;

  private RoleAssignment() {}

  /**
   * Maps each balanced IP to its host; an IP that nobody may serve is absent (orphaned).
   *
   * @param now where the IPs are
   */
  public static Map<String, String> assign(
      Topology topology, Predicate<String> eligible, String writer, Map<String, String> now) {
    Map<String, String> then = new LinkedHashMap<>();
    List<Topology.Role> balanced =
        topology.roles().stream().filter(r -> r.mode() == Topology.RoleMode.BALANCED).toList();
    for (Topology.Role role : balanced) {
      for (String ip : role.ips()) {
        String host = now.get(ip);
        if (host != null && role.hosts().contains(host) && eligible.test(host)) {
          then.put(ip, host);
        }
      }
    }
    for (Topology.Role role : balanced) {
      List<String> hosts = role.hosts().stream().filter(eligible).toList();
      for (String ip : role.ips()) {
        if (!then.containsKey(ip)) {
          emptiest(hosts, then, writer).ifPresent(host -> then.put(ip, host));
        }
      }
      balance(role, hosts, then, writer);
    }
    return then;
  }

  private static void balance(
      Topology.Role role, List<String> hosts, Map<String, String> then, String writer) {
    while (true) {
      Optional<String> from = fullest(hosts, then, writer);
      Optional<String> to = emptiest(hosts, then, writer);
      if (from.isEmpty()
          || to.isEmpty()
          || load(from.get(), then, writer) - load(to.get(), then, writer) <= 1) {
        return;
      }
      Optional<String> ip =
          role.ips().stream().filter(i -> from.get().equals(then.get(i))).findFirst();
      if (ip.isEmpty()) {
        return;
      }
      then.put(ip.get(), to.get());
    }
  }

  private static Optional<String> emptiest(
      List<String> hosts, Map<String, String> then, String writer) {
    return hosts.stream().min(Comparator.comparingDouble(h -> load(h, then, writer)));
  }

  private static Optional<String> fullest(
      List<String> hosts, Map<String, String> then, String writer) {
    return hosts.stream().max(Comparator.comparingDouble(h -> load(h, then, writer)));
  }

  private static double load(String host, Map<String, String> then, String writer) {
    long ips = then.values().stream().filter(host::equals).count();
    return ips + (host.equals(writer) ? WRITER_COUNTS : 0);
  }
}
