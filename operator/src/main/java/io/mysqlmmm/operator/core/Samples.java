package io.mysqlmmm.operator.core;

import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.gtid.GtidSet;
import java.time.Duration;
import java.util.Optional;

/** What a look at a host finds now, by what its agent and the other master's agent tell. Pure. */
final class Samples {
  private Samples() {}

  static Sample of(Snapshot seen, String host, Check check) {
    return switch (check) {
      case PING -> ping(seen, host);
      case MYSQL -> mysql(seen, host);
      case REP_THREADS -> threads(seen, host);
      case REP_BACKLOG -> backlog(seen, host);
      case WRITE, DISK, CLOCK -> VitalSamples.of(seen, host, check);
    };
  }

  private static Sample ping(Snapshot seen, String host) {
    Duration timeout = seen.topology().policy().check(Check.PING).timeout();
    return switch (seen.agents().get(host)) {
      case null -> new Sample.Unknown("its agent was not asked yet");
      case Reading.Known<AgentState>(var _, var at)
          when seen.now().minus(at).compareTo(timeout) <= 0 ->
          new Sample.Good("its agent answers");
      case Reading.Known<AgentState> _ -> silent(seen, host, "no answer in time");
      case Reading.Unreachable<AgentState>(var cause, var _) -> silent(seen, host, cause);
    };
  }

  /** Unknown is not down (I4): the other master may hear it. */
  private static Sample silent(Snapshot seen, String host, String cause) {
    boolean heard =
        seen.ledger()
            .map(ledger -> Pair.of(seen, ledger))
            .filter(pair -> host.equals(pair.writer()) && pair.peerHearsWriter())
            .isPresent();
    return heard
        ? new Sample.Unknown("its agent does not answer the operator, but the other master's")
        : new Sample.Bad("its agent does not answer: " + cause, false);
  }

  private static Sample mysql(Snapshot seen, String host) {
    Optional<AgentState> agent = seen.agent(host);
    if (agent.isEmpty()) {
      return new Sample.Unknown("its agent does not answer");
    }
    Duration timeout = seen.topology().policy().check(Check.MYSQL).timeout();
    return switch (agent.get().mysqld()) {
      case Mysqld.Running _ -> new Sample.Good("mysqld answers");
      case Mysqld.Absent absent -> new Sample.Bad(absent.cause(), true);
      case Mysqld.Starting _ -> new Sample.Bad("mysqld is starting", true);
      case Mysqld.Unresponsive hung ->
          hung.millis() >= timeout.toMillis()
              ? new Sample.Bad("mysqld does not answer: " + hung.cause(), false)
              : new Sample.Unknown("mysqld has not answered yet");
    };
  }

  private static Sample threads(Snapshot seen, String host) {
    Optional<Sample> nothing = unjudged(seen, host);
    if (nothing.isPresent()) {
      return nothing.get();
    }
    Pair pair = Pair.of(seen, seen.ledger().orElseThrow());
    Optional<String> clone = CloneCare.note(pair, host);
    if (clone.isPresent()) {
      return new Sample.Bad(clone.get(), false);
    }
    GtidSet surplus = pair.surplus(host);
    if (!surplus.isEmpty()) {
      return new Sample.Bad(
          "ErrantTransactions: it has %s, the writer not".formatted(surplus), false);
    }
    if (pair.replicates(host, pair.writer())) {
      return new Sample.Good("it replicates from " + pair.writer());
    }
    String error =
        seen.running(host).flatMap(Mysqld.Running::channel).map(Mysqld.Channel::error).orElse("");
    return new Sample.Bad(
        error.isEmpty() ? "it does not replicate from " + pair.writer() : error, false);
  }

  private static Sample backlog(Snapshot seen, String host) {
    Optional<Sample> nothing = unjudged(seen, host);
    if (nothing.isPresent()) {
      return nothing.get();
    }
    Duration most = seen.topology().policy().maxBacklog().plus(seen.topology().host(host).delay());
    Optional<Long> lag =
        seen.running(host).flatMap(Mysqld.Running::channel).flatMap(Mysqld.Channel::lagMillis);
    if (lag.isEmpty()) {
      return new Sample.Unknown("how far it is behind is not known");
    }
    return lag.get() > most.toMillis()
        ? new Sample.Bad(
            "it is %d s behind, the limit is %d s".formatted(lag.get() / 1000, most.toSeconds()),
            false)
        : new Sample.Good("it is %d ms behind".formatted(lag.get()));
  }

  /** What is said of a host whose replication is not judged; empty: it is. */
  private static Optional<Sample> unjudged(Snapshot seen, String host) {
    if (!seen.writerServes()) {
      return Optional.of(new Sample.Unknown("no writer serves"));
    }
    if (seen.ledger().filter(l -> l.writer().equals(host)).isPresent()) {
      return Optional.of(new Sample.Good("it is the writer"));
    }
    if (seen.running(host).isEmpty()) {
      return Optional.of(new Sample.Unknown("mysqld does not answer"));
    }
    return seen.topology().policy().offline().contains(host)
        ? Optional.of(new Sample.Unknown("it is set offline"))
        : Optional.empty();
  }
}
