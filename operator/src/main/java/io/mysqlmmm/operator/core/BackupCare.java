package io.mysqlmmm.operator.core;

import io.mysqlmmm.operator.core.Command.EndBackup;
import io.mysqlmmm.shared.agent.AgentState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Backups that people ask for. One is begun at once or refused at once: a host that is not ONLINE
 * has what is old or wrong, and the writer, which has its clients to serve, is backed up only when
 * nobody else can be.
 */
final class BackupCare {
  private BackupCare() {}

  static List<Command> decide(Pair pair) {
    Map<String, BackupRequest> requests = new TreeMap<>(pair.seen().backups());
    List<Command> commands = new ArrayList<>();
    requests.forEach(
        (host, request) -> {
          Optional<AgentState> agent = pair.seen().agent(host);
          Optional<String> obstacle = obstacle(pair, host);
          commands.add(
              agent.isPresent() && obstacle.isEmpty()
                  ? new Orders(pair.seen(), pair.ledger()).backup(agent.get(), request)
                  : new EndBackup(host, request, obstacle.orElse("its agent does not answer")));
        });
    return commands;
  }

  private static Optional<String> obstacle(Pair pair, String host) {
    HostLife life = pair.seen().life(host);
    if (!life.online()) {
      return Optional.of("%s is %s: %s".formatted(host, life.state(), life.reason()));
    }
    return host.equals(pair.writer())
        ? instead(pair)
            .map(
                other ->
                    "%s is the writer, and has its clients to serve: back up %s instead"
                        .formatted(host, other))
        : Optional.empty();
  }

  /** Another host that has what the writer has; a delayed one has not. */
  private static Optional<String> instead(Pair pair) {
    return pair.seen().topology().hosts().stream()
        .filter(h -> h.delay().isZero() && !h.leaving())
        .map(Topology.Host::name)
        .filter(h -> !h.equals(pair.writer()))
        .filter(h -> pair.seen().life(h).online())
        .findFirst();
  }
}
