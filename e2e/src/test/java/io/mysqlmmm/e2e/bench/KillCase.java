package io.mysqlmmm.e2e.bench;

import io.mysqlmmm.e2e.Lab;
import io.mysqlmmm.e2e.PairUnderTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The writer's mysqld gets SIGKILL while clients write. */
final class KillCase {
  private static final Duration REPLACED = Duration.ofSeconds(60);
  private static final Duration BACK = Duration.ofMinutes(5);

  private KillCase() {}

  static List<Figure> measure(Ground ground, int runs) {
    List<Duration> gaps = new ArrayList<>();
    List<Duration> back = new ArrayList<>();
    int clones = 0;
    for (int run = 0; run < runs; run++) {
      ground.awaitWell();
      String killed = ground.pair().writer();
      Optional<String> clone = ground.lastClone(killed);
      kill(ground, killed, gaps, back);
      clones += ground.lastClone(killed).equals(clone) ? 0 : 1;
    }
    return List.of(
        Figure.of(
            "writer's mysqld kill -9, write gap",
            "p50 250 ms, max 1 s",
            new Sample(gaps),
            "MMM 15.5 s; Orchestrator 10-13 s"),
        Figure.of(
            "ex-writer back in sync after that, under load (%d by a clone)".formatted(clones),
            "5 s, no clone",
            new Sample(back),
            "MMM by hand; MOCO: delete the volume by hand"));
  }

  private static void kill(Ground ground, String killed, List<Duration> gaps, List<Duration> back) {
    String pid = Ground.mysqld(killed);
    long version = ground.version();
    long start = ground.clock().now();
    Lab.kill9(pid);
    long first = ground.clients().awaitServedBy(PairUnderTest.other(killed), start, REPLACED);
    gaps.add(ground.clients().longestGap(start, first));
    ground.awaitBack(killed, version, BACK);
    back.add(ground.since(start));
  }
}
