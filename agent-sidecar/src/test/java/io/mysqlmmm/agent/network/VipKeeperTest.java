package io.mysqlmmm.agent.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.agent.Board;
import io.mysqlmmm.agent.BootClock;
import io.mysqlmmm.agent.Duty;
import io.mysqlmmm.agent.Ticker;
import io.mysqlmmm.agent.standing.Keeper;
import io.mysqlmmm.agent.standing.Kept;
import io.mysqlmmm.agent.standing.KeptFile;
import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.AgentState.NetworkState;
import io.mysqlmmm.shared.agent.BootTime;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.Standing;
import io.mysqlmmm.shared.agent.Vitals;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VipKeeperTest {
  private static final Duration TTL = Duration.ofSeconds(3);
  private static final BootClock CLOCK = () -> new BootTime("boot", Duration.ofSeconds(7));

  private final List<String> log = new ArrayList<>();
  private final FakeNetwork network = new FakeNetwork(log::add);

  private VipKeeper keeper(Path directory, List<String> readers, List<String> configured)
      throws IOException {
    KeptFile file = new KeptFile(directory);
    file.store(Kept.initial().withRoles(readers, readers));
    Keeper keeper = Keeper.open(file, "uid", Optional.empty(), CLOCK, TTL);
    AgentState state =
        new AgentState(
            1,
            "uid",
            "db1",
            BootTime.NEVER,
            Duration.ZERO,
            "test",
            Standing.initial(),
            new Mysqld.Unresponsive("whatever", 1),
            new NetworkState("", "", List.of(), List.of()),
            Optional.empty(),
            Vitals.unknown());
    Board board = new Board(state, Ticker.system(), CLOCK, () -> Duration.ZERO, Vitals::unknown);
    return new VipKeeper(network, keeper, new Duty(keeper), board, configured, TTL);
  }

  @Test
  void whatIsNotDueIsRemoved(@TempDir Path directory) throws IOException {
    network.held.add("fd00::2");

    NetworkState state = keeper(directory, List.of("fd00::1"), List.of("FD00:0::2")).reconcile();

    assertThat(state.vips()).containsExactly("fd00::1");
    assertThat(log).containsExactly("drop FD00:0::2", "hold fd00::1");
  }

  @Test
  void anIpThatIsWrittenInAnotherWayNowIsLeftWhereItIs(@TempDir Path directory) throws IOException {
    network.held.add("fd00::1");

    NetworkState state =
        keeper(directory, List.of("FD00:0::1"), List.of("fd00::1", "10.0.0.1")).reconcile();

    assertThat(log).isEmpty();
    assertThat(state.vips()).contains("FD00:0::1");
  }
}
