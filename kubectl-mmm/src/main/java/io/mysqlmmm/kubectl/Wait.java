package io.mysqlmmm.kubectl;

import io.mysqlmmm.kubectl.cluster.ClusterException;
import io.mysqlmmm.kubectl.cluster.ClusterException.Kind;
import io.mysqlmmm.kubectl.cluster.Pair;
import io.mysqlmmm.kubectl.cluster.Pairs;
import io.mysqlmmm.kubectl.cluster.Pairs.Change;
import io.mysqlmmm.kubectl.cluster.Pairs.Changes;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Waits until a resource shows something: looks at it as a request left it, watches from exactly
 * that version, so that no change is missed however early it comes, and when the watch ends reads
 * the resource again and goes on. An API server out of reach ends nothing before the deadline.
 */
final class Wait {
  /** Between two tries; as client-go's first back-off. */
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(250);

  private final Pairs pairs;
  private final Time time;
  private final Duration timeout;
  private final long startedAt;

  /** What became of waiting. */
  sealed interface End<T> {
    record Shown<T>(T value) implements End<T> {}

    /** The resource is gone. */
    record Deleted<T>() implements End<T> {}

    /** Not shown in time; {@code latest} is the resource as it was last seen. */
    record TimedOut<T>(Pair latest) implements End<T> {}
  }

  /**
   * @param timeout bound on all waiting, from now; an API server that stops answering can add one
   *     request's own timeout
   */
  Wait(Pairs pairs, Time time, Duration timeout) {
    this.pairs = pairs;
    this.time = time;
    this.timeout = timeout;
    this.startedAt = time.nanos();
  }

  /**
   * @param test what is waited for; empty: not yet
   */
  <T> End<T> until(Pair requested, Function<Pair, Optional<T>> test) throws ClusterException {
    Pair latest = requested;
    while (true) {
      Optional<T> shown = test.apply(latest);
      if (shown.isPresent()) {
        return new End.Shown<>(shown.get());
      }
      Optional<End<T>> end = watch(latest, test);
      if (end.isPresent()) {
        return end.get();
      }
      pause();
      if (!left().isPositive()) {
        return new End.TimedOut<>(latest);
      }
      latest = readAgain(latest);
    }
  }

  /** Follows the resource; empty when the watch ended before the deadline with nothing shown. */
  private <T> Optional<End<T>> watch(Pair from, Function<Pair, Optional<T>> test)
      throws ClusterException {
    Pair latest = from;
    try (Changes changes = pairs.watch(from.key(), from.version())) {
      while (true) {
        Optional<Change> change = changes.next(left());
        if (change.isEmpty()) {
          return Optional.of(new End.TimedOut<>(latest));
        }
        switch (change.get()) {
          case Change.Updated(Pair pair) -> latest = pair;
          case Change.Deleted() -> {
            return Optional.of(new End.Deleted<>());
          }
          case Change.Ended() -> {
            return Optional.empty();
          }
        }
        Optional<T> shown = test.apply(latest);
        if (shown.isPresent()) {
          return shown.map(End.Shown::new);
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
