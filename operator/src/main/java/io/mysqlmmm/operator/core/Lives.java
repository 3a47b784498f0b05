package io.mysqlmmm.operator.core;

import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Clone;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The hosts' states and checks, and their next ones. Pure.
 *
 * @param checks each host's
 */
public record Lives(Map<String, HostLife> lives, Map<String, Map<Check, CheckState>> checks) {
  public static final Lives NONE = new Lives(Map.of(), Map.of());

  public Lives {
    lives = Map.copyOf(lives);
    checks = Map.copyOf(checks);
  }

  /** Those of a new leader: the states that status tells of, and no checks yet. */
  public static Lives remembered(Map<String, HostLife> lives) {
    return new Lives(lives, Map.of());
  }

  /**
   * After one more look at every host.
   *
   * @param requests for each host the request to set it online that was not dealt with, by its time
   * @param onPurpose hosts that are being taken out of service on purpose; those that are being
   *     cloned need not be among them
   */
  public Lives next(Snapshot seen, Map<String, String> requests, Set<String> onPurpose) {
    Map<String, HostLife> nextLives = new LinkedHashMap<>();
    Map<String, Map<Check, CheckState>> nextChecks = new LinkedHashMap<>();
    for (Topology.Host host : seen.topology().hosts()) {
      Map<Check, CheckState> looked = look(seen, host.name());
      nextChecks.put(host.name(), looked);
      Optional<String> request = Optional.ofNullable(requests.get(host.name()));
      boolean meant = onPurpose.contains(host.name()) || isCloned(seen, host.name());
      HostFacts facts = facts(seen, host.name(), looked, request.isPresent(), meant);
      nextLives.put(host.name(), HostJudge.judge(facts, request));
    }
    return new Lives(nextLives, nextChecks);
  }

  private static boolean isCloned(Snapshot seen, String host) {
    return seen.agent(host).flatMap(AgentState::lastClone).filter(Clone::running).isPresent();
  }

  private Map<Check, CheckState> look(Snapshot seen, String host) {
    Instant wall = seen.wall();
    Map<Check, CheckState> before = checks.getOrDefault(host, Map.of());
    HostState state = seen.life(host).state();
    boolean offline =
        seen.topology().policy().offline().contains(host) && state == HostState.ADMIN_OFFLINE;
    boolean down = state == HostState.HARD_OFFLINE && seen.running(host).isEmpty();
    Map<Check, CheckState> after = new EnumMap<>(Check.class);
    for (Check check : Check.values()) {
      // What was before it went down or was set offline says nothing of what is after.
      boolean anew =
          (offline || down) && (check == Check.REP_THREADS || check == Check.REP_BACKLOG);
      CheckState last = before.getOrDefault(check, CheckState.unknown(wall));
      after.put(
          check,
          (anew ? last.forgotten(wall) : last)
              .next(
                  Samples.of(seen, host, check),
                  seen.topology().policy().check(check),
                  seen.now(),
                  wall));
    }
    return after;
  }

  private HostFacts facts(
      Snapshot seen,
      String host,
      Map<Check, CheckState> looked,
      boolean setOnline,
      boolean onPurpose) {
    boolean designated = seen.ledger().filter(l -> l.writer().equals(host)).isPresent();
    boolean serves = seen.writerServes();
    return new HostFacts(
        lives.getOrDefault(host, HostLife.fresh(seen.wall())),
        looked,
        seen.topology().policy().offline().contains(host),
        designated,
        designated && serves,
        serves,
        setOnline,
        onPurpose,
        seen.agent(host).map(AgentState::clock).map(c -> c.bootId()).orElse(""),
        seen.topology().policy(),
        seen.wall());
  }
}
