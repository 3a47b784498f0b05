package io.mysqlmmm.operator.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.AgentState.NetworkState;
import io.mysqlmmm.shared.agent.BootTime;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.Standing;
import io.mysqlmmm.shared.agent.Vitals;
import io.mysqlmmm.shared.ledger.Ledger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LedgerHistoryTest {
  private final LedgerHistory history = new LedgerHistory();

  private static Ledger version(long version) {
    return new Ledger(version, 1, "db1", Map.of("db1", "uuid-1"));
  }

  private static AgentState knowing(String host, long version) {
    return new AgentState(
        0,
        "uid",
        host,
        BootTime.NEVER,
        Duration.ZERO,
        "",
        Standing.initial().of("uuid").seen(version),
        new Mysqld.Starting(),
        new NetworkState("eth0", "", List.of(), List.of()),
        Optional.empty(),
        Vitals.unknown());
  }

  @Test
  void whatStoodInTheResourceBeforeIsRemembered() {
    history.atLeast(4, 1);

    assertThat(history.isNewerThan(version(3))).isTrue();
    assertThat(history.isNewerThan(version(4))).isFalse();
  }

  @Test
  void theWordOfAnAgentThatIsSilentSinceIsRemembered() {
    history.told(knowing("db1", 4));
    history.told(knowing("db2", 2));

    assertThat(history.isNewerThan(version(3))).isTrue();
  }

  @Test
  void aClaimDoesNotHideThatItsVersionWasGivenBefore() {
    history.claimed(version(3));
    history.told(knowing("db2", 3));

    assertThat(history.isNewerThan(version(3))).isTrue();
  }

  @Test
  void whatALeaderOrderedItselfShowsNothing() {
    history.claimed(version(3));
    history.told(knowing("db2", 2));
    history.ordered("db2");
    history.told(knowing("db2", 3));

    assertThat(history.isNewerThan(version(3))).isFalse();
  }
}
