package io.mysqlmmm.e2e.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What came of a run.
 *
 * @param writer when the run began
 * @param gap the longest time without an acknowledged write through the writer's IP
 * @param back from the lifting of the last fault until the pair was well again, or given up
 * @param skipped faults that could not be injected, and why
 * @param told how often each Event that tells more was told
 */
record RunResult(
    Plan.Run run,
    String writer,
    Duration gap,
    Duration back,
    Duration twoHolders,
    EndState end,
    Findings findings,
    List<String> skipped,
    Map<String, Long> told,
    Recorded recorded) {

  /** What must not be; empty when all is well. */
  List<String> violations() {
    List<String> all = new ArrayList<>(findings.violations());
    if (!twoHolders.isZero()) {
      all.add("two nodes held the writer's IP for " + twoHolders.toMillis() + " ms");
    }
    if (end.kind() == EndState.Kind.NONE) {
      all.add("no named end state: " + end.name() + ": " + end.detail());
    }
    return all;
  }

  /** One line for a person. */
  String line(int runs) {
    String text =
        "run %d/%d %s, writer %s: gap %d ms, %s after %.1f s"
            .formatted(
                run.number(),
                runs,
                run.name(),
                writer,
                gap.toMillis(),
                run.name().contains("move") ? end.name() + " (" + end.detail() + ")" : end.name(),
                back.toMillis() / 1000.0);
    String counts =
        "; %d acknowledged, %d refused, %d unknown, %d stale reads"
            .formatted(
                recorded.count(Outcome.ACKNOWLEDGED),
                recorded.count(Outcome.REFUSED),
                recorded.count(Outcome.UNKNOWN),
                findings.staleReads());
    StringBuilder line = new StringBuilder(text).append(counts);
    told.forEach((reason, times) -> line.append("; ").append(reason).append(' ').append(times));
    skipped.forEach(why -> line.append("\n    SKIPPED ").append(why));
    violations().forEach(what -> line.append("\n    VIOLATION ").append(what));
    return line.toString();
  }
}
