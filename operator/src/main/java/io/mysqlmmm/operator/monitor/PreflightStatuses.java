package io.mysqlmmm.operator.monitor;

import io.mysqlmmm.api.v1alpha1.PreflightStatus;
import io.mysqlmmm.operator.core.Topology.Host;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.Preflight;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A host's preflight, as status shows it. */
final class PreflightStatuses {
  private static final String BY_UNIT = "start of mysqld";

  private PreflightStatuses() {}

  /** Of a host whose mysqld is the node's own, how that is started comes first. */
  static @Nullable List<PreflightStatus> of(
      Host host,
      Optional<Mysqld> mysqld,
      Optional<Preflight> found,
      @Nullable List<PreflightStatus> before) {
    List<PreflightStatus> dataSet = ofDataSet(found, before);
    if (!host.external()) {
      return dataSet;
    }
    Optional<PreflightStatus> start =
        mysqld
            .flatMap(PreflightStatuses::start)
            .or(() -> orEmpty(before).stream().filter(PreflightStatuses::isStart).findFirst());
    return Stream.concat(
            start.stream(), orEmpty(dataSet).stream().filter(finding -> !isStart(finding)))
        .toList();
  }

  /** Empty: not known, as while it starts. */
  private static Optional<PreflightStatus> start(Mysqld mysqld) {
    return switch (mysqld) {
      case Mysqld.Running _ ->
          Optional.of(start(Preflight.Level.OK, "as its unit has it, with the agent's permission"));
      case Mysqld.Absent absent ->
          absent.startError().map(error -> start(Preflight.Level.MISSING, error));
      case Mysqld.Starting _, Mysqld.Unresponsive _ -> Optional.empty();
    };
  }

  private static PreflightStatus start(Preflight.Level level, String found) {
    return new PreflightStatus(
        BY_UNIT, level.name(), found, "by the unit mysql-mmm.conf of the host's directory", null);
  }

  private static boolean isStart(PreflightStatus finding) {
    return BY_UNIT.equals(finding.name());
  }

  private static List<PreflightStatus> orEmpty(@Nullable List<PreflightStatus> list) {
    return Objects.requireNonNullElse(list, List.of());
  }

  /** What the agent says; one that was restarted since looks no more, and what it said stays. */
  private static @Nullable List<PreflightStatus> ofDataSet(
      Optional<Preflight> found, @Nullable List<PreflightStatus> before) {
    return found
        .map(p -> p.findings().stream().map(PreflightStatuses::render).toList())
        .orElse(before);
  }

  private static PreflightStatus render(Preflight.Finding finding) {
    return new PreflightStatus(
        finding.name(),
        finding.level().name(),
        finding.found(),
        finding.wanted(),
        finding.remedy().isEmpty() ? null : finding.remedy());
  }
}
