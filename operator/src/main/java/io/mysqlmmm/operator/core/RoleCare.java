package io.mysqlmmm.operator.core;

import io.mysqlmmm.shared.agent.AgentState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The writer serves: its databases, and the IPs of the other roles on the hosts that may hold them.
 */
final class RoleCare {
  private RoleCare() {}

  static List<Command> decide(Pair pair) {
    List<Command> commands = new ArrayList<>();
    Snapshot seen = pair.seen();
    Orders orders = new Orders(seen, pair.ledger());
    if (!seen.databasesDone() && !seen.databases().isEmpty()) {
      commands.add(orders.databases(pair.writerAgent().orElseThrow(), seen.databases()));
    }
    Map<String, String> wanted = wanted(pair);
    for (Topology.Host host : seen.topology().hosts()) {
      Optional<AgentState> agent = seen.agent(host.name());
      if (agent.isEmpty() || agent.get().standing().serverUuid().isEmpty()) {
        continue;
      }
      List<String> now = others(seen, agent.get().network().vips());
      List<String> then =
          others(seen, seen.topology().managedIps()).stream()
              .filter(ip -> host.name().equals(wanted.get(ip)))
              .filter(ip -> now.contains(ip) || isFree(seen, ip, host.name()))
              .toList();
      List<String> managed = seen.topology().managedIps();
      List<String> dropped =
          agent.get().network().vips().stream().filter(ip -> !managed.contains(ip)).toList();
      if (!List.copyOf(now).equals(then) || !dropped.isEmpty()) {
        commands.add(orders.roles(agent.get(), then, dropped));
      }
    }
    return commands;
  }

  /** Where the IPs of all roles but the writer's are to be. */
  static Map<String, String> wanted(Pair pair) {
    Snapshot seen = pair.seen();
    boolean active = seen.topology().mode() == Topology.Mode.ACTIVE;
    RoleAssignment.Terms terms =
        new RoleAssignment.Terms(
            host -> eligible(pair, host),
            host -> !active && seen.life(host).state() != HostState.ADMIN_OFFLINE,
            active);
    return RoleAssignment.assign(
        seen.topology(), terms, pair.writer(), seen.readers(), seen.plan().pinned());
  }

  /** A host holds roles while it is ONLINE, and is the writer or replicates from it. */
  static boolean eligible(Pair pair, String host) {
    return pair.seen().life(host).online()
        && (host.equals(pair.writer())
            ? pair.writerServes()
            : pair.replicates(host, pair.writer()));
  }

  /**
   * No other host holds it: seen not to; or silent for longer than the kernel keeps it, and nobody
   * answers for it on the network: a host that the operator alone cannot reach goes on serving.
   */
  private static boolean isFree(Snapshot seen, String ip, String except) {
    Duration kept = seen.topology().timing().leaseTtl().plusSeconds(1);
    return seen.agents().entrySet().stream()
        .filter(e -> !e.getKey().equals(except))
        .allMatch(
            e ->
                switch (e.getValue()) {
                  case Reading.Known<AgentState> known ->
                      !known.value().network().vips().contains(ip);
                  case Reading.Unreachable<AgentState> silent ->
                      seen.now().minus(silent.since()).compareTo(kept) > 0
                          && seen.ipsFree().contains(ip);
                });
  }

  private static List<String> others(Snapshot seen, List<String> ips) {
    List<String> all =
        seen.topology().otherRoles().stream().flatMap(r -> r.ips().stream()).toList();
    return all.stream().filter(ips::contains).toList();
  }
}
