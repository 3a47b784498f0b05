package io.mysqlmmm.agent.process;

import io.mysqlmmm.agent.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.Lock;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the scripts around mysqld: no start without a permit, no polite stop without a fence. One
 * thread; looks every 20 ms. Whether the start has to wait for the operator's word is {@link
 * io.mysqlmmm.shared.agent.StartRules}' to say.
 */
public final class Launcher implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Launcher.class);
  private static final Duration PAUSE = Duration.ofMillis(20);

  /** What mysqld is to execute at its start. */
  @FunctionalInterface
  public interface InitText {
    String text() throws IOException;
  }

  /** Makes sure that this host acknowledges nothing more, or that mysqld is dead. */
  @FunctionalInterface
  public interface Fence {
    void fence(String why);
  }

  private final Path run;
  private final Handshake start;
  private final Handshake stop;
  private final MysqldProcess process;
  private final InitText init;
  private final Fence fence;
  private final Runnable starting;
  private final Ticker ticker;
  private final Predicate<Duration> waits;
  private final Lock orders;
  private final NewIdentity identity;
  private volatile boolean closed;
  private String askedFor = "";
  private long askedAt;
  private String toldFor = "";
  private String complaint = "";

  public Launcher(
      Path run,
      MysqldProcess process,
      InitText init,
      Fence fence,
      Runnable starting,
      Predicate<Duration> waits,
      Lock orders,
      NewIdentity identity,
      Ticker ticker) {
    this.run = run;
    this.start = new Handshake(run, "start");
    this.stop = new Handshake(run, "stop");
    this.process = process;
    this.init = init;
    this.fence = fence;
    this.starting = starting;
    this.waits = waits;
    this.orders = orders;
    this.identity = identity;
    this.ticker = ticker;
  }

  /** Starts the thread. */
  public void start() {
    Thread _ = Thread.ofPlatform().daemon().name("launcher").start(this::loop);
  }

  /** mysqld serves: its init file, with the passwords, is needed no more. */
  public void serving() {
    try {
      Files.deleteIfExists(run.resolve(Handshake.INIT_SQL));
    } catch (IOException e) {
      log.warn("cannot remove {}: {}", run.resolve(Handshake.INIT_SQL), e.toString());
    }
  }

  private void loop() {
    while (!closed) {
      try {
        start.pending().ifPresent(this::permitStart);
        stop.pending().ifPresent(this::permitStop);
        Thread.sleep(PAUSE);
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException e) {
        log.error("answering mysqld's launcher failed; trying again", e);
      }
    }
  }

  private boolean mustWait(String number) {
    if (!number.equals(askedFor)) {
      askedFor = number;
      askedAt = ticker.nanos();
    }
    boolean wait = waits.test(Duration.ofNanos(ticker.nanos() - askedAt));
    if (wait && !number.equals(toldFor)) {
      toldFor = number;
      log.info(
          "mysqld waits with its start for the operator's word, or for votes (request {})", number);
    }
    return wait;
  }

  private void permitStart(String number) {
    // Not in the middle of an order: a RELEASE is answered with the absence that it found.
    if (mustWait(number) || !orders.tryLock()) {
      return;
    }
    try {
      if (!identity.ready(number)) {
        return;
      }
      process.forget();
      starting.run();
      Handshake.write(run, Handshake.INIT_SQL, init.text(), "rw-r-----");
      start.permit(number);
      complaint = "";
      log.info("mysqld may start (request {})", number);
    } catch (IOException e) {
      if (!e.toString().equals(complaint)) {
        complaint = e.toString();
        log.warn("mysqld must wait with its start: {}", complaint);
      }
    } finally {
      orders.unlock();
    }
  }

  private void permitStop(String number) {
    fence.fence("mysqld is about to be stopped");
    try {
      stop.permit(number);
      log.info("mysqld may stop (request {})", number);
    } catch (IOException e) {
      log.warn("the permit to stop cannot be written: {}", e.toString());
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
