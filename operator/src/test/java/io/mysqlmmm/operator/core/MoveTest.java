package io.mysqlmmm.operator.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.shared.agent.BootTime;
import io.mysqlmmm.shared.agent.Order;
import io.mysqlmmm.shared.agent.Order.Target;
import io.mysqlmmm.shared.agent.WriteMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MoveTest {
  private final Move move =
      new Move(
          new Move.Request("writer", "db2", "2026-01-01T00:00:00Z", false),
          "db1",
          Duration.ZERO,
          Optional.empty());

  private static Target target(long epoch) {
    return new Target("uid", "uuid", 9, epoch, Duration.ofSeconds(1));
  }

  private static Order activate(long epoch) {
    return new Order.Activate(
        target(epoch),
        WriteMode.PAIRED,
        true,
        List.of("10.0.0.100"),
        "peer",
        new BootTime("boot", Duration.ZERO));
  }

  @Test
  void itsStepsAreToReleaseTheOldAndToPromiseAndActivateTheNew() {
    assertThat(move.steps("db1", new Order.Release(target(4), false), 4)).isTrue();
    assertThat(move.steps("db2", new Order.Promise(target(4)), 4)).isTrue();
    assertThat(move.steps("db2", activate(5), 5)).isTrue();
  }

  /** Its IPs were to be mended when the move began, and the release took them off. */
  @Test
  void theOldWritersActivationIsNoneOfThem() {
    assertThat(move.steps("db1", activate(4), 4)).isFalse();
  }

  @Test
  void whatWasOrderedAtAnotherEpochIsNoneOfThem() {
    assertThat(move.steps("db2", activate(3), 4)).isFalse();
    assertThat(move.steps("db1", new Order.Release(target(3), false), 4)).isFalse();
  }

  @Test
  void anOrderOutsideThePathIsTriedAgainInstead() {
    assertThat(move.steps("db1", new Order.Mark(target(4)), 4)).isFalse();
  }
}
