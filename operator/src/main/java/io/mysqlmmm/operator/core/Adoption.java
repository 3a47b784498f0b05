package io.mysqlmmm.operator.core;

import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Clone;
import io.mysqlmmm.shared.agent.Preflight;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A pair that begins with a data set which was made elsewhere (spec.adopt). Facts only. What
 * decides is whether a data set was made here: launch.sh notes the server_uuid of each that it
 * initialises. GTIDs alone tell nothing, as a server without them has data and an empty
 * gtid_executed.
 */
final class Adoption {
  private Adoption() {}

  /** Why the data set that spec.adopt names is not taken over now; empty: it can be. */
  static Optional<String> obstacle(Snapshot seen, String adopted) {
    for (Topology.Host host : seen.topology().hosts()) {
      Optional<String> why =
          host.name().equals(adopted) ? adoptedIsUnfit(seen, adopted) : otherIsUnfit(seen, host);
      if (why.isPresent()) {
        return why;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> adoptedIsUnfit(Snapshot seen, String host) {
    if (facts(seen, host).isEmpty()) {
      return Optional.of("the data set of %s has not been looked at yet".formatted(host));
    }
    if (isNewHere(seen, host)) {
      return Optional.of(
          "spec.adopt names %s, but its data set is an empty one that was made here"
              .formatted(host));
    }
    Optional<Preflight> preflight = seen.agent(host).flatMap(AgentState::preflight);
    if (preflight.isEmpty()) {
      return Optional.of("the preflight of %s is not done yet".formatted(host));
    }
    List<Preflight.Finding> missing = preflight.get().missing();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "the data set of %s is not adopted as it is (kubectl mmm preflight tells what to do): %s"
                .formatted(
                    host,
                    missing.stream()
                        .map(f -> "%s: %s".formatted(f.name(), f.found()))
                        .collect(Collectors.joining("; "))));
  }

  /** A master has answered; a replica that does not is cloned only if it is new when it does. */
  private static Optional<String> otherIsUnfit(Snapshot seen, Topology.Host host) {
    if (seen.running(host.name()).isEmpty()) {
      return Optional.empty();
    }
    if (facts(seen, host.name()).isEmpty()) {
      return Optional.of("the data set of %s has not been looked at yet".formatted(host.name()));
    }
    return isNewHere(seen, host.name())
        ? Optional.empty()
        : Optional.of(
            "%s has data that this operator did not make; it is left alone".formatted(host.name()));
  }

  /**
   * Whether a host has an empty data set in a pair that began with one made elsewhere: it cannot
   * replicate from the beginning, as nobody knows whether the binlogs go back to the beginning.
   */
  static boolean lacksAll(Snapshot seen, String host) {
    return seen.topology().adopted().isPresent()
        && seen.running(host).filter(m -> m.executed().isEmpty()).isPresent();
  }

  /** Whether a host's data set was made here and has never held anything. */
  static boolean isNewHere(Snapshot seen, String host) {
    Optional<String> made = facts(seen, host).map(Clone.Facts::made);
    return made.isPresent()
        && made.equals(seen.agent(host).map(a -> a.standing().serverUuid()))
        && seen.running(host).filter(m -> m.executed().isEmpty()).isPresent();
  }

  private static Optional<Clone.Facts> facts(Snapshot seen, String host) {
    return seen.agent(host).flatMap(AgentState::cloneFacts);
  }
}
