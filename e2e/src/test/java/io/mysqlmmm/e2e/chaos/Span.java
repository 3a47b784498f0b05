package io.mysqlmmm.e2e.chaos;

/**
 * From the sending of a request to its answer, in nanoseconds since the campaign's start. What the
 * request did, it did somewhere in it.
 */
record Span(long start, long end) {
  Span {
    if (end < start) {
      throw new IllegalArgumentException("ends before it starts: " + start + " to " + end);
    }
  }

  /** Whether this was over before the other began. */
  boolean isBefore(Span other) {
    return end < other.start;
  }
}
