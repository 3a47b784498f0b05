package io.mysqlmmm.operator.monitor;

import io.fabric8.kubernetes.api.model.Condition;
import io.mysqlmmm.api.v1alpha1.HostStatus;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMasterStatus;
import io.mysqlmmm.api.v1alpha1.PlanStatus;
import io.mysqlmmm.api.v1alpha1.RoleStatus;
import io.mysqlmmm.operator.core.Decision;
import io.mysqlmmm.operator.core.RollingStep;
import io.mysqlmmm.operator.core.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What people see in status: a pure function of what was seen and decided. */
final class StatusProjection {
  private StatusProjection() {}

  static MySQLMultiMasterStatus project(
      MySQLMultiMaster resource,
      MySQLMultiMasterStatus before,
      Optional<Snapshot> seen,
      Optional<Decision> decision,
      List<Finding> findings,
      PlanStatus plan,
      Optional<RollingStep> rolling,
      Instant now) {
    List<Condition> conditions =
        new Conditions(
                before.conditions(),
                Objects.requireNonNullElse(resource.getMetadata().getGeneration(), 0L),
                now)
            .of(seen, decision, findings, rolling);
    return new MySQLMultiMasterStatus(
        resource.getMetadata().getGeneration(),
        before.ledger(),
        seen.map(s -> HostStatuses.of(s, before.hosts())).orElse(before.hosts()),
        seen.map(RoleStatuses::of).orElse(before.roles()),
        before.lastMove(),
        decision.map(Decision::because).orElse(null),
        conditions,
        plan);
  }

  /** The status without figures and words, which change all the time. */
  static MySQLMultiMasterStatus inKind(MySQLMultiMasterStatus status) {
    return new MySQLMultiMasterStatus(
        status.observedGeneration(),
        status.ledger(),
        status.hosts() == null
            ? null
            : status.hosts().stream().map(StatusProjection::withoutFigures).toList(),
        status.roles() == null ? List.<RoleStatus>of() : status.roles(),
        status.lastMove(),
        null,
        status.conditions(),
        status.plan());
  }

  private static HostStatus withoutFigures(HostStatus host) {
    return new HostStatus(
        host.name(),
        host.address(),
        host.nodeName(),
        host.mode(),
        host.state(),
        host.reason(),
        host.since(),
        host.serverUuid(),
        host.version(),
        null,
        null,
        host.writable(),
        host.vips(),
        host.rule(),
        host.checks(),
        host.guard(),
        host.lastClone() == null ? null : host.lastClone().withoutFigures(),
        host.lastBackup() == null ? null : host.lastBackup().withoutFigures(),
        host.preflight(),
        null);
  }
}
