package io.mysqlmmm.agent.orders;

import io.mysqlmmm.agent.Board;
import io.mysqlmmm.agent.mysql.CloneServer;
import io.mysqlmmm.agent.mysql.CloneServer.Progress;
import io.mysqlmmm.agent.process.DataVolume;
import io.mysqlmmm.shared.agent.Clone;
import io.mysqlmmm.shared.agent.Mysqld.Running;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a clone to its end, by what is on disk and what the server says, whoever began it and
 * however often agent and mysqld were restarted meanwhile (S21):
 *
 * <ul>
 *   <li>under way: its progress is told;
 *   <li>complete, in a mysqld that was started since, under another server_uuid: the donor's
 *       replication is forgotten, and the new data set may be introduced;
 *   <li>failed, or never begun: that is told. What was here before serves again if it is still
 *       there; else the data set goes on to serve for nothing but another clone.
 * </ul>
 *
 * <p>Now and then it also finds out what the next clone has to know.
 */
public final class CloneWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CloneWatch.class);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration BOUND = Duration.ofSeconds(2);
  private static final Duration SETTLING = Duration.ofSeconds(10);

  /** Both clocks are the machine's; mysqld rounds to milliseconds. */
  private static final Duration ROUNDING = Duration.ofSeconds(1);

  /** Walking a data directory of 100,000 tables takes about a second. */
  private static final long FACTS_NANOS = Duration.ofSeconds(60).toNanos();

  private final Host host;
  private final Board board;
  private final CloneServer server;
  private final DataVolume volume;
  private final CloneRun run;
  private volatile boolean closed;
  private Optional<Long> factsAt = Optional.empty();
  private String complaint = "";

  CloneWatch(Host host, Board board, CloneServer server, DataVolume volume, CloneRun run) {
    this.host = host;
    this.board = board;
    this.server = server;
    this.volume = volume;
    this.run = run;
  }

  /** Starts the thread. */
  public void start() {
    host.keeper().kept().lastClone().ifPresent(board::lastClone);
    Thread _ = Thread.ofPlatform().daemon().name("clone-watch").start(this::loop);
  }

  /** Whether the server speaks of this clone, and not of an older one. */
  static boolean isOf(Progress progress, Clone clone) {
    return !progress.begun().isBefore(clone.startedAt().minus(ROUNDING));
  }

  private void loop() {
    while (!closed) {
      try {
        look();
        complaint = "";
        Thread.sleep(PAUSE);
      } catch (InterruptedException _) {
        return;
      } catch (SQLException | IOException | RuntimeException e) {
        complain(e);
      }
    }
  }

  private void complain(Exception e) {
    if (!String.valueOf(e.getMessage()).equals(complaint)) {
      complaint = String.valueOf(e.getMessage());
      log.warn("looking after the clone failed and is tried again: {}", complaint);
    }
  }

  void look() throws SQLException, IOException {
    if (!(host.mysql().known() instanceof Running running)) {
      return;
    }
    Optional<Clone> clone = host.keeper().kept().lastClone().filter(Clone::running);
    if (clone.isPresent()) {
      follow(clone.get(), running);
    } else if (factsAt.isEmpty() || host.ticker().nanos() - factsAt.get() >= FACTS_NANOS) {
      board.cloneFacts(
          new Clone.Facts(server.plugin(BOUND), volume.used(), volume.free(), volume.made()));
      factsAt = Optional.of(host.ticker().nanos());
    }
  }

  private void follow(Clone clone, Running running) throws SQLException, IOException {
    Progress progress = server.progress(BOUND);
    boolean ours = isOf(progress, clone);
    switch (ours ? progress.state() : CloneServer.State.NONE) {
      case RUNNING -> {
        if (running.serverUuid().equals(clone.over())) {
          goesOn(clone, progress);
        } else {
          // A mysqld that was killed says so for ever (seen).
          fail(clone, "mysqld was killed before the clone was complete", progress.dropped());
        }
      }
      case COMPLETED -> {
        if (!running.serverUuid().equals(clone.over())) {
          complete(clone, progress, running);
        }
      }
      case FAILED -> {
        if (!run.underWay()) {
          fail(clone, progress.error(), progress.dropped());
        }
      }
      case NONE -> {
        if (!run.underWay()) {
          fail(
              clone, run.error().isEmpty() ? "it was cut off before it began" : run.error(), false);
        }
      }
    }
  }

  private void goesOn(Clone clone, Progress progress) throws SQLException, IOException {
    Clone now = clone.at(progress.stage(), progress.done(), progress.total(), progress.dropped());
    if (progress.mayClose()) {
      // The guard makes it read-only at once.
      run.close();
    }
    if (now.dropped() && !clone.dropped()) {
      host.keeper().cloned(now, true);
    }
    board.lastClone(now);
    if (now.dropped() && !progress.mayClose()) {
      server.giveUpPrepared(BOUND);
    }
  }

  private void complete(Clone clone, Progress progress, Running running)
      throws SQLException, IOException {
    if (!running.executed().contains(progress.executed())) {
      fail(clone, "the new data set lacks transactions that the donor had", true);
      return;
    }
    server.settle(SETTLING);
    Clone done = clone.at("", progress.done(), progress.total(), true).done(Instant.now());
    host.keeper().cloned(done, false);
    board.lastClone(done);
    log.info("the clone from {} is complete: {}", clone.donor(), running.serverUuid());
  }

  private void fail(Clone clone, String why, boolean dropped) throws IOException {
    Clone failed = clone.failed(why, dropped, Instant.now());
    log.warn("the clone from {} failed: {}", clone.donor(), why);
    host.keeper().cloned(failed, failed.dropped());
    board.lastClone(failed);
  }

  @Override
  public void close() {
    closed = true;
  }
}
