package io.mysqlmmm.operator.monitor;

import io.mysqlmmm.api.v1alpha1.HostCloneRequest;
import io.mysqlmmm.api.v1alpha1.HostCloneStatus;
import io.mysqlmmm.api.v1alpha1.HostSpec;
import io.mysqlmmm.api.v1alpha1.HostStatus;
import io.mysqlmmm.api.v1alpha1.LastMove;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import io.mysqlmmm.operator.core.Clones;
import io.mysqlmmm.operator.core.Reading;
import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Clone;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the leader knows of clones besides what the agents tell. Confined to the loop's thread. */
final class CloneRequests {
  private final Map<String, Clones.Trouble> troubles = new HashMap<>();
  private final Map<String, Clone> failed = new HashMap<>();

  /** An agent told how its last clone went. */
  void heard(AgentState state, Duration at) {
    state
        .lastClone()
        .filter(c -> c.outcome() == Clone.Outcome.FAILED)
        .filter(c -> !c.equals(failed.put(state.host(), c)))
        .ifPresent(c -> trouble(state.host(), c.error(), at));
  }

  /** A clone of this host failed, or was refused by its agent. */
  void trouble(String host, String reason, Duration at) {
    troubles.put(host, new Clones.Trouble(reason, at));
  }

  Clones read(MySQLMultiMaster resource, Map<String, Reading<AgentState>> agents) {
    Map<String, Clones.Request> requests = new HashMap<>();
    List<HostSpec> hosts = resource.getSpec() == null ? null : resource.getSpec().hosts();
    for (HostSpec host : hosts == null ? List.<HostSpec>of() : hosts) {
      request(resource, host, agents)
          .ifPresent(r -> requests.put(Objects.requireNonNull(host.name()), r));
    }
    return new Clones(requests, Map.copyOf(troubles), forced(resource));
  }

  private static boolean forced(MySQLMultiMaster resource) {
    LastMove last = resource.getStatus() == null ? null : resource.getStatus().lastMove();
    return last != null && Boolean.TRUE.equals(last.force()) && "Done".equals(last.outcome());
  }

  /** A request that was not dealt with and is not older than the resource. */
  private static Optional<Clones.Request> request(
      MySQLMultiMaster resource, HostSpec host, Map<String, Reading<AgentState>> agents) {
    HostCloneRequest asked = host.cloneRequest();
    String name = host.name();
    if (asked == null || asked.requestedAt() == null || name == null) {
      return Optional.empty();
    }
    String at = asked.requestedAt();
    boolean answered =
        Optional.ofNullable(agents.get(name))
            .flatMap(Reading::known)
            .flatMap(AgentState::lastClone)
            .filter(c -> c.requestedAt().equals(at))
            .isPresent();
    return answered || at.equals(dealtWith(resource, name)) || Requests.isStale(resource, at)
        ? Optional.empty()
        : Optional.of(new Clones.Request(Objects.requireNonNullElse(asked.from(), ""), at));
  }

  private static @Nullable String dealtWith(MySQLMultiMaster resource, String host) {
    return Optional.ofNullable(resource.getStatus())
        .flatMap(status -> HostStatuses.find(status.hosts(), host))
        .map(HostStatus::lastClone)
        .map(HostCloneStatus::requestedAt)
        .orElse(null);
  }
}
