package io.mysqlmmm.e2e.chaos;

import io.mysqlmmm.e2e.PairUnderTest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * The clients: writers and readers through the writer's IP, and writers through the address of each
 * node, where only one may be allowed to write. They connect anew after every error. Between {@link
 * #pause} and {@link #resume} nobody has a request under way.
 */
final class Workload implements AutoCloseable {
  private static final Duration PACE = Duration.ofMillis(10);
  private static final Duration SLOW_PACE = Duration.ofMillis(40);

  private final Application application;
  private final Clock clock;
  private final AtomicLong values = new AtomicLong();
  private final List<Thread> clients = new ArrayList<>();

  /** Clients work under the read lock; the campaign stops them by the write lock. */
  private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock(true);

  private Sheet sheet = new Sheet(new History(), 0);
  private volatile boolean stopping;

  private Workload(Application application, Clock clock) {
    this.application = application;
    this.clock = clock;
  }

  /** Paused, until the first sheet is given. */
  static Workload paused(Application application, Clock clock) {
    Workload workload = new Workload(application, clock);
    workload.pause();
    for (int i = 0; i < 2; i++) {
      workload.writer(Write.Kind.APPEND, PairUnderTest.WRITER_IP, PACE);
    }
    workload.writer(Write.Kind.SET, PairUnderTest.WRITER_IP, PACE);
    workload.client(new ReadTask(clock), PairUnderTest.WRITER_IP, SLOW_PACE);
    for (String host : PairUnderTest.HOSTS) {
      workload.writer(Write.Kind.APPEND, PairUnderTest.address(host), SLOW_PACE);
      workload.writer(Write.Kind.SET, PairUnderTest.address(host), SLOW_PACE);
    }
    return workload;
  }

  private void writer(Write.Kind kind, String address, Duration pace) {
    boolean byWriterIp = address.equals(PairUnderTest.WRITER_IP);
    client(new WriteTask(kind, byWriterIp, values, clock), address, pace);
  }

  private void client(Task task, String address, Duration pace) {
    clients.add(
        Thread.ofPlatform()
            .daemon()
            .name("client-" + clients.size())
            .start(() -> work(task, address, pace)));
  }

  private void work(Task task, String address, Duration pace) {
    Link link = null;
    while (!stopping) {
      gate.readLock().lock();
      try {
        link = once(task, address, link);
      } finally {
        gate.readLock().unlock();
      }
      Clock.pass(pace);
    }
    if (link != null) {
      link.close();
    }
  }

  /** Returns the connection to go on with. */
  private @Nullable Link once(Task task, String address, @Nullable Link present) {
    Link link = present;
    try {
      if (link == null) {
        link = Link.to(application, address);
      }
      task.once(link, sheet);
      return link;
    } catch (SQLException e) {
      // It is in the history, if something was sent. Behind the writer's IP is another host now;
      // at a node's address a refusal is all that is to be expected of the other master.
      boolean refused = Outcome.of(e) == Outcome.REFUSED;
      if (link == null || (refused && !address.equals(PairUnderTest.WRITER_IP))) {
        return link;
      }
      link.close();
      return null;
    }
  }

  /** Returns when no client has a request under way, which their timeouts bound. */
  void pause() {
    gate.writeLock().lock();
  }

  /** The thread that paused them lets them go on, on a new sheet. */
  void resume(Sheet next) {
    sheet = next;
    gate.writeLock().unlock();
  }

  @Override
  public void close() {
    stopping = true;
    if (gate.isWriteLockedByCurrentThread()) {
      gate.writeLock().unlock();
    }
    for (Thread client : clients) {
      join(client);
    }
  }

  private static void join(Thread client) {
    try {
      client.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
