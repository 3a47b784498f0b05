package io.mysqlmmm.e2e.chaos;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** The table at the end of a campaign: one line for each fault. Pure. */
final class Table {
  private static final String FORMAT = "%-58s %5s %9s %9s %5s %8s %12s %11s %6s  %s%n";

  private Table() {}

  static String render(List<RunResult> results) {
    Map<String, List<RunResult>> byFault = new TreeMap<>();
    results.forEach(r -> byFault.computeIfAbsent(r.run().name(), n -> new ArrayList<>()).add(r));
    StringBuilder text = new StringBuilder();
    text.append(
        FORMAT.formatted(
            "fault",
            "runs",
            "gap p50",
            "gap max",
            "lost",
            "doubled",
            "two writers",
            "two holders",
            "stale",
            "end states (gaps and times in ms)"));
    byFault.forEach((fault, runs) -> text.append(row(fault, runs)));
    text.append(row("all", results));
    return text.toString();
  }

  private static String row(String name, List<RunResult> runs) {
    List<Long> gaps = runs.stream().map(r -> r.gap().toMillis()).sorted().toList();
    return FORMAT.formatted(
        name,
        runs.size(),
        gaps.isEmpty() ? "-" : gaps.get((gaps.size() - 1) / 2),
        gaps.isEmpty() ? "-" : gaps.getLast(),
        sum(runs, r -> r.findings().lost().size()),
        sum(runs, r -> r.findings().doubled().size()),
        sum(runs, r -> r.findings().twoWriters().toMillis()),
        sum(runs, r -> r.twoHolders().toMillis()),
        sum(runs, r -> r.findings().staleReads()),
        endStates(runs));
  }

  private static long sum(List<RunResult> runs, ToLongFunction<RunResult> of) {
    return runs.stream().mapToLong(of).sum();
  }

  private static String endStates(List<RunResult> runs) {
    Map<String, Long> counts =
        runs.stream()
            .collect(
                Collectors.groupingBy(
                    r -> r.end().name(), LinkedHashMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .map(e -> e.getKey() + " " + e.getValue())
        .collect(Collectors.joining(", "));
  }
}
