package io.mysqlmmm.operator.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMasterStatus;
import io.mysqlmmm.operator.observe.SpecReader;
import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Answer;
import io.mysqlmmm.shared.agent.Beat;
import io.mysqlmmm.shared.agent.Order;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A resource was removed with its finalizer, by hand, and made anew by the same name. */
class FleetTest {
  private final MySQLMultiMaster first = Resources.pair("Active");
  private final MySQLMultiMaster second = Resources.pair("Active");
  private final List<String> writtenTo = new CopyOnWriteArrayList<>();
  private final CountDownLatch writes = new CountDownLatch(5);

  private final StatusStore store =
      new StatusStore() {
        @Override
        public Outcome write(MySQLMultiMaster read, MySQLMultiMasterStatus status) {
          writtenTo.add(read.getMetadata().getUid());
          writes.countDown();
          return new Outcome.Conflict();
        }

        @Override
        public Optional<MySQLMultiMaster> read(String namespace, String name) {
          return Optional.of(second);
        }

        @Override
        public void event(MySQLMultiMaster about, boolean warning, String reason, String message) {}
      };

  private final AgentLink silent =
      new AgentLink() {
        @Override
        public AgentState state() throws IOException {
          throw new IOException("not here");
        }

        @Override
        public AgentState watch(Beat beat, long since, Duration wait) throws IOException {
          throw new IOException("not here");
        }

        @Override
        public Answer order(Order order) throws IOException {
          throw new IOException("not here");
        }

        @Override
        public Use arp(String ip) {
          return new Use(ip, "Free", "");
        }
      };

  private final Fleet fleet = new Fleet(store, (_, _) -> silent, Ticker.system(), () -> true);

  FleetTest() {
    second.getMetadata().setUid("u2");
  }

  @Test
  void theMonitorOfTheFirstWritesNothingToTheSecond() throws InterruptedException {
    SpecReader.Parsed parsed =
        SpecReader.read(first, Map.of("node1", "10.0.0.1", "node2", "10.0.0.2"));
    try (fleet) {
      fleet
          .monitor(first)
          .resourceChanged(first, Optional.of(((SpecReader.Parsed.Valid) parsed).topology()));

      assertThat(writes.await(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(writtenTo).containsOnly("u1");
  }

  @Test
  void theMonitorOfTheFirstEndsWhenTheSecondIsSeen() {
    try (fleet) {
      MonitorLoop before = fleet.monitor(first);
      MonitorLoop after = fleet.monitor(second);

      assertThat(before.isRunning()).isFalse();
      assertThat(after.isRunning()).isTrue();
      assertThat(fleet.monitor(second)).isSameAs(after);
    }
  }
}
