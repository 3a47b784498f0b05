package io.mysqlmmm.operator.monitor;

import io.mysqlmmm.api.v1alpha1.HostStatus;
import io.mysqlmmm.api.v1alpha1.LastMove;
import io.mysqlmmm.api.v1alpha1.LedgerStatus;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMasterStatus;
import io.mysqlmmm.api.v1alpha1.PlanStatus;
import io.mysqlmmm.operator.core.Command.EndMove;
import io.mysqlmmm.operator.core.Move;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Changes of one part of the status that leave the rest as it is. */
final class StatusEdits {
  private StatusEdits() {}

  static MySQLMultiMasterStatus withLedger(
      MySQLMultiMasterStatus s, @Nullable LedgerStatus ledger) {
    return new MySQLMultiMasterStatus(
        s.observedGeneration(),
        ledger,
        s.hosts(),
        s.roles(),
        s.lastMove(),
        s.verdict(),
        s.conditions(),
        s.plan());
  }

  static MySQLMultiMasterStatus withLastMove(
      MySQLMultiMasterStatus s, LastMove move, @Nullable PlanStatus plan) {
    return new MySQLMultiMasterStatus(
        s.observedGeneration(),
        s.ledger(),
        s.hosts(),
        s.roles(),
        move,
        s.verdict(),
        s.conditions(),
        plan);
  }

  /** With one host changed; the same when it is not there. */
  static MySQLMultiMasterStatus withHost(
      MySQLMultiMasterStatus s, String host, UnaryOperator<HostStatus> change) {
    List<HostStatus> hosts =
        Stream.ofNullable(s.hosts())
            .flatMap(List::stream)
            .map(h -> host.equals(h.name()) ? change.apply(h) : h)
            .toList();
    return new MySQLMultiMasterStatus(
        s.observedGeneration(),
        s.ledger(),
        hosts,
        s.roles(),
        s.lastMove(),
        s.verdict(),
        s.conditions(),
        s.plan());
  }

  static LastMove begun(Move move, Instant now) {
    Move.Request r = move.request();
    return new LastMove(
        r.role(),
        r.host(),
        r.requestedAt(),
        forced(r),
        "InProgress",
        "Role '%s' is being moved from '%s' to '%s'.".formatted(r.role(), move.from(), r.host()),
        move.from(),
        now.toString(),
        null,
        null);
  }

  /** The end of a request; {@code before} is what status said of the same request until now. */
  static LastMove ended(
      EndMove end, Optional<LastMove> before, Optional<Duration> pause, Instant now) {
    Move.Request r = end.request();
    Optional<LastMove> begun =
        before.filter(m -> "InProgress".equals(m.outcome()) && World.requestOf(m).equals(r));
    return new LastMove(
        r.role(),
        r.host(),
        r.requestedAt(),
        forced(r),
        switch (end.outcome()) {
          case DONE -> "Done";
          case REFUSED -> "Refused";
          case ABORTED -> "Aborted";
        },
        end.message(),
        begun.map(LastMove::from).orElse(null),
        begun.map(LastMove::startedAt).orElse(now.toString()),
        now.toString(),
        begun.isPresent() ? pause.map(Duration::toMillis).orElse(null) : null);
  }

  private static @Nullable Boolean forced(Move.Request request) {
    return request.force() ? Boolean.TRUE : null;
  }
}
