package io.mysqlmmm.e2e.chaos;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** All that the clients of one run did and saw. */
record Recorded(
    List<Attempt> attempts, List<ListRead> listReads, List<RegisterRead> registerReads) {
  static final Recorded NOTHING = new Recorded(List.of(), List.of(), List.of());

  long count(Outcome outcome) {
    return attempts.stream().filter(a -> a.outcome() == outcome).count();
  }

  /** By the time of the answer. */
  List<Attempt> acknowledgements() {
    return attempts.stream()
        .filter(Attempt::acknowledged)
        .sorted(Comparator.comparingLong(a -> a.span().end()))
        .toList();
  }

  Stream<Attempt> attemptsOn(Write.Kind kind, int key) {
    return attempts.stream().filter(a -> a.is(kind, key));
  }

  /**
   * The longest time without an acknowledged write through the writer's IP, in nanoseconds.
   *
   * @param whole from when to when somebody tried
   */
  long longestWriteGap(Span whole) {
    long last = whole.start();
    long longest = 0;
    for (Attempt acknowledged : acknowledgements()) {
      if (acknowledged.byWriterIp()) {
        longest = Math.max(longest, acknowledged.span().end() - last);
        last = acknowledged.span().end();
      }
    }
    return Math.max(longest, whole.end() - last);
  }
}
