package io.mysqlmmm.e2e.chaos;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Collects what the clients do and see in one run. Any thread may add. */
final class History {
  private final ConcurrentLinkedQueue<Attempt> attempts = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<ListRead> listReads = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<RegisterRead> registerReads = new ConcurrentLinkedQueue<>();

  void add(Attempt attempt) {
    attempts.add(attempt);
  }

  void add(ListRead read) {
    listReads.add(read);
  }

  void add(RegisterRead read) {
    registerReads.add(read);
  }

  /** Whether a write through the writer's IP that was sent after {@code since} was acknowledged. */
  boolean servedSince(long since) {
    return attempts.stream()
        .anyMatch(a -> a.acknowledged() && a.byWriterIp() && a.span().start() > since);
  }

  Recorded recorded() {
    return new Recorded(List.copyOf(attempts), List.copyOf(listReads), List.copyOf(registerReads));
  }
}
