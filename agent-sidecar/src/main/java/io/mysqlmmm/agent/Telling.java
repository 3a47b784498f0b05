package io.mysqlmmm.agent;

import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Clone;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.Mysqld.Channel;
import io.mysqlmmm.shared.agent.Mysqld.Running;
import io.mysqlmmm.shared.agent.Standing;
import java.util.List;
import java.util.Optional;

/**
 * The part of a state whose change is worth telling at once: everything but GTID sets, lags, ages
 * and counts.
 */
record Telling(
    Standing standing,
    AgentState.NetworkState network,
    Optional<AgentState.Cut> cut,
    List<Object> lastClone,
    List<Object> mysqld) {

  static Telling of(AgentState state) {
    return new Telling(
        state.standing(),
        state.network(),
        state.cut(),
        state.lastClone().map(Telling::of).orElse(List.of()),
        of(state.mysqld()));
  }

  private static List<Object> of(Clone clone) {
    return List.of(clone.startedAt(), clone.outcome(), clone.stage(), clone.dropped());
  }

  private static List<Object> of(Mysqld mysqld) {
    return switch (mysqld) {
      case Mysqld.Absent absent -> List.of("absent", absent.cause());
      case Mysqld.Starting _ -> List.of("starting");
      case Mysqld.Unresponsive unresponsive -> List.of("unresponsive", unresponsive.cause());
      case Running running ->
          List.of(
              running.serverUuid(),
              running.version(),
              running.superReadOnly(),
              running.semiSync().source(),
              running.semiSync().replica(),
              running.semiSync().waitingSessions() > 0,
              running.semiSync().stalled(),
              running.blocker(),
              running.channel().map(Telling::of).orElse(List.of()));
    };
  }

  private static List<Object> of(Channel channel) {
    return List.of(
        channel.sourceAddress(),
        channel.sourcePort(),
        channel.sourceUuid(),
        channel.io(),
        channel.sql(),
        channel.error());
  }
}
