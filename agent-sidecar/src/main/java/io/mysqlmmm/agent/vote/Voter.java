package io.mysqlmmm.agent.vote;

import io.mysqlmmm.agent.Ticker;
import io.mysqlmmm.agent.standing.Keeper;
import io.mysqlmmm.agent.standing.Kept;
import io.mysqlmmm.shared.agent.Beat;
import io.mysqlmmm.shared.agent.BootTime;
import io.mysqlmmm.shared.agent.LeaseRules;
import io.mysqlmmm.shared.agent.Order.Source;
import io.mysqlmmm.shared.agent.Standing;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the writer's agent a heartbeat every {@code period}, on a thread of its own, while this
 * host may vote for it. What it has heard is told in the state: once the writer's epoch is
 * promised, no clock newer than that will ever be echoed, whatever is still under way.
 */
public final class Voter implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Voter.class);

  /** How a heartbeat reaches the writer's agent. */
  @FunctionalInterface
  public interface Line {
    /** The clock of the writer's agent; bounded by a second or so. */
    BootTime beat(Source writer, Beat beat) throws IOException;
  }

  private record Heard(Source writer, long epoch, BootTime clock) {}

  private final Keeper keeper;
  private final String resourceUid;
  private final Line line;
  private final Duration period;
  private final Ticker ticker;
  private volatile long heardAt;
  private volatile boolean closed;
  private Optional<Heard> heard = Optional.empty();
  private String trouble = "";

  public Voter(Keeper keeper, String resourceUid, Line line, Duration period, Ticker ticker) {
    this.keeper = keeper;
    this.resourceUid = resourceUid;
    this.line = line;
    this.period = period;
    this.ticker = ticker;
    this.heardAt = ticker.nanos();
  }

  /** Starts the thread. */
  public void start() {
    Thread _ = Thread.ofPlatform().daemon().name("voter").start(this::loop);
  }

  /** For how long no clock has been heard that could be echoed; since the start at most. */
  public Duration unheard() {
    return Duration.ofNanos(ticker.nanos() - heardAt);
  }

  private void loop() {
    while (!closed) {
      try {
        vote();
        Thread.sleep(period);
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException e) {
        log.error("voting failed; trying again", e);
      }
    }
  }

  void vote() {
    Kept kept = keeper.kept();
    if (!LeaseRules.votes(kept.standing()) || kept.following().isEmpty()) {
      heard = Optional.empty();
      return;
    }
    Source writer = kept.following().get();
    Standing mine = kept.standing();
    Optional<BootTime> echo =
        heard
            .filter(h -> h.writer().equals(writer) && h.epoch() == mine.votingFor())
            .map(Heard::clock);
    try {
      BootTime clock =
          line.beat(writer, new Beat(resourceUid, mine.serverUuid(), mine.votingFor(), echo));
      tell("");
      if (LeaseRules.votes(keeper.standing())) {
        heardAt = ticker.nanos();
        heard = Optional.of(new Heard(writer, mine.votingFor(), clock));
      }
    } catch (IOException e) {
      tell(String.valueOf(e.getMessage()));
    }
  }

  private void tell(String now) {
    if (now.isEmpty() != trouble.isEmpty()) {
      log.info("heartbeats to the writer: {}", now.isEmpty() ? "answered" : now);
    }
    trouble = now;
  }

  @Override
  public void close() {
    closed = true;
  }
}
