package io.mysqlmmm.operator.monitor;

import io.mysqlmmm.api.v1alpha1.CheckStatus;
import io.mysqlmmm.api.v1alpha1.HostGuard;
import io.mysqlmmm.api.v1alpha1.HostHindrances;
import io.mysqlmmm.api.v1alpha1.HostStatus;
import io.mysqlmmm.operator.core.HostLife;
import io.mysqlmmm.operator.core.Snapshot;
import io.mysqlmmm.operator.core.Topology;
import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Mysqld;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Each host as status shows it. */
final class HostStatuses {
  private HostStatuses() {}

  static List<HostStatus> of(Snapshot seen, @Nullable List<HostStatus> before) {
    return seen.topology().hosts().stream().map(host -> of(seen, host, before)).toList();
  }

  /** The host of that name; empty: it is not among them. */
  static Optional<HostStatus> find(@Nullable List<HostStatus> hosts, String name) {
    return Stream.ofNullable(hosts)
        .flatMap(List::stream)
        .filter(h -> name.equals(h.name()))
        .findFirst();
  }

  private static HostStatus of(
      Snapshot seen, Topology.Host host, @Nullable List<HostStatus> hosts) {
    Optional<HostStatus> before = find(hosts, host.name());
    Optional<AgentState> agent = seen.agent(host.name());
    Optional<Mysqld.Running> server = seen.running(host.name());
    HostLife life = seen.life(host.name());
    return new HostStatus(
        host.name(),
        host.address(),
        host.nodeName(),
        host.kind() == Topology.Kind.MASTER ? "Master" : "Replica",
        life.state().name(),
        life.reason(),
        text(life.since()),
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
        life.rule(),
        checks(seen, host.name()),
        guard(life),
        CloneStatuses.of(agent, before.map(HostStatus::lastClone).orElse(null), seen.wall()),
        BackupStatuses.of(agent, before.map(HostStatus::lastBackup).orElse(null), seen.wall()),
        PreflightStatuses.of(
            host,
            agent.map(AgentState::mysqld),
            agent.flatMap(AgentState::preflight),
            before.map(HostStatus::preflight).orElse(null)),
        server.flatMap(HostStatuses::hindrances).orElse(null));
  }

  private static Optional<HostHindrances> hindrances(Mysqld.Running server) {
    long oldest = server.longestTransactionMillis();
    List<String> missing = server.missingPlugins().stream().flatMap(Set::stream).sorted().toList();
    return oldest == 0 && server.blocker().isEmpty() && missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new HostHindrances(
                oldest == 0 ? null : oldest,
                server.blocker().isEmpty() ? null : server.blocker(),
                missing.isEmpty() ? null : missing));
  }

  private static List<CheckStatus> checks(Snapshot seen, String host) {
    return seen.plan().lives().checks().getOrDefault(host, Map.of()).entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(
            e ->
                new CheckStatus(
                    e.getKey().text(),
                    e.getValue().outcome().name(),
                    text(e.getValue().since()),
                    e.getValue().message()))
        .toList();
  }

  private static HostGuard guard(HostLife life) {
    return new HostGuard(
        life.flaps().count(),
        life.flaps().since().map(HostStatuses::text).orElse(null),
        life.flaps().flapping() ? Boolean.TRUE : null,
        life.downSince().map(HostStatuses::text).orElse(null),
        life.bootId().isEmpty() ? null : life.bootId(),
        life.answered().map(HostLife.Answered::requestedAt).orElse(null),
        life.answered().map(HostLife.Answered::outcome).orElse(null),
        life.expectedUntil().map(HostStatuses::text).orElse(null));
  }

  private static String text(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
