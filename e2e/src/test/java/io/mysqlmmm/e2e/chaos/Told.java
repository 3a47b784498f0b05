package io.mysqlmmm.e2e.chaos;

import io.fabric8.kubernetes.api.model.Event;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the pair's Events tell of a run that its times do not: who came back how, and who moved. */
final class Told {
  private static final Set<String> REASONS =
      Set.of(
          "BinlogCut",
          "BinlogNotCut",
          "CloneStarted",
          "CloneFailed",
          "MoveRoleDone",
          "MoveRoleAborted");

  private Told() {}

  /** How often each of them was told since then. */
  static Map<String, Long> since(Site site, Instant begun) {
    return site.client().v1().events().inNamespace("default").list().getItems().stream()
        .filter(e -> "shop".equals(e.getInvolvedObject().getName()))
        .filter(e -> REASONS.contains(e.getReason()))
        .filter(e -> !at(e).isBefore(begun))
        .collect(Collectors.groupingBy(Event::getReason, TreeMap::new, Collectors.counting()));
  }

  private static Instant at(Event event) {
    return event.getEventTime() == null
        ? Instant.EPOCH
        : Instant.parse(event.getEventTime().getTime());
  }
}
