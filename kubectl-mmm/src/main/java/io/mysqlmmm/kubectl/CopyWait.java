package io.mysqlmmm.kubectl;

import io.mysqlmmm.kubectl.cluster.ClusterException;
import io.mysqlmmm.kubectl.cluster.Pair;
import io.mysqlmmm.kubectl.cluster.Pairs;
import io.mysqlmmm.kubectl.text.CopyView;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Waits for a copy of data that was asked for: first that an operator takes it up, then, as long as
 * it takes, for its end.
 */
final class CopyWait {
  private final Pairs pairs;
  private final Time time;
  private final Patience patience;
  private final long startedAt;

  /**
   * How to wait.
   *
   * @param takenUp bound on the wait for an operator to begin
   * @param all bound on all waiting
   * @param progress is told each new line of progress
   */
  record Patience(Duration takenUp, Duration all, Consumer<String> progress) {}

  /** The copy that was asked for, and how its end is told. */
  interface Copy<V extends CopyView> {
    /** What the status tells of it; empty: nothing yet. */
    Optional<V> in(Pair pair);

    /** It is Done or Failed. */
    Answer over(V view);

    /** It is neither, {@code after} so long. */
    Answer timedOut(Pair latest, Duration after, boolean takenUp);
  }

  /** The time of {@code patience} begins now. */
  CopyWait(Pairs pairs, Time time, Patience patience) {
    this.pairs = pairs;
    this.time = time;
    this.patience = patience;
    this.startedAt = time.nanos();
  }

  /**
   * @param asked the resource as the request left it
   */
  <V extends CopyView> Answer until(Pair asked, Copy<V> copy) throws ClusterException {
    Duration first =
        patience.takenUp().compareTo(patience.all()) < 0 ? patience.takenUp() : patience.all();
    Wait.End<Pair> begun =
        new Wait(pairs, time, first).until(asked, pair -> copy.in(pair).map(_ -> pair));
    return switch (begun) {
      case Wait.End.Deleted<Pair>() -> HostWords.deleted(asked.key());
      case Wait.End.TimedOut<Pair>(Pair latest) -> copy.timedOut(latest, first, false);
      case Wait.End.Shown<Pair>(Pair pair) -> finish(pair, copy);
    };
  }

  private <V extends CopyView> Answer finish(Pair begun, Copy<V> copy) throws ClusterException {
    StringBuilder told = new StringBuilder();
    Duration left = patience.all().minusNanos(time.nanos() - startedAt);
    Wait.End<V> end =
        new Wait(pairs, time, left)
            .until(
                begun,
                pair -> {
                  Optional<V> view = copy.in(pair);
                  view.filter(CopyView::isRunning).ifPresent(v -> tell(v.progress(), told));
                  return view.filter(v -> v.isDone() || v.isFailed());
                });
    return switch (end) {
      case Wait.End.Deleted<V>() -> HostWords.deleted(begun.key());
      case Wait.End.TimedOut<V>(Pair latest) -> copy.timedOut(latest, patience.all(), true);
      case Wait.End.Shown<V>(V view) -> copy.over(view);
    };
  }

  private void tell(String line, StringBuilder told) {
    if (!line.contentEquals(told)) {
      told.replace(0, told.length(), line);
      patience.progress().accept(line);
    }
  }
}
