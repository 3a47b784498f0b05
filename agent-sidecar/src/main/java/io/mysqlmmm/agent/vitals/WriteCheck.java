package io.mysqlmmm.agent.vitals;

import io.mysqlmmm.agent.Ticker;
import io.mysqlmmm.shared.agent.Vitals.Writing;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the writer can really write: a row committed once a second, on a thread of its own, one
 * at a time, and only while this host is to write. It begins nothing when the right to write is
 * gone, and what it has begun then is one transaction more that a client might have left; a refusal
 * as read-only says nothing but that. What it found is told by {@link #told}, which never blocks.
 */
public final class WriteCheck implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WriteCheck.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final HeartbeatRow row;
  private final BooleanSupplier due;
  private final Ticker ticker;
  private volatile boolean closed;
  private OptionalLong dueSince = OptionalLong.empty();
  private OptionalLong success = OptionalLong.empty();
  private OptionalLong begun = OptionalLong.empty();
  private String error = "";

  /**
   * @param due whether this host is to write now and its mysqld is writable, as far as is known
   */
  public WriteCheck(HeartbeatRow row, BooleanSupplier due, Ticker ticker) {
    this.row = row;
    this.due = due;
    this.ticker = ticker;
  }

  /** Starts the thread. */
  public void start() {
    Thread _ = Thread.ofPlatform().daemon().name("write-check").start(this::loop);
  }

  private void loop() {
    while (!closed) {
      try {
        look();
        Thread.sleep(PERIOD);
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException e) {
        log.error("the write check failed; trying again", e);
      }
    }
  }

  void look() {
    if (begins()) {
      try {
        ended(row.commit(), "");
      } catch (SQLException e) {
        ended(false, String.valueOf(e.getMessage()));
      } catch (RuntimeException e) {
        ended(false, e.toString());
        throw e;
      }
    }
  }

  private synchronized boolean begins() {
    refresh();
    begun = dueSince.isPresent() ? OptionalLong.of(ticker.nanos()) : OptionalLong.empty();
    return begun.isPresent();
  }

  private synchronized void ended(boolean committed, String failure) {
    begun = OptionalLong.empty();
    refresh();
    if (dueSince.isPresent()) {
      if (committed) {
        success = OptionalLong.of(ticker.nanos());
      }
      if (failure.isEmpty() != error.isEmpty()) {
        log.warn("the write check: {}", failure.isEmpty() ? "a row is committed again" : failure);
      }
      error = failure;
    }
  }

  /** What was found while it was due before counts for nothing when it is due again. */
  private void refresh() {
    if (!due.getAsBoolean()) {
      dueSince = OptionalLong.empty();
      success = OptionalLong.empty();
      error = "";
    } else if (dueSince.isEmpty()) {
      dueSince = OptionalLong.of(ticker.nanos());
    }
  }

  /** What is known now. */
  public synchronized Writing told() {
    refresh();
    if (dueSince.isEmpty()) {
      return new Writing.NotDue();
    }
    return new Writing.Due(
        success.isPresent() ? Optional.of(millisSince(success)) : Optional.empty(),
        millisSince(dueSince),
        begun.isPresent() ? millisSince(begun) : 0,
        row.awaitsPeer(),
        error);
  }

  private long millisSince(OptionalLong nanos) {
    return Duration.ofNanos(ticker.nanos() - nanos.orElseThrow()).toMillis();
  }

  @Override
  public void close() {
    closed = true;
  }
}
