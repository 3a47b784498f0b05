package io.mysqlmmm.operator.core;

import io.mysqlmmm.operator.core.Command.BeginMove;
import io.mysqlmmm.operator.core.Command.EndMove;
import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Mysqld;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Judges a request to move a role: begun only when nothing speaks against it, refused early and in
 * one sentence otherwise, with the pair untouched. What may pass by itself (a host that is not
 * heard of for a moment, a little lag) is waited for, a few seconds from when the request was first
 * seen.
 */
final class MoveRequests {
  /** Several times what a reconnect or a restart of an agent takes. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /**
   * As long as the rest of a move takes (bench: 0.2 s). Clients wait for what the new host has not
   * applied, and a standby that is a little behind has usually caught up a moment later.
   */
  private static final Duration LITTLE = Duration.ofMillis(200);

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

  /**
   * What to do about the request, if there is one, while no writer serves. It lets the peer take
   * over where nobody may without being asked: by force one that is not in sync, and in Manual any.
   * Otherwise it waits for a writer, for as long as a move may take.
   */
  static Optional<Command> judgeUnserved(Pair pair) {
    return pair.seen().request().flatMap(request -> judgeUnserved(pair, request));
  }

  private static Optional<Command> judgeUnserved(Pair pair, Move.Request request) {
    Optional<EndMove> wrong = wrongWords(pair, request);
    if (wrong.isPresent()) {
      return Optional.of(wrong.get());
    }
    boolean writers = request.role().equals(pair.seen().topology().activeMasterRole());
    if (writers
        && request.host().equals(pair.peer())
        && pair.writerIsLost()
        && down(pair).isEmpty()) {
      boolean inSync = pair.isInSync(pair.peer());
      boolean asked = pair.seen().topology().mode() != Topology.Mode.ACTIVE;
      if (inSync ? asked : request.force()) {
        return Optional.of(begin(pair, request));
      }
    }
    return isOlder(pair.seen(), pair.seen().topology().timing().moveTimeout())
        ? Optional.of(refuse(request, whyUnserved(pair, request)))
        : Optional.empty();
  }

  private static String whyUnserved(Pair pair, Move.Request request) {
    String none = "no writer is serving";
    if (!request.host().equals(pair.peer()) || pair.isInSync(pair.peer())) {
      return none + " at the moment; ask again when one does";
    }
    if (request.force()) {
      return down(pair)
          .map(Obstacle::sentence)
          .orElse(
              "%s, and writer '%s' is not lost: its agent answers, or '%s' hears it"
                  .formatted(none, pair.writer(), pair.peer()));
    }
    return "%s, and host '%s' lacks what '%s' acknowledged last; if '%s' is lost for good and cannot come back, force it"
        .formatted(none, pair.peer(), pair.writer(), pair.writer());
  }

  private static BeginMove begin(Pair pair, Move.Request request) {
    return new BeginMove(new Move(request, pair.writer(), pair.seen().now(), Optional.empty()));
  }

  private static boolean isOlder(Snapshot seen, Duration age) {
    return seen.now().minus(seen.requestSeen()).compareTo(age) > 0;
  }

  private static Optional<Command> judge(Pair pair, Move.Request request) {
    Optional<EndMove> ended = judgeWords(pair, request);
    if (ended.isPresent()) {
      return Optional.of(ended.get());
    }
    Topology topology = pair.seen().topology();
    if (!request.role().equals(topology.activeMasterRole())) {
      return RoleMoves.judge(pair, topology.role(request.role()), request);
    }
    Optional<Obstacle> obstacle = request.force() ? obstacleToForce(pair) : obstacle(pair);
    if (obstacle.isEmpty()) {
      boolean waits = lag(pair).compareTo(LITTLE) > 0 && !isOlder(pair.seen(), PATIENCE);
      return waits && !request.force() ? Optional.empty() : Optional.of(begin(pair, request));
    }
    return obstacle.get().passing() && !isOlder(pair.seen(), PATIENCE)
        ? Optional.empty()
        : Optional.of(refuse(request, obstacle.get().sentence()));
  }

  /** What the request's own words decide. */
  private static Optional<EndMove> judgeWords(Pair pair, Move.Request request) {
    Optional<EndMove> wrong = wrongWords(pair, request);
    boolean writers = request.role().equals(pair.seen().topology().activeMasterRole());
    if (wrong.isPresent() || !writers || !request.host().equals(pair.writer())) {
      return wrong;
    }
    return Optional.of(
        new EndMove(
            request,
            Move.Outcome.DONE,
            "Role '%s' is on '%s' already.".formatted(request.role(), request.host())));
  }

