package io.mysqlmmm.operator.succession;

import io.mysqlmmm.api.v1alpha1.HostSpec;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMasterStatus;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Which of two operators had better lead (docs/decisions/027). A node that is lost with the leader
 * on it costs writes the time until another leads, unless it has nothing that the leader is needed
 * for: no standby, as the writer waits for the ledger to give that up (S14); then no host at all.
 * Pure.
 */
final class Succession {
  private Succession() {}

  /** What a node has that the leader is needed for when the node is lost. */
  private record Stake(int standbys, int hosts) implements Comparable<Stake> {
    private static final Comparator<Stake> ORDER =
        Comparator.comparingInt(Stake::standbys).thenComparingInt(Stake::hosts);

    static Stake of(String node, Collection<MySQLMultiMaster> pairs) {
      int standbys = 0;
      int hosts = 0;
      for (MySQLMultiMaster pair : pairs) {
        for (HostSpec host : hostsOf(pair)) {
          if (node.equals(host.nodeName())) {
            hosts++;
            standbys += isStandby(pair, host) ? 1 : 0;
          }
        }
      }
      return new Stake(standbys, hosts);
    }

    @Override
    public int compareTo(Stake other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * Whether every pair is calm and an operator on {@code own} had better lead than one on {@code
   * other}. Never true of both ways round. Calm is a pair whose writer serves, with a peer in sync
   * that votes for it or alone, which needs no votes, whose role is not being moved, and whose
   * hosts are not being brought to what the spec asks for, which takes a standby away: then a
   * leader that changes costs writes nothing.
   */
  static boolean isBetter(Collection<MySQLMultiMaster> pairs, String own, String other) {
    return pairs.stream().allMatch(Succession::isCalm)
        && Stake.of(own, pairs).compareTo(Stake.of(other, pairs)) < 0;
  }

  private static boolean isCalm(MySQLMultiMaster pair) {
    MySQLMultiMasterStatus status = pair.getStatus();
    return status != null
        && is(status, "WriterAvailable")
        && !is(status, "Progressing")
        && (status.lastMove() == null || !"InProgress".equals(status.lastMove().outcome()));
  }

  private static boolean is(MySQLMultiMasterStatus status, String condition) {
    return Stream.ofNullable(status.conditions())
        .flatMap(List::stream)
        .anyMatch(c -> condition.equals(c.getType()) && "True".equals(c.getStatus()));
  }

  private static boolean isStandby(MySQLMultiMaster pair, HostSpec host) {
    MySQLMultiMasterStatus status = pair.getStatus();
    String writer = status == null || status.ledger() == null ? null : status.ledger().writer();
    return !"Replica".equals(host.mode()) && !Objects.equals(host.name(), writer);
  }

  private static List<HostSpec> hostsOf(MySQLMultiMaster pair) {
    List<HostSpec> hosts = pair.getSpec() == null ? null : pair.getSpec().hosts();
    return hosts == null ? List.of() : hosts;
  }
}
