package io.mysqlmmm.e2e.chaos;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Tells whether a host that answered a read had been replaced as the writer: a client with an old
 * connection may see the past there, which no fence of the writer can prevent.
 */
final class Replacement {
  private final List<Attempt> byStart;

  Replacement(Recorded recorded) {
    byStart =
        recorded.attempts().stream()
            .filter(Attempt::acknowledged)
            .sorted(Comparator.comparingLong(a -> a.span().start()))
            .toList();
  }

  /**
   * Whether {@code host} had been replaced when it answered a read without a write that {@code
   * writer} had acknowledged. When the next write is again the host's own, it had not: it was about
   * to become the writer, and showed itself too early.
   */
  boolean of(String host, String writer, Span read) {
    if (host.equals(writer)) {
      return false;
    }
    Optional<Attempt> next =
        byStart.stream().filter(a -> a.span().start() > read.end()).findFirst();
    return next.isEmpty() || !next.get().host().equals(host);
  }
}
