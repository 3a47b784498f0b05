package io.mysqlmmm.e2e.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the checker found.
 *
 * @param lost acknowledged appends that a host does not hold
 * @param doubled values that a host holds more than once
 * @param revived refused appends that a host holds
 * @param disorder appends in another order than the clients' time allows; registers likewise
 * @param badReads reads that contradict the history, on a host that was the writer
 * @param staleReads reads of an earlier state, on a host that had been replaced
 * @param twoWriters how long two hosts acknowledged; zero when at most one did at any moment
 */
record Findings(
    Set<Long> lost,
    Set<Long> doubled,
    Set<Long> revived,
    List<String> disorder,
    List<String> badReads,
    int staleReads,
    Duration twoWriters) {

  private static final int TOLD = 3;

  static final Findings NONE =
      new Findings(Set.of(), Set.of(), Set.of(), List.of(), List.of(), 0, Duration.ZERO);

  /** What must not be, one sentence each; empty when all is well. Stale reads are allowed. */
  List<String> violations() {
    List<String> all = new ArrayList<>();
    name(all, "lost", lost);
    name(all, "doubled", doubled);
    name(all, "refused, but there", revived);
    tell(all, "order", disorder);
    tell(all, "read", badReads);
    if (!twoWriters.isZero()) {
      all.add("two hosts acknowledged for " + twoWriters.toMillis() + " ms");
    }
    return all;
  }

  private static void name(List<String> all, String what, Set<Long> values) {
    if (!values.isEmpty()) {
      all.add(what + ": " + values.size() + " values, " + values.stream().limit(10).toList());
    }
  }

  /** One cause may show in very many reads. */
  private static void tell(List<String> all, String what, List<String> sentences) {
    sentences.stream().distinct().limit(TOLD).forEach(text -> all.add(what + ": " + text));
    if (sentences.size() > TOLD) {
      all.add("%s: %d of this kind altogether".formatted(what, sentences.size()));
    }
  }

  /** Both. */
  Findings and(Findings other) {
    return new Findings(
        union(lost, other.lost),
        union(doubled, other.doubled),
        union(revived, other.revived),
        joined(disorder, other.disorder),
        joined(badReads, other.badReads),
        staleReads + other.staleReads,
        twoWriters.plus(other.twoWriters));
  }

  private static Set<Long> union(Set<Long> one, Set<Long> other) {
    Set<Long> all = new TreeSet<>(one);
    all.addAll(other);
    return all;
  }

  private static List<String> joined(List<String> one, List<String> other) {
    List<String> all = new ArrayList<>(one);
    all.addAll(other);
    return all;
  }
}
