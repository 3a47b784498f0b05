package io.mysqlmmm.e2e.chaos;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What a campaign is asked to do.
 *
 * @param faults what each run is chosen from; empty for the usual ones
 * @param results the directory for the report, relative to the project's root
 */
record Settings(int runs, long seed, List<List<Fault>> faults, String results) {
  private static final int SHORT_CAMPAIGN = 8;
  private static final long FIXED_SEED = 1;

  /**
   * From CHAOS_RUNS, CHAOS_SEED, CHAOS_FAULTS and CHAOS_RESULTS; empty or absent for the default.
   */
  static Settings from(Map<String, String> environment) {
    String runs = environment.getOrDefault("CHAOS_RUNS", "");
    String seed = environment.getOrDefault("CHAOS_SEED", "");
    String faults = environment.getOrDefault("CHAOS_FAULTS", "");
    return new Settings(
        runs.isEmpty() ? SHORT_CAMPAIGN : Integer.parseInt(runs),
        seed.isEmpty() ? FIXED_SEED : Long.parseLong(seed),
        faults.isEmpty()
            ? List.of()
            : Arrays.stream(faults.split(",", -1)).map(Faults::named).toList(),
        environment.getOrDefault("CHAOS_RESULTS", "e2e/target/chaos"));
  }
}
