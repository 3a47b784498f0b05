package io.mysqlmmm.operator.monitor;

import io.mysqlmmm.api.v1alpha1.PreflightStatus;
import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Preflight;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A host's preflight, as status shows it. */
final class PreflightStatuses {
  private PreflightStatuses() {}

  /** What the agent says; one that was restarted since looks no more, and what it said stays. */
  static @Nullable List<PreflightStatus> of(
      Optional<AgentState> agent, @Nullable List<PreflightStatus> before) {
    return agent
        .flatMap(AgentState::preflight)
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
