package io.mysqlmmm.operator.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMasterStatus;
import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Answer;
import io.mysqlmmm.shared.agent.Beat;
import io.mysqlmmm.shared.agent.Order;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** I5: in Passive nothing is ordered and nothing is written, whatever happens. */
class PassiveTest {
  private final List<String> done = new CopyOnWriteArrayList<>();
  private final CountDownLatch polls = new CountDownLatch(20);

  private final StatusStore store =
      new StatusStore() {
        @Override
        public Outcome write(MySQLMultiMaster read, MySQLMultiMasterStatus status) {
          done.add("write of the status");
          return new Outcome.Written(read);
        }

        @Override
        public Optional<MySQLMultiMaster> read(String namespace, String name) {
          return Optional.empty();
        }

        @Override
        public void event(MySQLMultiMaster about, boolean warning, String reason, String message) {
          done.add("Event " + reason);
        }
      };

  private final AgentLink silent =
      new SilentAgent() {
        @Override
        public AgentState watch(Beat beat, long since, Duration wait) throws IOException {
          polls.countDown();
          return super.watch(beat, since, wait);
        }

        @Override
        public Answer order(Order order) throws IOException {
          done.add("order " + order);
          return super.order(order);
        }

        @Override
        public Use arp(String ip) {
          done.add("probe of " + ip);
          return super.arp(ip);
        }
      };

  @Test
  void nothingIsOrderedOrWrittenWhileBothHostsAreSilent() throws InterruptedException {
    MySQLMultiMaster resource = Resources.pair("Passive");
    try (MonitorLoop loop =
        new MonitorLoop(resource, store, (_, _) -> silent, Ticker.system(), () -> true)) {
      loop.start();
      loop.resourceChanged(resource, Optional.of(Resources.topology(resource)));
      loop.provisioned(List.of(), List.of());

      assertThat(polls.await(30, TimeUnit.SECONDS)).as("the agents are watched").isTrue();
    }

    assertThat(done).isEmpty();
  }

  @Test
  void theSameIsWrittenInActive() throws InterruptedException {
    MySQLMultiMaster resource = Resources.pair("Active");
    try (MonitorLoop loop =
        new MonitorLoop(resource, store, (_, _) -> silent, Ticker.system(), () -> true)) {
      loop.start();
      loop.resourceChanged(resource, Optional.of(Resources.topology(resource)));

      assertThat(polls.await(30, TimeUnit.SECONDS)).isTrue();
    }

    assertThat(done).contains("write of the status");
  }
}
