package io.mysqlmmm.e2e.bench;

import io.mysqlmmm.e2e.Lab;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The standby's mysqld gets SIGKILL; the stall counts until it is in sync again. */
final class StandbyCase {
  private static final Duration BACK = Duration.ofMinutes(5);

  private StandbyCase() {}

  static List<Figure> measure(Ground ground, int runs) {
    List<Duration> stalls = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      ground.awaitWell();
      String standby = ground.pair().standby();
      String pid = Ground.mysqld(standby);
      long version = ground.version();
      long start = ground.clock().now();
      Lab.kill9(pid);
      ground.awaitBack(standby, version, BACK);
      stalls.add(ground.clients().longestGap(start, ground.clock().now()));
    }
    return List.of(
        Figure.of(
            "standby's mysqld kill -9, longest write stall until it is back",
            "250 ms",
            new Sample(stalls),
            "semi-sync's default 10 s"));
  }
}
