package io.mysqlmmm.kubectl.text;

import static io.mysqlmmm.kubectl.text.PairView.or;
import static io.mysqlmmm.kubectl.text.PairView.orEmpty;

import io.mysqlmmm.api.v1alpha1.MySQLMultiMasterStatus;
import io.mysqlmmm.api.v1alpha1.PlanStatus;
import io.mysqlmmm.api.v1alpha1.SetIpRequest;
import io.mysqlmmm.kubectl.cluster.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is planned and what happened lately, as remarks. */
final class PlanText {
  private PlanText() {}

  static List<String> lines(Pair pair, boolean withHistory) {
    Optional<PlanStatus> plan = pair.status().map(MySQLMultiMasterStatus::plan);
    List<SetIpRequest> dealtWith = orEmpty(plan.map(PlanStatus::setIps).orElse(null));
    List<String> lines = new ArrayList<>();
    for (SetIpRequest request : pair.setIps()) {
      if (!dealtWith.contains(request) && !PairText.isOld(request.requestedAt(), pair.created())) {
        lines.add(
            "# Planned: %s on %s, asked for at %s%s."
                .formatted(
                    request.ip(),
                    request.host(),
                    request.requestedAt(),
                    pair.isPassive() ? "; carried out when the mode is not Passive" : ""));
      }
    }
    if (withHistory) {
      orEmpty(plan.map(PlanStatus::history).orElse(null))
          .forEach(
              change ->
                  lines.add("# %s %s".formatted(or(change.at(), "?"), or(change.what(), "?"))));
    }
    return lines;
  }
}
