package io.mysqlmmm.kubectl;

import io.mysqlmmm.api.v1alpha1.MoveRoleRequest;
import io.mysqlmmm.kubectl.cluster.ClusterException;
import io.mysqlmmm.kubectl.cluster.Pair;
import io.mysqlmmm.kubectl.cluster.Pairs;
import java.time.Duration;

/**
 * Asks for a role to be moved and waits until the operator says what became of it. The request is
 * made once; waiting can be given up without touching it.
 */
final class MoveRole {
  private final Pairs pairs;
  private final Time time;

  MoveRole(Pairs pairs, Time time) {
    this.pairs = pairs;
    this.time = time;
  }

  /**
   * @param force whether a loss is accepted, see docs/clustering.md
   * @param timeout bound on the wait, from the moment the request is in the resource; an API server
   *     that stops answering can add one request's own timeout
   */
  MoveOutcome run(Pair.Key key, String role, String host, boolean force, Duration timeout)
      throws ClusterException {
    String requestedAt = RequestTime.now(time);
    MoveRoleRequest request =
        new MoveRoleRequest(role, host, requestedAt, force ? Boolean.TRUE : null);
    Pair pair = pairs.requestMove(key, request);
    return switch (new Wait(pairs, time, timeout).until(pair, p -> MoveOutcome.of(p, request))) {
      case Wait.End.Shown<MoveOutcome>(MoveOutcome outcome) -> outcome;
      case Wait.End.Deleted<MoveOutcome>() -> new MoveOutcome.Deleted();
      case Wait.End.TimedOut<MoveOutcome>(Pair latest) ->
          new MoveOutcome.TimedOut(timeout, MoveOutcome.lastMove(latest, request).isPresent());
    };
  }
}
