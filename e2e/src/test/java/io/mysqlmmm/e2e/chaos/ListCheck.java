package io.mysqlmmm.e2e.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares the appends of a run with the lists that one host holds. Guarantees, when it finds
 * nothing: each acknowledged append is there exactly once, no refused one is there, and of two
 * appends to a list of which one was answered before the other was sent, the first stands first.
 */
final class ListCheck {
  private final String host;
  private final Contents contents;
  private final Map<Long, Attempt> appends = new HashMap<>();
  private final Set<Long> lost = new TreeSet<>();
  private final Set<Long> doubled = new TreeSet<>();
  private final Set<Long> revived = new TreeSet<>();
  private final List<String> disorder = new ArrayList<>();

  private ListCheck(Recorded recorded, String host, Contents contents) {
    this.host = host;
    this.contents = contents;
    for (Attempt attempt : recorded.attempts()) {
      if (attempt.write().kind() == Write.Kind.APPEND) {
        appends.put(attempt.write().value(), attempt);
      }
    }
  }

  static Findings of(Recorded recorded, String host, Contents contents) {
    ListCheck check = new ListCheck(recorded, host, contents);
    check.presence();
    check.contents.lists().forEach(check::order);
    return new Findings(
        check.lost, check.doubled, check.revived, check.disorder, List.of(), 0, Duration.ZERO);
  }

  private void presence() {
    Set<Long> present = new HashSet<>();
    contents.lists().values().stream()
        .flatMap(List::stream)
        .filter(value -> !present.add(value))
        .forEach(doubled::add);
    for (Attempt append : appends.values()) {
      long value = append.write().value();
      if (append.acknowledged() && !present.contains(value)) {
        lost.add(value);
      }
      if (append.outcome() == Outcome.REFUSED && present.contains(value)) {
        revived.add(value);
      }
    }
  }

  private void order(int list, List<Long> values) {
    long latestStart = Long.MIN_VALUE;
    long latest = 0;
    for (long value : values) {
      Attempt append = appends.get(value);
      if (append == null) {
        disorder.add("list %d on %s holds %d, which nobody wrote".formatted(list, host, value));
        continue;
      }
      if (append.latestEffect() < latestStart) {
        disorder.add(
            "list %d on %s holds %d before %d, which was answered before the other was sent"
                .formatted(list, host, latest, value));
      }
      if (append.span().start() > latestStart) {
        latestStart = append.span().start();
        latest = value;
      }
    }
  }
}
