package io.mysqlmmm.operator.sim;

import io.mysqlmmm.operator.core.Verdict;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a search has seen: which verdicts, and in which the pairs came to rest. Thread-safe. */
final class Statistics {
  private final Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
  private final Map<Verdict, Integer> ends = new EnumMap<>(Verdict.class);
  private long histories;
  private long acks;
  private int cuts;
  private int givenUp;
  private int unrecognised;

  /** Plays all of them, on all processors; the first one that broke something it must not. */
  Optional<Run> play(Stream<Run> runs) {
    return runs.parallel().filter(run -> !note(run.play())).findAny();
  }

  /** Whether all is well. */
  private synchronized boolean note(Run.Result result) {
    histories++;
    acks += result.acks();
    cuts += result.cuts();
    givenUp += result.givenUp();
    result.coverage().forEach((v, n) -> verdicts.merge(v, n, Integer::sum));
    result.rest().ifPresent(v -> ends.merge(v, 1, Integer::sum));
    boolean beyond =
        result.violation().filter(v -> v.invariant.equals(Violation.UNRECOGNISED)).isPresent();
    unrecognised += beyond ? 1 : 0;
    return beyond || result.violation().isEmpty();
  }

  Set<Verdict> seen() {
    Set<Verdict> all = EnumSet.noneOf(Verdict.class);
    all.addAll(verdicts.keySet());
    return all;
  }

  long histories() {
    return histories;
  }

  int givenUp() {
    return givenUp;
  }

  int unrecognised() {
    return unrecognised;
  }

  @Override
  public String toString() {
    return "%d histories, %d acknowledged writes, %d ends of binlogs cut off, verdicts %s, at rest in %s"
        .formatted(histories, acks, cuts, verdicts, ends);
  }
}
