package io.mysqlmmm.e2e.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Judges a run. Pure: the same history and contents give the same findings. It is silent about
 * every history that one writer at a time, changed as often as the ledger says, can have produced.
 *
 * @see ListCheck
 * @see ReadCheck
 * @see WriterTimeline
 */
final class Checker {
  private Checker() {}

  /**
   * All that is wrong with a run.
   *
   * @param hosts what each host holds that has to hold every acknowledged write
   */
  static Findings check(Recorded recorded, Map<String, Contents> hosts, Designations designations) {
    Duration twoWriters =
        WriterTimeline.of(recorded, designations.first()).twoWriters(designations.changes());
    Findings timeline =
        new Findings(Set.of(), Set.of(), Set.of(), List.of(), List.of(), 0, twoWriters);
    return ReadCheck.of(recorded).and(timeline).and(checkContents(recorded, hosts));
  }

  /** Only what the hosts hold, which may be looked at again later. */
  static Findings checkContents(Recorded recorded, Map<String, Contents> hosts) {
    Findings all = Findings.NONE;
    for (Map.Entry<String, Contents> host : hosts.entrySet()) {
      all =
          all.and(ListCheck.of(recorded, host.getKey(), host.getValue()))
              .and(ReadCheck.ofRegisters(recorded, host.getKey(), host.getValue()));
    }
    return all;
  }
}
