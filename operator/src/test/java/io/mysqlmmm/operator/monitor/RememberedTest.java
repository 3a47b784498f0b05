package io.mysqlmmm.operator.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.api.v1alpha1.HostGuard;
import io.mysqlmmm.api.v1alpha1.HostStatus;
import io.mysqlmmm.api.v1alpha1.MoveRoleRequest;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMasterStatus;
import io.mysqlmmm.api.v1alpha1.PlanStatus;
import io.mysqlmmm.api.v1alpha1.SetIpRequest;
import io.mysqlmmm.operator.core.Flaps;
import io.mysqlmmm.operator.core.HostLife;
import io.mysqlmmm.operator.core.HostState;
import io.mysqlmmm.operator.core.Topology.Mode;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What one leader remembered the next one goes on with: MMM's monitor forgot it. */
class RememberedTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  private final Remembered remembered = new Remembered();

  private static MySQLMultiMasterStatus status(@Nullable PlanStatus plan, HostStatus... hosts) {
    return new MySQLMultiMasterStatus(1L, null, List.of(hosts), null, null, null, null, plan);
  }

  private static HostStatus flapping() {
    return new HostStatus(
        "db2",
        "10.0.0.2",
        "node2",
        "Master",
        "AWAITING_RECOVERY",
        "it is flapping and waits for set-online",
        "2026-01-01T11:00:00Z",
        null,
        null,
        null,
        null,
        null,
        null,
        "DELAY_FLAPPING",
        null,
        new HostGuard(
            4,
            "2026-01-01T10:30:00Z",
            true,
            "2026-01-01T10:59:00Z",
            "boot-1",
            "t1",
            "Done",
            "2026-01-01T12:01:00Z"),
        null,
        null,
        null,
        null);
  }

  @Test
  void flapsAndDowntimesOutliveALeader() {
    remembered.takeOver(status(null, flapping()), NOW);

    HostLife life = remembered.plan(NOW, Optional.empty()).lives().lives().get("db2");

    assertThat(life)
        .isEqualTo(
            new HostLife(
                HostState.AWAITING_RECOVERY,
                "DELAY_FLAPPING",
                "it is flapping and waits for set-online",
                Instant.parse("2026-01-01T11:00:00Z"),
                new Flaps(4, Optional.of(Instant.parse("2026-01-01T10:30:00Z")), true),
                Optional.of(Instant.parse("2026-01-01T10:59:00Z")),
                "boot-1",
                Optional.of(new HostLife.Answered("t1", "Done")),
                Optional.of(Instant.parse("2026-01-01T12:01:00Z"))));
    assertThat(remembered.answered("db2", "t1")).isTrue();
    assertThat(remembered.answered("db2", "t2")).isFalse();
  }

  @Test
  void theEndOfWaitOutlivesALeaderAndNotAnotherMode() {
    remembered.endWaiting(NOW);
    PlanStatus plan = remembered.render(remembered.inForce(Mode.WAIT), NOW, null);
    Remembered next = new Remembered();

    next.takeOver(status(plan), NOW);

    assertThat(next.inForce(Mode.WAIT)).isEqualTo(Mode.ACTIVE);
    assertThat(next.inForce(Mode.MANUAL)).isEqualTo(Mode.MANUAL);
    assertThat(next.inForce(Mode.WAIT)).as("asked for anew").isEqualTo(Mode.WAIT);
  }

  @Test
  void requestsAreNotDealtWithTwice() {
    MoveRoleRequest move = new MoveRoleRequest("writer", "db2", "2026-01-01T11:00:00Z", null);
    SetIpRequest ip = new SetIpRequest("10.0.0.101", "db2", "2026-01-01T11:00:00Z");
    remembered.dealt(move);
    remembered.dealt(ip, NOW, "done");
    PlanStatus plan = remembered.render(Mode.ACTIVE, NOW, null);
    Remembered next = new Remembered();

    next.takeOver(status(plan), NOW);

    assertThat(next.wasDealt(move)).isTrue();
    assertThat(next.wasDealt(ip)).isTrue();
    assertThat(next.wasDealt(new SetIpRequest("10.0.0.101", "db1", "2026-01-01T11:00:00Z")))
        .isFalse();
  }

  @Test
  void theHistoryIsShortAndTheNewestIsLast() {
    for (int i = 0; i < 50; i++) {
      remembered.note(NOW, false, "change " + i);
    }

    List<PlanStatus.Change> history =
        Objects.requireNonNull(remembered.render(Mode.ACTIVE, NOW, null).history());

    assertThat(history).hasSize(20);
    assertThat(history.getLast().what()).isEqualTo("change 49");
    assertThat(remembered.news()).hasSize(50);
    assertThat(remembered.news()).isEmpty();
  }
}
