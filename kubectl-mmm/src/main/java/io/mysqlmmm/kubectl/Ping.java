package io.mysqlmmm.kubectl;

import io.mysqlmmm.api.v1alpha1.MySQLMultiMasterStatus;
import io.mysqlmmm.kubectl.cluster.ClusterException;
import io.mysqlmmm.kubectl.cluster.ClusterException.Kind;
import io.mysqlmmm.kubectl.cluster.OperatorLease;
import io.mysqlmmm.kubectl.cluster.Pair;
import io.mysqlmmm.kubectl.cluster.Pairs;
import java.time.Duration;

/**
 * Whether an operator leads and looks at a resource, from what the plugin may see: the operator's
 * Lease, and the generation that the resource's status is about. Without the right to read the
 * Lease only the second is known, and that is said.
 */
final class Ping {
  /** Of our clock and the operator's; beyond it the Lease is watched for a renewal. */
  private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(1);

  /** An operator renews within a second (operator, lead/Leadership). */
  private static final Duration RENEWS_WITHIN = Duration.ofSeconds(3);

  /** After a change of the spec the status follows at once. */
  private static final Duration LOOKS_WITHIN = Duration.ofSeconds(3);

  private final Pairs pairs;
  private final Time time;
  private final Leases leases;

  /** Where the operator's Lease is read. */
  interface Leases {
    OperatorLease read() throws ClusterException;
  }

  Ping(Pairs pairs, Time time, Leases leases) {
    this.pairs = pairs;
    this.time = time;
    this.leases = leases;
  }

  /**
   * @param namespace where the Lease is looked for, for the answer alone
   */
  Answer run(Pair pair, String namespace) throws ClusterException {
    return switch (leases.read()) {
      case OperatorLease.Absent() ->
          dead(
              "Namespace '%s' has no Lease '%s'; is the operator elsewhere (--operator-namespace)?"
                  .formatted(namespace, OperatorLease.NAME));
      case OperatorLease.Hidden() -> looked(pair, " The operator's Lease may not be read.");
      case OperatorLease.Seen lease ->
          lease.isHeld(time.now(), CLOCKS_DIFFER) || isRenewed(lease)
              ? looked(pair, "")
              : dead(
                  "No operator leads: Lease '%s/%s' was renewed last at %s."
                      .formatted(namespace, OperatorLease.NAME, lease.renewed()));
    };
  }

  /** By the Lease's own change, whatever the clocks say. */
  private boolean isRenewed(OperatorLease before) throws ClusterException {
    try {
      time.pause(RENEWS_WITHIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException(Kind.UNREACHABLE, "Interrupted.", e);
    }
    return leases.read() instanceof OperatorLease.Seen after
        && !after.holder().isEmpty()
        && !after.equals(before);
  }

  private Answer looked(Pair pair, String remark) throws ClusterException {
    if (pair.isPassive()) {
      return pair.status().isPresent() && remark.isEmpty()
          ? Answer.done("Pinged successfully!")
          : dead("In passive mode the resource shows no sign of an operator.%s".formatted(remark));
    }
    Wait wait = new Wait(pairs, time, LOOKS_WITHIN);
    return switch (wait.until(
        pair, p -> p.isObserved() ? p.status() : java.util.Optional.empty())) {
      case Wait.End.Shown<MySQLMultiMasterStatus>(MySQLMultiMasterStatus status) ->
          Answer.done("Pinged successfully!" + (remark.isEmpty() ? "" : seen(status, remark)));
      case Wait.End.Deleted<MySQLMultiMasterStatus>() -> HostWords.deleted(pair.key());
      case Wait.End.TimedOut<MySQLMultiMasterStatus>(Pair latest) ->
          dead(
              "No operator has looked at generation %d of '%s'.%s"
                  .formatted(latest.generation(), latest.key(), remark));
    };
  }

  private static String seen(MySQLMultiMasterStatus status, String remark) {
    return "%s Its status is about generation %d, the present one."
        .formatted(remark, status.observedGeneration());
  }

  /** MMM's words first. */
  private static Answer dead(String why) {
    return Answer.failed(ExitStatus.UNAVAILABLE, "Can't connect to monitor daemon! " + why);
  }
}
