package io.mysqlmmm.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.e2e.Eventually;
import io.mysqlmmm.e2e.PairUnderTest;
import io.mysqlmmm.e2e.chaos.Leader;
import io.mysqlmmm.e2e.chaos.NetworkFaults;
import io.mysqlmmm.e2e.chaos.Operators;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The cable of the writer's node is pulled, and put back when the peer has taken over. */
final class CutOffCase {
  private static final Duration REPLACED = Duration.ofSeconds(60);
  private static final Duration LEADS = Duration.ofSeconds(60);

  private CutOffCase() {}

  static List<Figure> measure(Ground ground, int runs) throws Exception {
    List<Duration> gaps = cutOff(ground, runs, false);
    List<Duration> withLeader;
    // Where the operators have no other nodes, the leader is beside the writer.
    Operators.keepTo(List.of("node1", "node2"));
    try {
      withLeader = cutOff(ground, (runs + 1) / 2, true);
    } finally {
      Operators.letGo();
    }
    List<Figure> figures = new ArrayList<>();
    String target = "leaseTtl + 0.5 s = 3.5 s";
    String others = "MMM 31.9 s and two writers; keepalived (IP only) 3.24 s, kube-vip 17 and 20 s";
    add(figures, "writer's node cut off, write gap", target, gaps, others);
    add(figures, "the same, the leading operator on that node", "-", withLeader, "-");
    return figures;
  }

  private static List<Duration> cutOff(Ground ground, int runs, boolean withLeader) {
    List<Duration> gaps = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      ground.awaitWell();
      String writer = ground.pair().writer();
      String node = PairUnderTest.node(writer);
      // After a rollout, and after a move, another operator comes to lead.
      Eventually.within(
          LEADS,
          () -> {
            Leader.await(ground.client(), LEADS);
            assertThat(Leader.node(ground.client()).equals(node)).isEqualTo(withLeader);
          });
      long start = ground.clock().now();
      ground.undos().add(NetworkFaults.linkDown(node));
      long first = ground.clients().awaitServedBy(PairUnderTest.other(writer), start, REPLACED);
      gaps.add(ground.clients().longestGap(start, first));
      ground.undos().runAll().forEach(System.err::println);
    }
    return gaps;
  }

  private static void add(
      List<Figure> figures, String what, String target, List<Duration> times, String others) {
    figures.add(
        times.isEmpty()
            ? Figure.left(what, target, "did not occur", others)
            : Figure.of(what, target, new Sample(times), others));
  }
}
