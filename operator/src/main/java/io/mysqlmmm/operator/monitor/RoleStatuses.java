package io.mysqlmmm.operator.monitor;

import io.mysqlmmm.api.v1alpha1.RoleStatus;
import io.mysqlmmm.api.v1alpha1.RoleStatus.Assignment;
import io.mysqlmmm.operator.core.Plan;
import io.mysqlmmm.operator.core.Snapshot;
import io.mysqlmmm.operator.core.Topology;
import io.mysqlmmm.shared.agent.AgentState;
import java.util.List;
import java.util.Optional;

/** Each role and where its IPs are: where they were seen, and else where they were last put. */
final class RoleStatuses {
  private RoleStatuses() {}

  static List<RoleStatus> of(Snapshot seen) {
    return seen.topology().roles().stream().map(role -> of(seen, role)).toList();
  }

  private static RoleStatus of(Snapshot seen, Topology.Role role) {
    boolean exclusive = role.mode() == Topology.RoleMode.EXCLUSIVE;
    boolean writers = role.name().equals(seen.topology().activeMasterRole());
    List<Assignment> assignments =
        role.ips().stream()
            .map(
                ip -> {
                  Optional<String> holder = holder(seen, ip);
                  Optional<String> assigned =
                      writers
                          ? seen.ledger().map(l -> l.writer())
                          : holder.or(() -> Optional.ofNullable(seen.readers().get(ip)));
                  boolean held = holder.isPresent() && holder.equals(assigned);
                  String pinnedAt =
                      Optional.ofNullable(seen.plan().pins().get(ip))
                          .filter(pin -> assigned.filter(pin.host()::equals).isPresent())
                          .map(Plan.Pin::requestedAt)
                          .orElse(null);
                  return new Assignment(ip, assigned.orElse(null), held, pinnedAt);
                })
            .toList();
    return new RoleStatus(role.name(), exclusive ? "Exclusive" : "Balanced", assignments);
  }

  private static Optional<String> holder(Snapshot seen, String ip) {
    return seen.topology().hosts().stream()
        .map(Topology.Host::name)
        .filter(
            host ->
                seen.agent(host).map(AgentState::network).stream()
                    .anyMatch(n -> n.vips().contains(ip)))
        .findFirst();
  }
}
