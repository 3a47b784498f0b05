package io.mysqlmmm.operator.core;

import io.mysqlmmm.operator.core.Command.BeginMove;
import io.mysqlmmm.operator.core.Command.EndMove;
import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Mysqld;
import java.time.Duration;
import java.util.Optional;

/**
 * Judges a request to move a role: begun only when nothing speaks against it, refused early and in
 * one sentence otherwise, with the pair untouched. What may pass by itself (a host that is not
 * heard of for a moment, a little lag) is waited for, a few seconds from when the request was first
 * seen.
 */
final class MoveRequests {
  /** Several times what a reconnect or a restart of an agent takes. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** What speaks against a switch now, and whether it may pass by itself. */
  private record Obstacle(String sentence, boolean passing) {
    static Optional<Obstacle> firm(String sentence) {
      return Optional.of(new Obstacle(sentence, false));
    }

    static Optional<Obstacle> passing(String sentence) {
      return Optional.of(new Obstacle(sentence, true));
    }
  }

  private MoveRequests() {}

  /** What to do about the request, if there is one; the writer serves. */
  static Optional<Command> judge(Pair pair) {
    return pair.seen().request().flatMap(request -> judge(pair, request));
  }

  /** Refuses a request that has found no serving writer for longer than a move may take. */
  static Optional<EndMove> refuseIfUnsettled(Pair pair) {
    Snapshot seen = pair.seen();
    return seen.request()
        .filter(_ -> isOlder(seen, seen.topology().timing().moveTimeout()))
        .map(r -> refuse(r, "no writer is serving at the moment; ask again when one does"));
  }

  private static boolean isOlder(Snapshot seen, Duration age) {
    return seen.now().minus(seen.requestSeen()).compareTo(age) > 0;
  }

  private static Optional<Command> judge(Pair pair, Move.Request request) {
    Optional<EndMove> ended = judgeWords(pair, request);
    if (ended.isPresent()) {
      return Optional.of(ended.get());
    }
    Optional<Obstacle> obstacle = obstacle(pair);
    if (obstacle.isEmpty()) {
      return Optional.of(
          new BeginMove(new Move(request, pair.writer(), pair.seen().now(), Optional.empty())));
    }
    return obstacle.get().passing() && !isOlder(pair.seen(), PATIENCE)
        ? Optional.empty()
        : Optional.of(refuse(request, obstacle.get().sentence()));
  }

  /** What the request's own words decide. */
  private static Optional<EndMove> judgeWords(Pair pair, Move.Request request) {
    Topology topology = pair.seen().topology();
    Optional<Topology.Role> role =
        topology.roles().stream().filter(r -> r.name().equals(request.role())).findFirst();
    if (role.isEmpty()) {
      return refused(
          request, "spec.moveRole.role: there is no role '%s'".formatted(request.role()));
    }
    if (topology.hosts().stream().noneMatch(h -> h.name().equals(request.host()))) {
      return refused(
          request, "spec.moveRole.host: there is no host '%s'".formatted(request.host()));
    }
    if (!role.get().hosts().contains(request.host())) {
      return refused(
          request,
          "spec.moveRole.host: '%s' is not among the hosts of role '%s'"
              .formatted(request.host(), request.role()));
    }
    if (!request.role().equals(topology.activeMasterRole())) {
      return refused(
          request,
          "spec.moveRole.role: the IPs of '%s' are spread by the operator; only '%s' can be moved"
              .formatted(request.role(), topology.activeMasterRole()));
    }
    if (request.host().equals(pair.writer())) {
      return Optional.of(
          new EndMove(
              request,
              Move.Outcome.DONE,
              "Role '%s' is on '%s' already.".formatted(request.role(), request.host())));
    }
    return Optional.empty();
  }

  /** What speaks against a switch to the peer now. */
  private static Optional<Obstacle> obstacle(Pair pair) {
    Duration limit = pair.seen().topology().timing().maxLag();
    Optional<Obstacle> down = down(pair);
    if (down.isPresent()) {
      return down;
    }
    if (!pair.isInSync(pair.peer())) {
      return Obstacle.firm(
          "host '%s' is not in sync with '%s'; wait until status.ledger.inSync names both"
              .formatted(pair.peer(), pair.writer()));
    }
    if (!pair.replicates(pair.peer(), pair.writer())) {
      return Obstacle.passing(
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
      return Obstacle.passing(
          "host '%s' is %d ms behind, the limit (spec.monitor.maxLag) is %d ms"
              .formatted(pair.peer(), lag, limit.toMillis()));
    }
    if (writer.longestTransactionMillis() > limit.toMillis()) {
      return Obstacle.firm(
          "a transaction on '%s' has had uncommitted changes for %d s; let it end, or end it"
              .formatted(pair.writer(), writer.longestTransactionMillis() / 1000));
    }
    return writer.blocker().isEmpty()
        ? Optional.empty()
        : Obstacle.firm("on '%s' %s; end that first".formatted(pair.writer(), writer.blocker()));
  }

  private static Optional<Obstacle> down(Pair pair) {
    Optional<AgentState> peer = pair.peerAgent();
    if (peer.isEmpty()) {
      return Obstacle.passing(
          "host '%s' is down: its agent does not answer".formatted(pair.peer()));
    }
    return switch (peer.get().mysqld()) {
      case Mysqld.Running _ -> Optional.empty();
      case Mysqld.Starting _ ->
          Obstacle.passing("host '%s' is down: its mysqld is starting".formatted(pair.peer()));
      case Mysqld.Absent absent ->
          Obstacle.firm("host '%s' is down: %s".formatted(pair.peer(), absent.cause()));
      case Mysqld.Unresponsive hung ->
          Obstacle.passing(
              "mysqld of host '%s' does not answer: %s".formatted(pair.peer(), hung.cause()));
    };
  }

  private static Optional<EndMove> refused(Move.Request request, String why) {
    return Optional.of(refuse(request, why));
  }

  private static EndMove refuse(Move.Request request, String why) {
    return new EndMove(
        request,
        Move.Outcome.REFUSED,
        "Role '%s' is not moved: %s.".formatted(request.role(), why));
  }
}
