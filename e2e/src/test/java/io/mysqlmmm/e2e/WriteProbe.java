package io.mysqlmmm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients that append numbered rows through a writer's IP, one commit each, and remember what was
 * acknowledged. A commit whose answer was lost may or may not be there; both are right.
 */
public final class WriteProbe implements AutoCloseable {
  /** For the table of the rows: a busy machine may miss a connection's own bounds. */
  private static final Duration TABLE = Duration.ofSeconds(30);

  /**
   * Of each client between two commits, and after an error: a machine that is full of clients is
   * what would be measured, and a host that was away would catch up with all of its writes.
   */
  private static final Duration PAUSE = Duration.ofMillis(10);

  private final PairUnderTest pair;
  private final String address;
  private final String table;
  private final AtomicLong next = new AtomicLong();
  private final ConcurrentLinkedQueue<Long> acknowledged = new ConcurrentLinkedQueue<>();
  private final List<Thread> clients = new ArrayList<>();
  private final AtomicLong lastAck = new AtomicLong(System.nanoTime());
  private final AtomicLong longestGap = new AtomicLong();
  private volatile boolean stopping;

  public WriteProbe(PairUnderTest pair, String table, int count) throws SQLException {
    this(pair, PairUnderTest.WRITER_IP, table, count);
  }

  /** Through another address; an IPv6 one in brackets. */
  public WriteProbe(PairUnderTest pair, String address, String table, int count)
      throws SQLException {
    this.pair = pair;
    this.address = address;
    this.table = table;
    Eventually.within(
        TABLE,
        () ->
            pair.execute(
                address,
                "CREATE TABLE IF NOT EXISTS "
                    + table
                    + " (id BIGINT PRIMARY KEY, at TIMESTAMP(6))"));
    lastAck.set(System.nanoTime());
    for (int i = 0; i < count; i++) {
      clients.add(Thread.ofPlatform().name("probe-" + i).start(this::write));
    }
  }

  private void write() {
    while (!stopping) {
      try (Connection connection = pair.connect(address);
          PreparedStatement insert =
              connection.prepareStatement("INSERT INTO " + table + " VALUES (?, NOW(6))")) {
        while (!stopping) {
          long id = next.incrementAndGet();
          insert.setLong(1, id);
          insert.executeUpdate();
          acknowledged(id);
          LockSupport.parkNanos(PAUSE.toNanos());
        }
      } catch (SQLException e) {
        // The writer moved, or is away: connect anew.
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  private void acknowledged(long id) {
    acknowledged.add(id);
    long now = System.nanoTime();
    long gap = now - lastAck.getAndSet(now);
    longestGap.accumulateAndGet(gap, Math::max);
  }

  public long count() {
    return acknowledged.size();
  }

  /** The longest time without an acknowledged write since the last call. */
  public Duration longestGap() {
    return Duration.ofNanos(longestGap.getAndSet(0));
  }

  /** Waits until so many more rows were acknowledged. */
  public void awaitMore(int rows, Duration bound) {
    long target = count() + rows;
    Eventually.within(
        bound,
        () -> {
          if (count() < target) {
            throw new AssertionError(count() + " rows acknowledged, waiting for " + target);
          }
        });
  }

  /** Acknowledged rows that are not in the table at this address. */
  public Set<Long> lostAt(String address) throws SQLException {
    Set<Long> missing = new HashSet<>(acknowledged);
    pair.query(address, "SELECT id FROM " + table).forEach(id -> missing.remove(Long.valueOf(id)));
    return missing;
  }

  /** Waits until both masters have each acknowledged row. */
  public void awaitNothingLost(Duration bound) {
    for (String host : PairUnderTest.HOSTS) {
      Eventually.within(
          bound,
          () -> assertThat(lostAt(PairUnderTest.address(host))).as("lost on " + host).isEmpty());
    }
  }

  /** Ends the clients; each finishes the commit that it is in. */
  public void stop() {
    stopping = true;
    for (Thread client : clients) {
      try {
        client.join(Duration.ofSeconds(10));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    stop();
  }
}
