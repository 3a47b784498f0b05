package io.mysqlmmm.agent.vitals;

import io.mysqlmmm.agent.Ticker;
import io.mysqlmmm.shared.agent.Vitals.Volume;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the data's volume every {@link #PERIOD}, on a thread of its own: a disk that hangs holds
 * up nothing but that thread. What it found is told by {@link #told}, which never blocks.
 */
public final class VolumeCheck implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(VolumeCheck.class);

  /** Each look syncs the volume once, which mysqld does a thousand times in between. */
  private static final Duration PERIOD = Duration.ofSeconds(5);

  /** A look takes some milliseconds; after this, the volume is said not to answer. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  /** One look at the volume; may take for ever. */
  interface Probe {
    /** What was found, as told at that moment. */
    Volume.Seen look();
  }

  private record Answer(Volume.Seen seen, long at) {}

  private final Probe probe;
  private final Ticker ticker;
  private volatile Optional<Answer> answer = Optional.empty();
  private volatile boolean asking;
  private volatile long askedAt;
  private volatile boolean closed;

  /**
   * @param directory the agent's own on the volume
   */
  public VolumeCheck(Path directory, Ticker ticker) {
    this(new VolumeProbe(directory)::look, ticker);
  }

  VolumeCheck(Probe probe, Ticker ticker) {
    this.probe = probe;
    this.ticker = ticker;
    this.askedAt = ticker.nanos();
  }

  /** Starts the thread. */
  public void start() {
    Thread _ = Thread.ofPlatform().daemon().name("volume").start(this::loop);
  }

  private void loop() {
    while (!closed) {
      try {
        look();
        Thread.sleep(PERIOD);
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException e) {
        log.error("looking at the data's volume failed; trying again", e);
      }
    }
  }

  void look() {
    askedAt = ticker.nanos();
    asking = true;
    try {
      Volume.Seen seen = probe.look();
      if (!seen.writeError().equals(answer.map(a -> a.seen().writeError()).orElse(""))) {
        log.warn("the data's volume: {}", seen);
      }
      answer = Optional.of(new Answer(seen, ticker.nanos()));
    } finally {
      asking = false;
    }
  }

  /** The newest answer, unless a question has been open for longer than {@link #PATIENCE}. */
  public Volume told() {
    long now = ticker.nanos();
    Duration open = Duration.ofNanos(now - askedAt);
    Optional<Answer> newest = answer;
    if (newest.isEmpty() || (asking && open.compareTo(PATIENCE) > 0)) {
      return new Volume.Silent(open.toMillis());
    }
    Volume.Seen seen = newest.get().seen();
    return new Volume.Seen(
        seen.totalBytes(),
        seen.freeBytes(),
        seen.readOnly(),
        seen.writeError(),
        Duration.ofNanos(now - newest.get().at()).toMillis());
  }

  @Override
  public void close() {
    closed = true;
  }
}
