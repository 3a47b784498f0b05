package io.mysqlmmm.operator.core;

import io.mysqlmmm.operator.core.Command.EndMove;
import io.mysqlmmm.operator.core.Command.PinIp;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request to move a role that is not the writer's: an exclusive one as a whole; of a balanced one
 * an IP, from the host that has most of them. (MMM's move_role did the opposite with a balanced
 * role: it took all IPs off the host.) The IP stays there while the host is ONLINE.
 */
final class RoleMoves {
  private RoleMoves() {}

  /** What to do about the request; empty: it is under way. */
  static Optional<Command> judge(Pair pair, Topology.Role role, Move.Request request) {
    Optional<String> begun =
        pair.seen().plan().pins().entrySet().stream()
            .filter(e -> role.ips().contains(e.getKey()))
            .filter(e -> e.getValue().requestedAt().equals(request.requestedAt()))
            .map(Map.Entry::getKey)
            .findFirst();
    if (begun.isPresent()) {
      return follow(pair, request, begun.get());
    }
    Optional<String> ip = next(pair, role, request.host());
    if (ip.isEmpty()) {
      return end(request, Move.Outcome.DONE, "Role '%s' is on '%s' already.");
    }
    if (!RoleCare.eligible(pair, request.host())) {
      HostLife life = pair.seen().life(request.host());
      String why = life.online() ? "it does not replicate" : "it is " + life.state();
      return late(pair, Duration.ofSeconds(5))
          ? end(
              request,
              Move.Outcome.REFUSED,
              "Role '%s' is not moved: host '%s' may not hold it now: " + why + ".")
          : Optional.empty();
    }
    return Optional.of(new PinIp(ip.get(), new Plan.Pin(request.host(), request.requestedAt())));
  }

  private static Optional<Command> follow(Pair pair, Move.Request request, String ip) {
    boolean there =
        pair.seen().agent(request.host()).filter(a -> a.network().vips().contains(ip)).isPresent();
    if (there) {
      return end(request, Move.Outcome.DONE, "Role '%s(" + ip + ")' has been moved to '%s'.");
    }
    return late(pair, pair.seen().topology().timing().moveTimeout())
        ? end(
            request,
            Move.Outcome.ABORTED,
            "Role '%s(" + ip + ")' was not seen on '%s' within spec.monitor.moveTimeout.")
        : Optional.empty();
  }

  private static boolean late(Pair pair, Duration bound) {
    return pair.seen().now().minus(pair.seen().requestSeen()).compareTo(bound) > 0;
  }

  /** The IP that goes to the host; empty: it has them all. */
  private static Optional<String> next(Pair pair, Topology.Role role, String host) {
    Map<String, String> now = RoleCare.wanted(pair);
    List<String> elsewhere = role.ips().stream().filter(ip -> !host.equals(now.get(ip))).toList();
    return elsewhere.stream()
        .max(
            Comparator.comparingLong(
                ip ->
                    role.ips().stream()
                        .filter(o -> now.get(ip) != null && now.get(ip).equals(now.get(o)))
                        .count()));
  }

  private static Optional<Command> end(
      Move.Request request, Move.Outcome outcome, String sentence) {
    return Optional.of(
        new EndMove(request, outcome, sentence.formatted(request.role(), request.host())));
  }
}
