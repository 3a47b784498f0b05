package io.mysqlmmm.operator.core;

import static io.mysqlmmm.operator.core.HostState.ADMIN_OFFLINE;
import static io.mysqlmmm.operator.core.HostState.AWAITING_RECOVERY;
import static io.mysqlmmm.operator.core.HostState.HARD_OFFLINE;
import static io.mysqlmmm.operator.core.HostState.ONLINE;
import static io.mysqlmmm.operator.core.HostState.REPLICATION_DELAY;
import static io.mysqlmmm.operator.core.HostState.REPLICATION_FAIL;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What leads from one state of a host to another: MMM's table (Monitor.pm, _check_host_states),
 * judged from the top; the first that fits is taken. docs/mmm-migration.md shows it beside MMM's
 * own, with the differences.
 */
// The sets are never changed, the predicates pure.
@SuppressWarnings("ImmutableEnumChecker")
public enum Transition {
  SET_OFFLINE(
      EnumSet.complementOf(EnumSet.of(ADMIN_OFFLINE)),
      ADMIN_OFFLINE,
      f -> f.offline() && !f.designated(),
      "spec.hosts[].offline is true"),
  WRITER_SERVES(
      EnumSet.complementOf(EnumSet.of(ONLINE, ADMIN_OFFLINE)), ONLINE, HostFacts::serves, ""),

  ADMIN_DOWN(ADMIN_OFFLINE, HARD_OFFLINE, f -> !f.offline() && f.down()),
  ADMIN_BROKEN(ADMIN_OFFLINE, REPLICATION_FAIL, f -> !f.offline() && f.broken()),
  ADMIN_BEHIND(ADMIN_OFFLINE, REPLICATION_DELAY, f -> !f.offline() && f.behind()),
  ADMIN_BACK(ADMIN_OFFLINE, ONLINE, f -> !f.offline() && f.fine()),

  ONLINE_DOWN(ONLINE, HARD_OFFLINE, HostFacts::down),
  ONLINE_BROKEN(ONLINE, REPLICATION_FAIL, HostFacts::broken),
  ONLINE_BEHIND(ONLINE, REPLICATION_DELAY, HostFacts::behind),

  HARD_BROKEN(HARD_OFFLINE, REPLICATION_FAIL, HostFacts::broken),
  HARD_BEHIND(HARD_OFFLINE, REPLICATION_DELAY, HostFacts::behind),
  HARD_BACK(
      HARD_OFFLINE,
      AWAITING_RECOVERY,
      f -> f.fine() || (f.up() && !f.writerServes()),
      "it was down and is fine again"),

  AWAITING_DOWN(AWAITING_RECOVERY, HARD_OFFLINE, HostFacts::down),
  AWAITING_SET_ONLINE(AWAITING_RECOVERY, ONLINE, f -> f.fine() && f.setOnline()),
  AWAITING_SHORT(
      AWAITING_RECOVERY, ONLINE, f -> f.fine() && !f.flapping() && f.fell() && f.wasShort()),
  AWAITING_AUTO(AWAITING_RECOVERY, ONLINE, f -> f.fine() && !f.flapping() && f.waited()),
  AWAITING_QUIET(AWAITING_RECOVERY, ONLINE, f -> f.fine() && f.flapping() && f.quiet()),

  FAIL_DOWN(REPLICATION_FAIL, HARD_OFFLINE, HostFacts::down),
  FAIL_BEHIND(REPLICATION_FAIL, REPLICATION_DELAY, HostFacts::behind),
  FAIL_FLAPPING(
      REPLICATION_FAIL,
      AWAITING_RECOVERY,
      f -> f.fine() && f.flapping(),
      "it is flapping and waits for set-online"),
  FAIL_FELL(
      REPLICATION_FAIL,
      AWAITING_RECOVERY,
      f -> f.fine() && f.fell(),
      "it was down and is fine again"),
  FAIL_MENDED(REPLICATION_FAIL, ONLINE, HostFacts::fine),

  DELAY_DOWN(REPLICATION_DELAY, HARD_OFFLINE, HostFacts::down),
  DELAY_BROKEN(REPLICATION_DELAY, REPLICATION_FAIL, HostFacts::broken),
  DELAY_FLAPPING(
      REPLICATION_DELAY,
      AWAITING_RECOVERY,
      f -> f.fine() && f.flapping(),
      "it is flapping and waits for set-online"),
  DELAY_FELL(
      REPLICATION_DELAY,
      AWAITING_RECOVERY,
      f -> f.fine() && f.fell(),
      "it was down and is fine again"),
  DELAY_CAUGHT_UP(REPLICATION_DELAY, ONLINE, HostFacts::fine);

  private final Set<HostState> from;
  private final HostState to;
  private final Predicate<HostFacts> when;
  private final String why;

  Transition(HostState from, HostState to, Predicate<HostFacts> when) {
    this(EnumSet.of(from), to, when, "");
  }

  Transition(HostState from, HostState to, Predicate<HostFacts> when, String why) {
    this(EnumSet.of(from), to, when, why);
  }

  Transition(Set<HostState> from, HostState to, Predicate<HostFacts> when, String why) {
    this.from = from;
    this.to = to;
    this.when = when;
    this.why = why;
  }

  /** The states that it leads out of. */
  public Set<HostState> from() {
    return Set.copyOf(from);
  }

  /** The state that it leads to. */
  public HostState to() {
    return to;
  }

  /** The one that fits; empty: the host stays as it is. */
  static Optional<Transition> of(HostFacts facts) {
    for (Transition transition : values()) {
      if (transition.from.contains(facts.life().state()) && transition.when.test(facts)) {
        return Optional.of(transition);
      }
    }
    return Optional.empty();
  }

  /** Why the host is in its new state; empty when that is ONLINE. */
  String reason(HostFacts facts) {
    if (to == ONLINE) {
      return "";
    }
    return why.isEmpty() ? facts.failure() : why;
  }
}
