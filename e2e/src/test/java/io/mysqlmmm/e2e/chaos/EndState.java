package io.mysqlmmm.e2e.chaos;

import io.mysqlmmm.api.v1alpha1.HostStatus;
import io.mysqlmmm.api.v1alpha1.LastMove;
import io.mysqlmmm.api.v1alpha1.MoveRoleRequest;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMasterStatus;
import io.mysqlmmm.e2e.PairUnderTest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a run ended.
 *
 * @param name healthy, the reason of the condition Redundant, or of a host that needs a person
 * @param detail what the operator says, for a person
 */
record EndState(Kind kind, String name, String detail) {

  /** What is to be done. */
  enum Kind {
    /** Nothing: both masters in sync, the writer serves. */
    HEALTHY,
    /** A person has to act, as docs/clustering.md says of this state. */
    NEEDS_A_PERSON,
    /** The pair should have come back by itself, and has not within the bound. */
    NONE
  }

  /** Reasons of conditions, from docs/clustering.md: nothing changes until somebody acts. */
  private static final Set<String> NEEDS_A_PERSON =
      Set.of("Passive", "UnknownData", "IpInUse", "NoNetwork", "Manual");

  /** What the status says now; whether it is the truth is for others to see. */
  static EndState of(PairUnderTest pair) {
    MySQLMultiMaster resource = pair.read().orElseThrow();
    if (isMovePending(resource)) {
      return new EndState(Kind.NONE, "move pending", "the requested move has no outcome yet");
    }
    if (pair.is("Ready") && pair.is("Redundant")) {
      return new EndState(Kind.HEALTHY, "healthy", outcomeOfMove(resource));
    }
    MySQLMultiMasterStatus status = pair.status();
    List<HostStatus> hosts = Objects.requireNonNullElse(status.hosts(), List.of());
    String detail =
        Objects.requireNonNullElse(status.verdict(), "no verdict") + "; " + describe(hosts);
    String reason = pair.condition("Redundant").getReason();
    boolean person = NEEDS_A_PERSON.contains(reason);
    return new EndState(person ? Kind.NEEDS_A_PERSON : Kind.NONE, reason, detail);
  }

  private static boolean isMovePending(MySQLMultiMaster resource) {
    MoveRoleRequest asked = resource.getSpec().moveRole();
    if (asked == null) {
      return false;
    }
    Optional<LastMove> last = lastMove(resource);
    return last.isEmpty()
        || !Objects.equals(last.get().requestedAt(), asked.requestedAt())
        || "InProgress".equals(last.get().outcome());
  }

  private static String outcomeOfMove(MySQLMultiMaster resource) {
    return lastMove(resource).map(move -> "move: " + move.outcome()).orElse("");
  }

  private static Optional<LastMove> lastMove(MySQLMultiMaster resource) {
    return Optional.ofNullable(resource.getStatus()).map(MySQLMultiMasterStatus::lastMove);
  }

  private static String describe(List<HostStatus> hosts) {
    return hosts.stream()
        .map(h -> "%s %s %s".formatted(h.name(), h.state(), h.reason()).strip())
        .collect(Collectors.joining(", "));
  }
}
