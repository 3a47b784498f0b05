package io.mysqlmmm.operator.core;

import io.mysqlmmm.operator.core.Command.BeginMove;
import java.time.Duration;
import java.util.Optional;

/**
 * Moves of the writer that the operator makes by itself: away from a host that is to be offline,
 * and back to the preferred host. Nothing is done while anything speaks against a planned move.
 */
final class OwnMoves {
  /**
   * For how long the preferred host must have been ONLINE. MMM moved back at once, and a host that
   * came and went took the writer with it each time.
   */
  private static final Duration SETTLED = Duration.ofSeconds(30);

  private OwnMoves() {}

  static Optional<BeginMove> decide(Pair pair) {
    boolean wanted = isToBeOffline(pair) || prefersPeer(pair);
    return wanted && MoveRequests.obstacleNow(pair).isEmpty()
        ? Optional.of(begin(pair))
        : Optional.empty();
  }

  /**
   * Why the writer does not leave a host that is to be offline; empty: it is not to be, or does.
   */
  static Optional<String> hindrance(Pair pair) {
    return isToBeOffline(pair)
        ? MoveRequests.obstacleNow(pair)
            .map(
                why ->
                    "%s is to be offline, but its role cannot be moved: %s"
                        .formatted(pair.writer(), why))
        : Optional.empty();
  }

  private static boolean isToBeOffline(Pair pair) {
    return pair.seen().topology().policy().offline().contains(pair.writer());
  }

  /** MMM's prefer, in Active only; suspended after a move away, until the host was down again. */
  private static boolean prefersPeer(Pair pair) {
    Topology topology = pair.seen().topology();
    HostLife peer = pair.seen().life(pair.peer());
    boolean suspended =
        pair.seen()
            .plan()
            .lastMove()
            .filter(m -> m.to().equals(pair.writer()) && m.at().isAfter(peer.since()))
            .isPresent();
    return topology.mode() == Topology.Mode.ACTIVE
        && topology.writerRole().prefer().filter(pair.peer()::equals).isPresent()
        && peer.online()
        && !pair.seen().wall().isBefore(peer.since().plus(SETTLED))
        && !suspended;
  }

  private static BeginMove begin(Pair pair) {
    Move.Request request =
        new Move.Request(
            pair.seen().topology().activeMasterRole(),
            pair.peer(),
            pair.seen().wall().toString(),
            false);
    return new BeginMove(new Move(request, pair.writer(), pair.seen().now(), Optional.empty()));
  }
}
