package io.mysqlmmm.e2e.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What a benchmark is asked to do.
 *
 * @param gigabytes how much data the pair holds when its redundancy is lost
 * @param results the directory for the report, relative to the project's root
 */
record Settings(int runs, List<String> cases, int gigabytes, String results) {
  private static final int RUNS = 50;

  /**
   * From BENCH_RUNS, BENCH_CASES, BENCH_SIZE and BENCH_RESULTS; empty or absent for the default.
   */
  static Settings from(Map<String, String> environment) {
    String runs = environment.getOrDefault("BENCH_RUNS", "");
    String cases = environment.getOrDefault("BENCH_CASES", "");
    String size = environment.getOrDefault("BENCH_SIZE", "");
    return new Settings(
        runs.isEmpty() ? RUNS : Integer.parseInt(runs),
        cases.isEmpty()
            ? List.of()
            : Arrays.stream(cases.split(",", -1)).map(String::strip).toList(),
        size.isEmpty() ? 1 : Integer.parseInt(size),
        environment.getOrDefault("BENCH_RESULTS", "e2e/target/bench"));
  }
}
