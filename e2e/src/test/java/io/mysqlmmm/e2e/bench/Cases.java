package io.mysqlmmm.e2e.bench;

import java.util.List;
import java.util.stream.Collectors;

/** All cases, in the order in which they are measured: the heaviest last. */
final class Cases {
  private Cases() {}

  /** The named ones; all, when none is named. */
  static List<Case> of(Settings settings) {
    List<Case> all =
        List.of(
            new Case("move", 1, MoveCase::measure),
            new Case("kill", 1, KillCase::measure),
            new Case("standby", 2, StandbyCase::measure),
            new Case("cut", 5, CutOffCase::measure),
            new Case("control", 25, ControlPlaneCase::measure),
            new Case("memory", Integer.MAX_VALUE, (ground, _) -> MemoryCase.measure(ground)),
            new Case(
                "redundancy",
                Integer.MAX_VALUE,
                (ground, _) -> RedundancyCase.measure(ground, settings.gigabytes())));
    List<String> known = all.stream().map(Case::name).toList();
    for (String name : settings.cases()) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "there is no case \"%s\"; the cases are %s"
                .formatted(name, known.stream().collect(Collectors.joining(", "))));
      }
    }
    return settings.cases().isEmpty()
        ? all
        : all.stream().filter(c -> settings.cases().contains(c.name())).toList();
  }
}
