package io.mysqlmmm.kubectl;

import io.mysqlmmm.api.v1alpha1.LastMove;
import io.mysqlmmm.api.v1alpha1.MoveRoleRequest;
import io.mysqlmmm.kubectl.cluster.Pair;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** What became of a request to move a role. */
sealed interface MoveOutcome {
  /** The operator is through with it; {@code move} says how. */
  record Finished(LastMove move) implements MoveOutcome {}

  /** Somebody asked for something else before this was taken up. */
  record Replaced(MoveRoleRequest by) implements MoveOutcome {}

  /** It carries a time before the resource was made: no operator will look at it. */
  record TooOld(String requestedAt, String created) implements MoveOutcome {}

  /** The resource is gone. */
  record Deleted() implements MoveOutcome {}

  /**
   * Not known in time.
   *
   * @param takenUp whether an operator had begun
   */
  record TimedOut(Duration after, boolean takenUp) implements MoveOutcome {}

  /** What a resource tells about a request; empty: nothing final yet. */
  static Optional<MoveOutcome> of(Pair pair, MoveRoleRequest request) {
    Optional<LastMove> ours = lastMove(pair, request);
    if (ours.isPresent()) {
      return ours.filter(move -> !"InProgress".equals(move.outcome())).map(Finished::new);
    }
    if (RequestTime.isTooOld(request.requestedAt(), pair)) {
      return Optional.of(new TooOld(String.valueOf(request.requestedAt()), pair.created()));
    }
    return pair.moveRole()
        .filter(now -> !Objects.equals(now.requestedAt(), request.requestedAt()))
        .map(Replaced::new);
  }

  /** The resource's last move, if it is that of the request. */
  static Optional<LastMove> lastMove(Pair pair, MoveRoleRequest request) {
    return pair.status()
        .flatMap(status -> Optional.ofNullable(status.lastMove()))
        .filter(move -> Objects.equals(move.requestedAt(), request.requestedAt()));
  }

  /**
   * Whether the host had the role before: nothing had to be done, whatever the operator calls it.
   */
  static boolean wasThere(LastMove move) {
    return move.from() != null && move.from().equals(move.host());
  }

  default ExitStatus exitStatus() {
    return switch (this) {
      case Finished(LastMove move) ->
          "Done".equals(move.outcome()) || (wasThere(move) && !"Aborted".equals(move.outcome()))
              ? ExitStatus.DONE
              : ExitStatus.REFUSED;
      case Replaced replaced -> ExitStatus.REFUSED;
      case TooOld tooOld -> ExitStatus.REFUSED;
      case Deleted deleted -> ExitStatus.UNAVAILABLE;
      case TimedOut timedOut -> ExitStatus.TIMED_OUT;
    };
  }
}
