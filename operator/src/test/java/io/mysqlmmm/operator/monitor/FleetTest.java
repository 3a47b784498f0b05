package io.mysqlmmm.operator.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMasterStatus;
import java.util.List;
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

  private final Fleet fleet =
      new Fleet(store, (_, _) -> new SilentAgent(), Ticker.system(), () -> true);

  FleetTest() {
    second.getMetadata().setUid("u2");
  }

  @Test
  void theMonitorOfTheFirstWritesNothingToTheSecond() throws InterruptedException {
    try (fleet) {
      fleet.monitor(first).resourceChanged(first, Optional.of(Resources.topology(first)));

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
