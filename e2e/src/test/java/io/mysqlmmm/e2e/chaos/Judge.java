package io.mysqlmmm.e2e.chaos;

import io.mysqlmmm.e2e.Eventually;
import io.mysqlmmm.e2e.PairUnderTest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks at what the hosts hold, while no client writes. */
final class Judge {
  private static final Duration CAUGHT_UP = Duration.ofMinutes(5);

  private final Site site;

  Judge(Site site) {
    this.site = site;
  }

  /** What the hosts hold of a run, each as soon as it has all that the ledger says it has. */
  Map<String, Contents> contents(int run) throws SQLException {
    List<String> inSync = awaitInSync();
    Map<String, Contents> contents = new LinkedHashMap<>();
    for (String host : inSync) {
      contents.put(host, Schema.contents(site.application(), host, run));
    }
    return contents;
  }

  /** Waits until the hosts that have to hold every acknowledged write have executed the same. */
  private List<String> awaitInSync() {
    return Eventually.get(
        CAUGHT_UP,
        () -> {
          List<String> inSync = site.pair().ledger().inSync();
          if (inSync == null || inSync.isEmpty()) {
            throw new AssertionError("the ledger names no host that is in sync");
          }
          Map<String, String> gtids = new LinkedHashMap<>();
          for (String host : inSync) {
            gtids.put(host, Schema.gtids(site.application(), host));
          }
          if (gtids.values().stream().distinct().count() != 1) {
            throw new AssertionError("not the same transactions: " + gtids);
          }
          return inSync;
        });
  }

  /** At the end of the campaign: differences between the hosts, one sentence each. */
  List<String> differences() throws SQLException {
    List<String> found = new ArrayList<>();
    Map<String, List<List<String>>> checksums = new LinkedHashMap<>();
    for (String host : awaitInSync()) {
      checksums.put(host, Schema.checksums(site.application(), host));
    }
    if (checksums.values().stream().distinct().count() != 1) {
      found.add("the checksums of the tables differ: " + checksums);
    }
    if (checksums.size() != PairUnderTest.HOSTS.size()) {
      found.add("only these hosts are in sync at the end: " + checksums.keySet());
    }
    return found;
  }
}
