package io.mysqlmmm.operator.monitor;

import io.mysqlmmm.api.v1alpha1.HostCloneStatus;
import io.mysqlmmm.api.v1alpha1.HostStatus;
import io.mysqlmmm.operator.core.HostState;
import io.mysqlmmm.operator.core.Snapshot;
import io.mysqlmmm.operator.core.Topology;
import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Mysqld;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Each host as status shows it. */
final class HostStatuses {
  private HostStatuses() {}

  static List<HostStatus> of(Snapshot seen, @Nullable List<HostStatus> before, Instant now) {
    return seen.topology().hosts().stream().map(host -> of(seen, host, before, now)).toList();
  }

  private static HostStatus of(
      Snapshot seen, Topology.Host host, @Nullable List<HostStatus> before, Instant now) {
    Optional<AgentState> agent = seen.agent(host.name());
    Optional<Mysqld.Running> server = seen.running(host.name());
    HostState.View state = HostState.of(seen, host.name());
    return new HostStatus(
        host.name(),
        host.address(),
        host.kind() == Topology.Kind.MASTER ? "Master" : "Replica",
        state.state().name(),
        state.reason(),
        since(host.name(), state.state().name(), before).orElse(now.toString()),
        agent.map(a -> a.standing().serverUuid()).filter(u -> !u.isEmpty()).orElse(null),
        server.map(Mysqld.Running::version).orElse(null),
        server.map(s -> s.executed().toString()).orElse(null),
        server
            .flatMap(Mysqld.Running::channel)
            .filter(c -> Mysqld.ThreadState.OFF != c.sql())
            .flatMap(Mysqld.Channel::lagMillis)
            .orElse(null),
        server.map(s -> !s.superReadOnly()).orElse(null),
        agent.map(a -> a.network().vips()).orElse(List.of()),
        CloneStatuses.of(agent, lastClone(host.name(), before), now));
  }

  private static @Nullable HostCloneStatus lastClone(
      String host, @Nullable List<HostStatus> before) {
    return before == null
        ? null
        : before.stream()
            .filter(h -> host.equals(h.name()))
            .flatMap(h -> Optional.ofNullable(h.lastClone()).stream())
            .findFirst()
            .orElse(null);
  }

  private static Optional<String> since(
      String host, String state, @Nullable List<HostStatus> before) {
    return before == null
        ? Optional.empty()
        : before.stream()
            .filter(h -> host.equals(h.name()) && state.equals(h.state()) && h.since() != null)
            .map(HostStatus::since)
            .findFirst();
  }
}
