package io.mysqlmmm.operator.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Answer;
import io.mysqlmmm.shared.agent.Beat;
import io.mysqlmmm.shared.agent.Order;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class AgentWatchTest {
  private static final Duration START = Duration.ofSeconds(100);

  private final AtomicReference<Duration> now = new AtomicReference<>(START);
  private final AtomicInteger polls = new AtomicInteger();
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

  private final Ticker ticker =
      new Ticker() {
        @Override
        public Duration now() {
          return now.get();
        }

        @Override
        public Instant wall() {
          return Instant.EPOCH;
        }
      };

  /** Each poll fails, 400 ms after it began. */
  private final AgentLink deaf =
      new AgentLink() {
        @Override
        public AgentState watch(Beat beat, long since, Duration wait) throws IOException {
          polls.incrementAndGet();
          now.updateAndGet(t -> t.plusMillis(400));
          throw new IOException("connection refused");
        }

        @Override
        public AgentState state() {
          throw new UnsupportedOperationException();
        }

        @Override
        public Answer order(Order order) {
          throw new UnsupportedOperationException();
        }

        @Override
        public Use arp(String ip) {
          throw new UnsupportedOperationException();
        }
      };

  /**
   * A new leader whose first poll is lost knows nothing: its predecessor was answered till then.
   */
  @Test
  void anAgentNeverHeardIsSilentSinceItWasFirstAsked() throws InterruptedException {
    Votes votes = new Votes("uid", START);
    try (AgentWatch watch =
        new AgentWatch(
            "db1",
            deaf,
            ticker,
            votes,
            () -> true,
            () -> true,
            Duration.ofMillis(500),
            events::add)) {
      watch.start();

      Event first = events.poll(10, TimeUnit.SECONDS);

      assertThat(first).isEqualTo(new Event.AgentSilent("db1", "connection refused", START));
      assertThat(polls.get()).isEqualTo(3);
    }
  }
}
