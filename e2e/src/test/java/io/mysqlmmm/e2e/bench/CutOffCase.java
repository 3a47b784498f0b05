package io.mysqlmmm.e2e.bench;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.mysqlmmm.e2e.PairUnderTest;
import io.mysqlmmm.e2e.chaos.NetworkFaults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The cable of the writer's node is pulled, and put back when the peer has taken over. */
final class CutOffCase {
  private static final String NAMESPACE = "mysql-mmm-system";
  private static final Duration REPLACED = Duration.ofSeconds(60);

  private CutOffCase() {}

  static List<Figure> measure(Ground ground, int runs) {
    List<Duration> gaps = new ArrayList<>();
    List<Duration> withLeader = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      ground.awaitWell();
      String writer = ground.pair().writer();
      String node = PairUnderTest.node(writer);
      List<Duration> into = node.equals(nodeOfLeader(ground)) ? withLeader : gaps;
      long start = ground.clock().now();
      ground.undos().add(NetworkFaults.linkDown(node));
      long first = ground.clients().awaitServedBy(PairUnderTest.other(writer), start, REPLACED);
      into.add(ground.clients().longestGap(start, first));
      ground.undos().runAll().forEach(System.err::println);
    }
    List<Figure> figures = new ArrayList<>();
    String target = "leaseTtl + 0.5 s = 3.5 s";
    String others = "MMM 31.9 s and two writers; keepalived (IP only) 3.24 s, kube-vip 17 and 20 s";
    add(figures, "writer's node cut off, write gap", target, gaps, others);
    add(figures, "the same, the leading operator on that node", "-", withLeader, "-");
    return figures;
  }

  private static void add(
      List<Figure> figures, String what, String target, List<Duration> times, String others) {
    figures.add(
        times.isEmpty()
            ? Figure.left(what, target, "did not occur", others)
            : Figure.of(what, target, new Sample(times), others));
  }

  private static String nodeOfLeader(Ground ground) {
    Lease lease =
        ground.client().leases().inNamespace(NAMESPACE).withName("mysql-mmm-operator").get();
    String holder = Objects.requireNonNullElse(lease.getSpec().getHolderIdentity(), "");
    String pod = holder.replaceFirst("_.*", "");
    var leader = ground.client().pods().inNamespace(NAMESPACE).withName(pod).get();
    return leader == null ? "" : leader.getSpec().getNodeName();
  }
}
