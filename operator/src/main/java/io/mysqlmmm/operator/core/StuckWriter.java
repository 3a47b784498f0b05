package io.mysqlmmm.operator.core;

import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Vitals.Volume;
import io.mysqlmmm.shared.agent.Vitals.Writing;
import java.time.Duration;
import java.util.Optional;

/**
 * A writer that answers and commits nothing any more, because its volume takes nothing: full, or
 * read-only, or hung. mysqld waits then, without an end; its peer takes over as from a server that
 * hangs. Both are needed: a row that waits alone may wait for somebody's lock, and a full volume
 * alone may leave a server enough to go on with.
 */
final class StuckWriter {
  private StuckWriter() {}

  /** The failover, when the writer is stuck and its peer may and can do better. */
  static Optional<Decision> decide(Pair pair) {
    return pair.peerPromotable() && pair.mayFailOver() && takesWrites(pair.peerAgent())
        ? cause(pair)
            .map(
                why ->
                    Failover.decide(pair, "writer %s is stuck, %s".formatted(pair.writer(), why)))
        : Optional.empty();
  }

  /**
   * What it is stuck in; empty: it is not. Once its peer has promised to follow it no more, it gets
   * no acknowledgement and loses its lease, and is not to write then.
   */
  static Optional<String> cause(Pair pair) {
    Duration trap = pair.seen().topology().policy().check(Check.WRITE).trap();
    return pair.writerAgent()
        .filter(w -> pair.peerPromised() || commitsNothing(w.vitals().writing(), trap))
        .flatMap(w -> fault(w.vitals().volume(), trap));
  }

  /** A row that waits for the peer is the peer's silence, and no fault of the writer. */
  private static boolean commitsNothing(Writing writing, Duration trap) {
    return writing instanceof Writing.Due due
        && !due.awaitsPeer()
        && due.successMillis().orElse(due.dueMillis()) > trap.toMillis();
  }

  private static Optional<String> fault(Volume volume, Duration trap) {
    return switch (volume) {
      case Volume.Seen seen when seen.readOnly() -> Optional.of("its file system is read-only");
      case Volume.Seen seen when !seen.takesWrites() ->
          Optional.of("its volume takes nothing: " + seen.writeError());
      case Volume.Seen _ -> Optional.empty();
      case Volume.Silent(var millis) ->
          millis > trap.toMillis() ? Optional.of("its volume does not answer") : Optional.empty();
    };
  }

  private static boolean takesWrites(Optional<AgentState> host) {
    return host.map(h -> h.vitals().volume())
        .filter(v -> v instanceof Volume.Seen seen && seen.takesWrites())
        .isPresent();
  }
}
