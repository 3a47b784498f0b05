package io.mysqlmmm.e2e.bench;

import io.mysqlmmm.e2e.Lab;
import io.mysqlmmm.e2e.PairUnderTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The writer's mysqld gets SIGKILL while clients write: in every other run once its peer has caught
 * up and keeps up, and else at once when both are in sync again.
 */
final class KillCase {
  private static final Duration REPLACED = Duration.ofSeconds(60);
  private static final Duration BACK = Duration.ofMinutes(5);
  private static final String OTHERS = "MMM 15.5 s; Orchestrator 10-13 s";

  private KillCase() {}

  static List<Figure> measure(Ground ground, int runs) {
    List<Duration> settled = new ArrayList<>();
    List<Duration> atOnce = new ArrayList<>();
    List<Duration> back = new ArrayList<>();
    int clones = 0;
    for (int run = 0; run < runs; run++) {
      ground.awaitWell();
      boolean waits = run % 2 == 0;
      if (waits) {
        ground.pair().awaitKeptUp(BACK);
      }
      String killed = ground.pair().writer();
      Optional<String> clone = ground.lastClone(killed);
      kill(ground, killed, waits ? settled : atOnce, back);
      clones += ground.lastClone(killed).equals(clone) ? 0 : 1;
    }
    List<Figure> figures = new ArrayList<>();
    figures.add(
        Figure.of(
            "writer's mysqld kill -9, write gap",
            "p50 250 ms, max 1 s",
            new Sample(settled),
            OTHERS));
    if (!atOnce.isEmpty()) {
      figures.add(
          Figure.of(
              "the same, its peer in sync again for a moment and still catching up",
              "-",
              new Sample(atOnce),
              OTHERS));
    }
    figures.add(
        Figure.of(
            "ex-writer back in sync after that, under load (%d by a clone)".formatted(clones),
            "5 s, no clone",
            new Sample(back),
            "MMM by hand; MOCO: delete the volume by hand"));
    return figures;
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
