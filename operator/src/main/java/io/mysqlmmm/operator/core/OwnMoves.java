package io.mysqlmmm.operator.core;

import java.time.Duration;
import java.util.Optional;

/**
 * Moves of the writer that the operator wants by policy: away from a host that is to be offline,
 * and back to the preferred host. Nothing is wanted while anything speaks against a planned move.
 */
public final class OwnMoves {
  /**
   * For how long the preferred host must have been ONLINE, and the writer where it is. MMM moved
   * back at once, and a host that came and went took the writer with it each time. A host whose pod
   * is being deleted hands its role over and is ONLINE for some seconds more (seen).
   */
  public static final Duration SETTLED = Duration.ofSeconds(30);

  /**
   * A move that is wanted.
   *
   * @param why for a person
   */
  public record Wanted(String to, String why) {}

  private OwnMoves() {}

  /**
   * What is wanted now; empty: nothing, or something speaks against it.
   *
   * @param settled whether the writer has been where it is for {@link #SETTLED}
   */
  public static Optional<Wanted> wanted(Snapshot seen, boolean settled) {
    if (seen.ledger().isEmpty() || !seen.writerServes()) {
      return Optional.empty();
    }
    Pair pair = Pair.of(seen, seen.ledger().get());
    Optional<String> why =
        isToBeOffline(pair)
            ? Optional.of(pair.writer() + " is to be offline")
            : Optional.of(pair.peer() + " is the preferred host")
                .filter(_ -> settled && prefersPeer(pair));
    return why.filter(_ -> MoveRequests.obstacleNow(pair).isEmpty())
        .map(reason -> new Wanted(pair.peer(), reason));
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
}
