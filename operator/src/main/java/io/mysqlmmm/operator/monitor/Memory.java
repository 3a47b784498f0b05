package io.mysqlmmm.operator.monitor;

import io.mysqlmmm.api.v1alpha1.HostGuard;
import io.mysqlmmm.api.v1alpha1.HostStatus;
import io.mysqlmmm.api.v1alpha1.LastMove;
import io.mysqlmmm.api.v1alpha1.MoveRoleRequest;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMasterStatus;
import io.mysqlmmm.api.v1alpha1.PlanStatus;
import io.mysqlmmm.api.v1alpha1.RoleStatus;
import io.mysqlmmm.api.v1alpha1.SetIpRequest;
import io.mysqlmmm.operator.core.Flaps;
import io.mysqlmmm.operator.core.HostLife;
import io.mysqlmmm.operator.core.HostState;
import io.mysqlmmm.operator.core.Lives;
import io.mysqlmmm.operator.core.Plan;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads from status what the last leader remembered of states and roles. */
final class Memory {
  private Memory() {}

  static Lives lives(@Nullable MySQLMultiMasterStatus status, Instant now) {
    Map<String, HostLife> lives = new HashMap<>();
    for (HostStatus host : list(status == null ? null : status.hosts())) {
      if (host.name() != null) {
        lives.put(host.name(), life(host, now));
      }
    }
    return Lives.remembered(lives);
  }

  private static HostLife life(HostStatus host, Instant now) {
    HostLife fresh = HostLife.fresh(now);
    HostState state = state(host.state());
    HostGuard guard =
        Objects.requireNonNullElseGet(
            host.guard(), () -> new HostGuard(null, null, null, null, null, null, null, null));
    return new HostLife(
        state,
        Objects.requireNonNullElse(host.rule(), HostLife.NEW_HOST),
        Objects.requireNonNullElse(host.reason(), fresh.reason()),
        time(host.since()).orElse(now),
        new Flaps(
            Objects.requireNonNullElse(guard.flapCount(), 0),
            time(guard.flapsSince()),
            Boolean.TRUE.equals(guard.flapping())),
        time(guard.downSince()),
        Objects.requireNonNullElse(guard.bootId(), ""),
        Optional.ofNullable(guard.setOnline())
            .map(
                at ->
                    new HostLife.Answered(
                        at, Objects.requireNonNullElse(guard.setOnlineOutcome(), ""))),
        time(guard.expectedUntil()));
  }

  private static HostState state(@Nullable String name) {
    for (HostState state : HostState.values()) {
      if (state.name().equals(name)) {
        return state;
      }
    }
    return HostState.AWAITING_RECOVERY;
  }

  static Map<String, Plan.Pin> pins(@Nullable MySQLMultiMasterStatus status) {
    Map<String, Plan.Pin> pins = new HashMap<>();
    for (RoleStatus role : list(status == null ? null : status.roles())) {
      for (RoleStatus.Assignment a : list(role.assignments())) {
        if (a.ip() != null && a.host() != null && a.pinnedAt() != null) {
          pins.put(a.ip(), new Plan.Pin(a.host(), a.pinnedAt()));
        }
      }
    }
    return pins;
  }

  static List<SetIpRequest> setIps(@Nullable MySQLMultiMasterStatus status) {
    return plan(status).map(p -> list(p.setIps())).orElse(List.of());
  }

  static List<PlanStatus.Change> history(@Nullable MySQLMultiMasterStatus status) {
    return plan(status).map(p -> list(p.history())).orElse(List.of());
  }

  static boolean waitOver(@Nullable MySQLMultiMasterStatus status) {
    return plan(status).filter(p -> Boolean.TRUE.equals(p.waitOver())).isPresent();
  }

  static Optional<String> modeSince(@Nullable MySQLMultiMasterStatus status, String mode) {
    return plan(status)
        .filter(p -> mode.equals(p.mode()))
        .flatMap(p -> Optional.ofNullable(p.since()));
  }

  static Optional<MoveRoleRequest> moveRole(@Nullable MySQLMultiMasterStatus status) {
    return plan(status).flatMap(p -> Optional.ofNullable(p.moveRole()));
  }

  /** The last planned move of this role that was done. */
  static Optional<Plan.Moved> moved(@Nullable MySQLMultiMasterStatus status, String role) {
    LastMove last = status == null ? null : status.lastMove();
    if (last == null
        || !role.equals(last.role())
        || !"Done".equals(last.outcome())
        || last.host() == null) {
      return Optional.empty();
    }
    String to = last.host();
    return time(last.finishedAt()).map(at -> new Plan.Moved(to, at));
  }

  private static Optional<PlanStatus> plan(@Nullable MySQLMultiMasterStatus status) {
    return Optional.ofNullable(status == null ? null : status.plan());
  }

  static Optional<Instant> time(@Nullable String text) {
    try {
      return Optional.ofNullable(text).map(Instant::parse);
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static <T> List<T> list(@Nullable List<T> given) {
    return given == null ? List.of() : given;
  }
}
