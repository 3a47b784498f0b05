package io.mysqlmmm.e2e.bench;

import io.mysqlmmm.e2e.Eventually;
import io.mysqlmmm.e2e.PairUnderTest;
import io.mysqlmmm.e2e.chaos.Application;
import io.mysqlmmm.e2e.chaos.Clock;
import io.mysqlmmm.e2e.chaos.Link;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that write one row after another through the writer's IP, one commit each, and connect
 * anew at once after an error. They remember when, and by which host, each row was acknowledged.
 */
final class Clients implements AutoCloseable {
  private static final int COUNT = 4;
  private static final Duration PACE = Duration.ofMillis(2);

  /** Between attempts to connect where nobody listens. */
  private static final Duration RETRY = Duration.ofMillis(5);

  private record Ack(long id, long at, String host) {}

  private final Application application;
  private final Clock clock;
  private final AtomicLong ids = new AtomicLong();
  private final ConcurrentLinkedQueue<Ack> acks = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopping;

  Clients(Application application, Clock clock) throws SQLException {
    this.application = application;
    this.clock = clock;
    application.execute(
        PairUnderTest.WRITER_IP, "CREATE TABLE bench (id BIGINT PRIMARY KEY, at TIMESTAMP(6))");
    for (int i = 0; i < COUNT; i++) {
      threads.add(Thread.ofPlatform().daemon().name("client-" + i).start(this::work));
    }
  }

  private void work() {
    while (!stopping) {
      try (Link link = Link.to(application, PairUnderTest.WRITER_IP);
          PreparedStatement insert =
              link.connection().prepareStatement("INSERT INTO bench VALUES (?, NOW(6))")) {
        while (!stopping) {
          long id = ids.incrementAndGet();
          insert.setLong(1, id);
          insert.executeUpdate();
          acks.add(new Ack(id, clock.now(), link.host()));
          Clock.pass(PACE);
        }
      } catch (SQLException e) {
        // The writer is away, or another host now: what an application would do.
        Clock.pass(RETRY);
      }
    }
  }

  /** The longest time without an acknowledgement to anybody, within a span that has ended. */
  Duration longestGap(long from, long to) {
    long last = from;
    long longest = 0;
    for (long at :
        acks.stream().mapToLong(Ack::at).filter(a -> a > from && a < to).sorted().toArray()) {
      longest = Math.max(longest, at - last);
      last = at;
    }
    return Duration.ofNanos(Math.max(longest, to - last));
  }

  /** When a host acknowledged first after {@code since}, as soon as it has. */
  long awaitServedBy(String host, long since, Duration bound) {
    return Eventually.get(
        bound,
        () -> {
          OptionalLong first =
              acks.stream()
                  .filter(ack -> ack.host().equals(host) && ack.at() > since)
                  .mapToLong(Ack::at)
                  .min();
          return first.orElseThrow(() -> new AssertionError(host + " has acknowledged nothing"));
        });
  }

  int acknowledged() {
    return acks.size();
  }

  /** Acknowledged rows that a host does not hold. */
  Set<Long> lostAt(String host) throws SQLException {
    Set<Long> missing = new HashSet<>();
    acks.forEach(ack -> missing.add(ack.id()));
    application
        .query(PairUnderTest.address(host), "SELECT id FROM bench")
        .forEach(row -> missing.remove(Long.valueOf(row.getFirst())));
    return missing;
  }

  @Override
  public void close() {
    stopping = true;
    for (Thread thread : threads) {
      try {
        thread.join(Duration.ofSeconds(5));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
  }
}