  private static Optional<EndMove> wrongWords(Pair pair, Move.Request request) {
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
    return Optional.empty();
  }

  /**
   * What speaks even against a switch by force while the writer serves: lag, long transactions and
   * locks do not, but without replication the peer would never have what the writer has.
   */
  private static Optional<Obstacle> obstacleToForce(Pair pair) {
    return down(pair).or(() -> network(pair)).or(() -> notReplicating(pair));
  }

  /** It would write, and no client would find it. */
  private static Optional<Obstacle> network(Pair pair) {
    String problem = pair.peerAgent().map(a -> a.network().problem()).orElse("");
    return problem.isEmpty()
        ? Optional.empty()
        : Obstacle.passing("host '%s' cannot hold virtual IPs: %s".formatted(pair.peer(), problem));
  }

  private static Optional<Obstacle> notReplicating(Pair pair) {
    return pair.replicates(pair.peer(), pair.writer())
        ? Optional.empty()
        : Obstacle.passing(
            "host '%s' does not replicate from '%s' at the moment"
                .formatted(pair.peer(), pair.writer()));
  }

  /** What speaks against a switch to the peer that the operator makes by itself; empty: nothing. */
  static Optional<String> obstacleNow(Pair pair) {
    return obstacle(pair).map(Obstacle::sentence);
  }

  /** What speaks against a switch to the peer now. */
  private static Optional<Obstacle> obstacle(Pair pair) {
    Duration limit = pair.seen().topology().timing().maxLag();
    Optional<Obstacle> down = down(pair).or(() -> network(pair));
    if (down.isPresent()) {
      return down;
    }
    if (!pair.isInSync(pair.peer())) {
      return Obstacle.firm(
          "host '%s' is not in sync with '%s'; wait until status.ledger.inSync names both"
              .formatted(pair.peer(), pair.writer()));
    }
    Optional<Obstacle> apart = notReplicating(pair);
    if (apart.isPresent()) {
      return apart;
    }
    Mysqld.Running writer = pair.seen().running(pair.writer()).orElseThrow();
    Duration lag = lag(pair);
    if (lag.compareTo(limit) > 0) {
      return Obstacle.passing(
          "host '%s' is %d ms behind, the limit (spec.monitor.maxLag) is %d ms"
              .formatted(pair.peer(), lag.toMillis(), limit.toMillis()));
    }
    Optional<Obstacle> state = state(pair);
    if (state.isPresent()) {
      return state;
    }
    if (writer.longestTransactionMillis() > limit.toMillis()) {
      return Obstacle.firm(
          "a transaction on '%s' has had uncommitted changes for %d s; let it end, or end it"
              .formatted(pair.writer(), writer.longestTransactionMillis() / 1000));
    }
    return writer.blocker().isEmpty()
        ? logins(pair, writer, pair.seen().running(pair.peer()).orElseThrow())
        : Obstacle.firm("on '%s' %s; end that first".formatted(pair.writer(), writer.blocker()));
  }

  /** A newer MySQL may lack what clients log in with on the older one, which has the role yet. */
  private static Optional<Obstacle> logins(Pair pair, Mysqld.Running writer, Mysqld.Running peer) {
    Set<String> missing = new TreeSet<>(peer.missingPlugins().orElse(Set.of()));
    missing.removeAll(writer.missingPlugins().orElse(Set.of()));
    return missing.isEmpty()
        ? Optional.empty()
        : Obstacle.firm(
            "MySQL %s of host '%s' has no authentication plugin %s, so accounts that log in on '%s' could not log in there; find them in mysql.user, and give them another one with ALTER USER … IDENTIFIED WITH"
                .formatted(peer.version(), pair.peer(), String.join(", ", missing), pair.writer()));
  }

  private static Duration lag(Pair pair) {
    return Duration.ofMillis(
        pair.seen()
            .running(pair.peer())
            .flatMap(Mysqld.Running::channel)
            .flatMap(Mysqld.Channel::lagMillis)
            .orElse(0L));
  }

  /** MMM: a role goes to a host that is ONLINE only. */
  private static Optional<Obstacle> state(Pair pair) {
    HostLife life = pair.seen().life(pair.peer());
    if (life.online()) {
      return Optional.empty();
    }
    String sentence = "host '%s' is %s (%s)".formatted(pair.peer(), life.state(), life.reason());
    boolean waits =
        life.state() == HostState.ADMIN_OFFLINE
            || life.flaps().flapping()
            || pair.seen().topology().policy().autoSetOnline().isEmpty();
    return waits ? Obstacle.firm(sentence + "; set it online first") : Obstacle.passing(sentence);
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
