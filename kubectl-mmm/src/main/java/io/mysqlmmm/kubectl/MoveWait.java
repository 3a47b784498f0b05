package io.mysqlmmm.kubectl;

import io.mysqlmmm.api.v1alpha1.MoveRoleRequest;
import io.mysqlmmm.kubectl.cluster.ClusterException;
import io.mysqlmmm.kubectl.cluster.ClusterException.Kind;
import io.mysqlmmm.kubectl.cluster.Pair;
import io.mysqlmmm.kubectl.cluster.Pairs;
import io.mysqlmmm.kubectl.cluster.Pairs.Change;
import io.mysqlmmm.kubectl.cluster.Pairs.Changes;
import java.time.Duration;
import java.util.Optional;

/**
 * Waits for the outcome of a request: looks at the resource as the request left it, watches from
 * exactly that version, so that no change is missed however early it comes, and when the watch ends
 * reads the resource again and goes on. Once the request is made, an API server out of reach ends
 * nothing before the deadline.
 */
final class MoveWait {
  /** Between two tries; as client-go's first back-off. */
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(250);

  private final Pairs pairs;
  private final Time time;
  private final MoveRoleRequest request;
  private final Duration timeout;
  private final long startedAt;

  MoveWait(Pairs pairs, Time time, MoveRoleRequest request, Duration timeout) {
    this.pairs = pairs;
    this.time = time;
    this.request = request;
    this.timeout = timeout;
    this.startedAt = time.nanos();
  }

  MoveOutcome await(Pair requested) throws ClusterException {
    Pair latest = requested;
    while (true) {
      Optional<MoveOutcome> outcome = MoveOutcome.of(latest, request);
      if (outcome.isEmpty()) {
        outcome = watch(latest);
      }
      if (outcome.isPresent()) {
        return outcome.get();
      }
      pause();
      if (!left().isPositive()) {
        return timedOut(latest);
      }
      latest = readAgain(latest);
    }
  }

  /** Follows the resource; empty when the watch ended before the outcome and the deadline. */
  private Optional<MoveOutcome> watch(Pair from) throws ClusterException {
    Pair latest = from;
    try (Changes changes = pairs.watch(from.key(), from.version())) {
      while (true) {
        Optional<Change> change = changes.next(left());
        if (change.isEmpty()) {
          return Optional.of(timedOut(latest));
        }
        switch (change.get()) {
          case Change.Updated(Pair pair) -> latest = pair;
          case Change.Deleted() -> {
            return Optional.of(new MoveOutcome.Deleted());
          }
          case Change.Ended() -> {
            return Optional.empty();
          }
        }
        Optional<MoveOutcome> outcome = MoveOutcome.of(latest, request);
        if (outcome.isPresent()) {
          return outcome;
        }
      }
    } catch (ClusterException e) {
      return orGoOn(e, Optional.empty());
    }
  }

  private Pair readAgain(Pair latest) throws ClusterException {
    try {
      return pairs.get(latest.key());
    } catch (ClusterException e) {
      return orGoOn(e, latest);
    }
  }

  private static <T> T orGoOn(ClusterException failure, T value) throws ClusterException {
    if (failure.kind() == Kind.UNREACHABLE || failure.kind() == Kind.SERVER) {
      return value;
    }
    throw failure;
  }

  private MoveOutcome timedOut(Pair latest) {
    return new MoveOutcome.TimedOut(timeout, MoveOutcome.lastMove(latest, request).isPresent());
  }

  private Duration left() {
    return timeout.minusNanos(time.nanos() - startedAt);
  }

  private void pause() throws ClusterException {
    try {
      time.pause(BETWEEN_TRIES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException(Kind.UNREACHABLE, "Interrupted.", e);
    }
  }
}
