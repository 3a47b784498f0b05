package io.mysqlmmm.operator.core;

import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Clone;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.gtid.GtidSet;
import java.time.Duration;
import java.util.Optional;

/** MMM's host states (MMM Monitor.pm), and UNKNOWN for a host whose agent does not answer. */
public enum HostState {
  ONLINE,
  ADMIN_OFFLINE,
  HARD_OFFLINE,
  AWAITING_RECOVERY,
  REPLICATION_FAIL,
  REPLICATION_DELAY,
  UNKNOWN;

  /** MMM's max_backlog (MMM Config.pm: 60 s). */
  private static final Duration MAX_BACKLOG = Duration.ofSeconds(60);

  /** A state and why; the reason is empty when ONLINE. */
  public record View(HostState state, String reason) {}

  /** The state of a host as far as it is known. */
  public static View of(Snapshot seen, String host) {
    Reading<AgentState> reading = seen.agents().get(host);
    return switch (reading) {
      case null -> new View(UNKNOWN, "its agent was not asked yet");
      case Reading.Unreachable<AgentState> silent ->
          new View(UNKNOWN, "its agent does not answer: " + silent.cause());
      case Reading.Known<AgentState> _ when ofClone(seen, host).isPresent() ->
          ofClone(seen, host).get();
      case Reading.Known<AgentState> known ->
          switch (known.value().mysqld()) {
            case Mysqld.Absent absent -> new View(HARD_OFFLINE, absent.cause());
            case Mysqld.Starting _ -> new View(AWAITING_RECOVERY, "mysqld is starting");
            case Mysqld.Unresponsive hung ->
                new View(UNKNOWN, "mysqld does not answer: " + hung.cause());
            case Mysqld.Running running -> ofRunning(seen, host, running);
          };
    };
  }

  /** A host that is being cloned, whatever its mysqld does meanwhile, or that needs it. */
  private static Optional<View> ofClone(Snapshot seen, String host) {
    Optional<AgentState> agent = seen.agent(host);
    Optional<Clone> running = agent.flatMap(AgentState::lastClone).filter(Clone::running);
    if (running.isPresent()) {
      return Optional.of(
          new View(AWAITING_RECOVERY, "Cloning: it is being cloned from " + running.get().donor()));
    }
    if (seen.ledger().isEmpty() || host.equals(seen.ledger().get().writer())) {
      return Optional.empty();
    }
    Pair pair = Pair.of(seen, seen.ledger().get());
    CloneNeed need = CloneNeed.of(pair, host);
    return switch (need) {
      case UNFINISHED, PURGED ->
          Optional.of(new View(REPLICATION_FAIL, "NeedsClone: " + need.because(pair, host)));
      case SURPLUS, REQUEST, NONE -> Optional.empty();
    };
  }

  private static View ofRunning(Snapshot seen, String host, Mysqld.Running server) {
    if (seen.ledger().isEmpty()) {
      return new View(AWAITING_RECOVERY, "no writer was designated yet");
    }
    Pair pair = Pair.of(seen, seen.ledger().get());
    if (host.equals(pair.writer())) {
      return pair.writerServes()
          ? new View(ONLINE, "")
          : new View(AWAITING_RECOVERY, "it is designated to write and does not yet");
    }
    GtidSet surplus = pair.surplus(host);
    if (!surplus.isEmpty()) {
      return new View(
          REPLICATION_FAIL, "ErrantTransactions: it has %s, the writer not".formatted(surplus));
    }
    if (!pair.replicates(host, pair.writer())) {
      String error = server.channel().map(Mysqld.Channel::error).orElse("");
      return new View(
          REPLICATION_FAIL,
          error.isEmpty() ? "it does not replicate from " + pair.writer() : error);
    }
    Optional<Long> lag = server.channel().flatMap(Mysqld.Channel::lagMillis);
    return lag.filter(l -> l > MAX_BACKLOG.toMillis()).isPresent()
        ? new View(REPLICATION_DELAY, "it is %d s behind".formatted(lag.get() / 1000))
        : new View(ONLINE, "");
  }
}
