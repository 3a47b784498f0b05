package io.mysqlmmm.agent;

import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Backup;
import io.mysqlmmm.shared.agent.Clone;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.Mysqld.Channel;
import io.mysqlmmm.shared.agent.Mysqld.Running;
import io.mysqlmmm.shared.agent.Preflight;
import io.mysqlmmm.shared.agent.Standing;
import io.mysqlmmm.shared.agent.Vitals;
import java.util.List;
import java.util.Optional;

/**
 * The part of a state whose change is worth telling at once: everything but GTID sets, lags, ages,
 * counts and sizes.
 */
record Telling(
    Standing standing,
    AgentState.NetworkState network,
    Optional<AgentState.Cut> cut,
    List<Object> lastClone,
    List<Object> lastBackup,
    Optional<Preflight> preflight,
    List<Object> mysqld,
    List<Object> vitals) {

  /** A row that a writer takes longer for is worth telling; usual are some milliseconds. */
  private static final long LATE_MILLIS = 3000;

  static Telling of(AgentState state) {
    return new Telling(
        state.standing(),
        state.network(),
        state.cut(),
        state.lastClone().map(Telling::of).orElse(List.of()),
        state.lastBackup().map(Telling::of).orElse(List.of()),
        state.preflight(),
        of(state.mysqld()),
        of(state.vitals()));
  }

  private static List<Object> of(Clone clone) {
    return List.of(clone.startedAt(), clone.outcome(), clone.stage(), clone.dropped());
  }

  private static List<Object> of(Backup backup) {
    return List.of(backup.requestedAt(), backup.outcome());
  }

  private static List<Object> of(Vitals vitals) {
    return List.of(of(vitals.volume()), of(vitals.writing()));
  }

  private static List<Object> of(Vitals.Volume volume) {
    return switch (volume) {
      case Vitals.Volume.Silent _ -> List.of("silent");
      case Vitals.Volume.Seen seen -> List.of(seen.readOnly(), seen.writeError());
    };
  }

  private static List<Object> of(Vitals.Writing writing) {
    return switch (writing) {
      case Vitals.Writing.NotDue _ -> List.of("not due");
      case Vitals.Writing.Due due ->
          List.of(
              due.successMillis().isPresent(),
              due.successMillis().orElse(due.dueMillis()) > LATE_MILLIS,
              due.error());
    };
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
              running.missingPlugins(),
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
