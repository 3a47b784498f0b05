package io.mysqlmmm.operator.core;

import io.mysqlmmm.operator.core.Command.BeginMove;
import io.mysqlmmm.operator.core.Command.EndMove;
import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Mysqld;
import java.time.Duration;
import java.util.Optional;

/**
 * Judges a request to move a role: begun only when nothing speaks against it, refused early and in
 * one sentence otherwise, with the pair untouched.
 */
final class MoveRequests {
  private MoveRequests() {}

  /** What to do about the request, if there is one; the writer serves. */
  static Optional<Command> judge(Pair pair) {
    return pair.seen().request().map(request -> judge(pair, request));
  }

  /** Refuses a request that has found no serving writer for longer than a move may take. */
  static Optional<EndMove> refuseIfUnsettled(Pair pair) {
    Snapshot seen = pair.seen();
    return seen.request()
        .filter(
            _ ->
                seen.now()
                        .minus(seen.requestSeen())
                        .compareTo(seen.topology().timing().moveTimeout())
                    > 0)
        .map(r -> refuse(r, "no writer is serving at the moment; ask again when one does"));
  }

  private static Command judge(Pair pair, Move.Request request) {
    Topology topology = pair.seen().topology();
    Optional<Topology.Role> role =
        topology.roles().stream().filter(r -> r.name().equals(request.role())).findFirst();
    if (role.isEmpty()) {
      return refuse(request, "spec.moveRole.role: there is no role '%s'".formatted(request.role()));
    }
    if (topology.hosts().stream().noneMatch(h -> h.name().equals(request.host()))) {
      return refuse(request, "spec.moveRole.host: there is no host '%s'".formatted(request.host()));
    }
    if (!role.get().hosts().contains(request.host())) {
      return refuse(
          request,
          "spec.moveRole.host: '%s' is not among the hosts of role '%s'"
              .formatted(request.host(), request.role()));
    }
    if (!request.role().equals(topology.activeMasterRole())) {
      return refuse(
          request,
          "spec.moveRole.role: the IPs of '%s' are spread by the operator; only '%s' can be moved"
              .formatted(request.role(), topology.activeMasterRole()));
    }
    if (request.host().equals(pair.writer())) {
      return new EndMove(
          request,
          Move.Outcome.DONE,
          "Role '%s' is on '%s' already.".formatted(request.role(), request.host()));
    }
    return judgeSwitch(pair, request);
  }

  private static Command judgeSwitch(Pair pair, Move.Request request) {
    Optional<String> obstacle = obstacle(pair);
    return obstacle.isPresent()
        ? refuse(request, obstacle.get())
        : new BeginMove(new Move(request, pair.writer(), pair.seen().now(), Optional.empty()));
  }

  /** What speaks against a switch to the peer now. */
  private static Optional<String> obstacle(Pair pair) {
    Duration limit = pair.seen().topology().timing().maxLag();
    Optional<String> down = down(pair);
    if (down.isPresent()) {
      return down;
    }
    if (!pair.isInSync(pair.peer())) {
      return Optional.of(
          "host '%s' is not in sync with '%s'; wait until status.ledger.inSync names both"
              .formatted(pair.peer(), pair.writer()));
    }
    if (!pair.replicates(pair.peer(), pair.writer())) {
      return Optional.of(
          "host '%s' does not replicate from '%s' at the moment"
              .formatted(pair.peer(), pair.writer()));
    }
    Mysqld.Running writer = pair.seen().running(pair.writer()).orElseThrow();
    long lag =
        pair.seen()
            .running(pair.peer())
            .flatMap(Mysqld.Running::channel)
            .flatMap(Mysqld.Channel::lagMillis)
            .orElse(0L);
    if (lag > limit.toMillis()) {
      return Optional.of(
          "host '%s' is %d ms behind, the limit (spec.monitor.maxLag) is %d ms"
              .formatted(pair.peer(), lag, limit.toMillis()));
    }
    if (writer.longestTransactionMillis() > limit.toMillis()) {
      return Optional.of(
          "a transaction on '%s' has had uncommitted changes for %d s; let it end, or end it"
              .formatted(pair.writer(), writer.longestTransactionMillis() / 1000));
    }
    return writer.blocker().isEmpty()
        ? Optional.empty()
        : Optional.of("on '%s' %s; end that first".formatted(pair.writer(), writer.blocker()));
  }

  private static Optional<String> down(Pair pair) {
    Optional<AgentState> peer = pair.peerAgent();
    if (peer.isEmpty()) {
      return Optional.of("host '%s' is down: its agent does not answer".formatted(pair.peer()));
    }
    return switch (peer.get().mysqld()) {
      case Mysqld.Running _ -> Optional.empty();
      case Mysqld.Starting _ ->
          Optional.of("host '%s' is down: its mysqld is starting".formatted(pair.peer()));
      case Mysqld.Absent absent ->
          Optional.of("host '%s' is down: %s".formatted(pair.peer(), absent.cause()));
      case Mysqld.Unresponsive hung ->
          Optional.of(
              "mysqld of host '%s' does not answer: %s".formatted(pair.peer(), hung.cause()));
    };
  }

  private static EndMove refuse(Move.Request request, String why) {
    return new EndMove(
        request,
        Move.Outcome.REFUSED,
        "Role '%s' is not moved: %s.".formatted(request.role(), why));
  }
}
