package io.mysqlmmm.e2e.chaos;

/**
 * One try to write, as the client saw it.
 *
 * @param host the one at the other end of the connection, as it had named itself
 * @param byWriterIp whether the client went by the writer's IP, not by a node's address
 */
record Attempt(Write write, String host, Span span, Outcome outcome, boolean byWriterIp) {

  boolean acknowledged() {
    return outcome == Outcome.ACKNOWLEDGED;
  }

  boolean is(Write.Kind kind, int key) {
    return write.kind() == kind && write.key() == key;
  }

  /** The latest moment at which it can have taken effect. */
  long latestEffect() {
    return acknowledged() ? span.end() : Long.MAX_VALUE;
  }
}
