package io.mysqlmmm.e2e.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Explains the acknowledgements of a run by a writer that changes as seldom as possible, and says
 * for how long two hosts must have acknowledged when the ledger did not change it so often.
 *
 * <ol>
 *   <li>Each acknowledged write took effect at some moment of its span, on its host.
 *   <li>In the order of the answers: when the host of a write was the writer at no moment of its
 *       span, it becomes the writer at the last possible moment, the answer. No other explanation
 *       has fewer changes.
 *   <li>More changes than designations: the shortest turns are taken away until the rest fits. What
 *       they lasted is the least time with two writers: a millisecond each, or more, and zero when
 *       one writer at a time explains all.
 * </ol>
 */
final class WriterTimeline {
  private static final Duration LEAST = Duration.ofMillis(1);

  private final List<Turn> turns = new ArrayList<>();
  private long last = Long.MIN_VALUE;

  /** A host is the writer from a moment until the next turn. */
  private record Turn(String host, long from) {}

  private WriterTimeline(String first) {
    turns.add(new Turn(first, Long.MIN_VALUE));
  }

  static WriterTimeline of(Recorded recorded, String first) {
    WriterTimeline timeline = new WriterTimeline(first);
    recorded.acknowledgements().forEach(timeline::explain);
    return timeline;
  }

  /** How often the acknowledging host changed, at least. */
  int changes() {
    return turns.size() - 1;
  }

  private void explain(Attempt acknowledged) {
    last = acknowledged.span().end();
    long until = Long.MAX_VALUE;
    for (Turn turn : turns.reversed()) {
      if (until < acknowledged.span().start()) {
        break;
      }
      if (turn.host().equals(acknowledged.host())) {
        return;
      }
      until = turn.from();
    }
    turns.add(new Turn(acknowledged.host(), last));
  }

  /** The time with two writers, if the writer may change so often. */
  Duration twoWriters(long allowed) {
    List<Long> lengths = lengthsOfTurns();
    lengths.sort(Comparator.naturalOrder());
    long excess = changes() - allowed;
    Duration total = Duration.ZERO;
    for (int i = 0; i < lengths.size() && excess > 0; i++) {
      Duration length = Duration.ofNanos(lengths.get(i));
      total = total.plus(length.compareTo(LEAST) < 0 ? LEAST : length);
      // Without the turn its neighbours, of one host, are one.
      excess -= 2;
    }
    return total;
  }

  /** Of the turns that began in the run. */
  private List<Long> lengthsOfTurns() {
    List<Long> lengths = new ArrayList<>();
    for (int i = 1; i < turns.size(); i++) {
      long until = i + 1 < turns.size() ? turns.get(i + 1).from() : last;
      lengths.add(until - turns.get(i).from());
    }
    return lengths;
  }
}
