package io.mysqlmmm.agent.orders;

import io.mysqlmmm.agent.mysql.CloneServer;
import io.mysqlmmm.shared.agent.Order;
import io.mysqlmmm.shared.agent.Order.Source;
import io.mysqlmmm.shared.gtid.GtidSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** A clone plugin whose statement runs until the test ends it. */
final class FakeCloneServer implements CloneServer {
  private final Consumer<String> log;
  private final CountDownLatch end = new CountDownLatch(1);
  volatile boolean plugin = true;
  volatile String refusal = "";
  volatile Runnable beforeItBegins = () -> {};
  volatile Progress progress =
      new Progress(State.NONE, Instant.EPOCH, false, false, "", 0, 0, "", GtidSet.empty());

  FakeCloneServer(Consumer<String> log) {
    this.log = log;
  }

  static Progress of(State state, boolean dropped, String error) {
    return new Progress(
        state, Instant.now(), dropped, dropped, "FILE COPY", 5, 10, error, GtidSet.empty());
  }

  /** The statement ends; what the server says of it stays as it is. */
  void end() {
    end.countDown();
  }

  @Override
  public boolean plugin(Duration bound) {
    return plugin;
  }

  @Override
  public void prepare(Order.Clone order, Duration bound) {
    log.accept("prepare clone from " + order.donor().host());
    beforeItBegins.run();
  }

  @Override
  public void run(Source donor) throws SQLException {
    log.accept("clone from " + donor.host());
    if (!refusal.isEmpty()) {
      throw new SQLException(refusal);
    }
    progress = of(State.RUNNING, true, "");
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted", e);
    }
    throw new SQLException("the connection broke");
  }

  @Override
  public void copy(Path directory) throws SQLException {
    log.accept("copy to " + directory.getFileName());
    try {
      Files.createDirectory(directory);
      Files.writeString(directory.resolve("ibdata1"), "12345");
      end.await();
    } catch (IOException e) {
      throw new SQLException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted", e);
    }
    if (!refusal.isEmpty()) {
      throw new SQLException(refusal);
    }
  }

  @Override
  public Progress progress(Duration bound) {
    return progress;
  }

  @Override
  public void giveUpPrepared(Duration bound) {
    log.accept("give up what is prepared");
  }

  @Override
  public void settle(Duration bound) {
    log.accept("settle");
  }
}
