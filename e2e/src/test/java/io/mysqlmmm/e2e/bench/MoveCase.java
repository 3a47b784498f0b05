package io.mysqlmmm.e2e.bench;

import io.mysqlmmm.api.v1alpha1.LastMove;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The writer's role is moved by a patch of the resource, forth and back, to a peer that keeps up.
 */
final class MoveCase {
  private static final Duration BOUND = Duration.ofSeconds(60);

  private MoveCase() {}

  static List<Figure> measure(Ground ground, int runs) {
    List<Duration> gaps = new ArrayList<>();
    List<Duration> served = new ArrayList<>();
    int refused = 0;
    for (int run = 0; run < runs; run++) {
      ground.awaitWell();
      ground.pair().awaitKeptUp(BOUND);
      String to = ground.pair().standby();
      long start = ground.clock().now();
      LastMove move = ground.pair().outcome(ground.pair().requestMove("writer", to), BOUND);
      if (!"Done".equals(move.outcome())) {
        refused++;
        System.out.println("move: " + move.message());
        continue;
      }
      long first = ground.clients().awaitServedBy(to, start, BOUND);
      gaps.add(ground.clients().longestGap(start, first));
      served.add(Duration.ofNanos(first - start));
    }
    String what = "planned move, write gap at the client";
    if (gaps.isEmpty()) {
      return List.of(Figure.left(what, "", "all %d were refused".formatted(refused), ""));
    }
    String not = refused == 0 ? "" : " (%d refused or undone)".formatted(refused);
    return List.of(
        Figure.of(what + not, "p50 50 ms, p99 150 ms", new Sample(gaps), "MMM 264-387 ms"),
        Figure.of(
            "planned move, from the patch to the first write on the new host",
            "300 ms",
            new Sample(served),
            "MMM 10.7 s"));
  }
}
