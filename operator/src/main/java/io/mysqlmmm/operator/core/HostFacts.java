package io.mysqlmmm.operator.core;

import io.mysqlmmm.operator.core.CheckState.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a host's state is judged by.
 *
 * @param life its state until now
 * @param checks MMM's four, after their traps
 * @param offline whether somebody wants it offline
 * @param designated whether the ledger names it as the writer
 * @param serves whether it serves as the writer
 * @param writerServes whether a writer serves, be it another host
 * @param setOnline whether somebody asked to set it online
 * @param onPurpose whether it is being taken out of service on purpose
 * @param bootId boot of its machine now; empty: not known
 * @param policy how returns are judged
 */
record HostFacts(
    HostLife life,
    Map<Check, CheckState> checks,
    boolean offline,
    boolean designated,
    boolean serves,
    boolean writerServes,
    boolean setOnline,
    boolean onPurpose,
    String bootId,
    Topology.Policy policy,
    Instant now) {
  /** MMM: a host that was away for less comes back by itself (Monitor.pm, _check_host_states). */
  private static final Duration SHORT = Duration.ofSeconds(60);

  private boolean is(Check check, Outcome outcome) {
    CheckState state = checks.get(check);
    return state != null && state.outcome() == outcome;
  }

  /** Failed, or on the way to it. */
  private boolean isBad(Check check) {
    CheckState state = checks.get(check);
    return state != null && (state.outcome() == Outcome.FAILED || state.failing().isPresent());
  }

  boolean up() {
    return is(Check.PING, Outcome.OK) && is(Check.MYSQL, Outcome.OK);
  }

  /** A writer that was seen to serve is not down, whatever an older look has found. */
  boolean down() {
    return !serves && isDown();
  }

  private boolean isDown() {
    return is(Check.PING, Outcome.FAILED) || is(Check.MYSQL, Outcome.FAILED);
  }

  /** Its replication is not judged while it is the writer, or while there is none (MMM). */
  boolean broken() {
    return up() && writerServes && !designated && is(Check.REP_THREADS, Outcome.FAILED);
  }

  boolean behind() {
    return up()
        && writerServes
        && !designated
        && is(Check.REP_THREADS, Outcome.OK)
        && is(Check.REP_BACKLOG, Outcome.FAILED);
  }

  /** Up, and replicating well, as far as that is known. */
  boolean fine() {
    return up() && (serves || (is(Check.REP_THREADS, Outcome.OK) && !isBad(Check.REP_BACKLOG)));
  }

  /** It went down since it was last ONLINE. */
  boolean fell() {
    return life.downSince().isPresent();
  }

  /** Whether its leaving ONLINE now is no flap. */
  boolean expected() {
    return onPurpose || life.expectedUntil().filter(now::isBefore).isPresent();
  }

  boolean flapping() {
    return life.flaps().flapping();
  }

  /** It was away for less than a minute, and its machine was not started anew. */
  boolean wasShort() {
    return !bootId.isEmpty()
        && life.bootId().equals(bootId)
        && life.downSince().filter(s -> now.isBefore(s.plus(SHORT))).isPresent();
  }

  /** It has waited long enough to come back by itself. */
  boolean waited() {
    return policy
        .autoSetOnline()
        .filter(wait -> !now.isBefore(life.since().plus(wait)))
        .isPresent();
  }

  /** Nothing has changed for as long as flaps are remembered. */
  boolean quiet() {
    return policy.autoSetOnline().isPresent()
        && checks.entrySet().stream()
            .filter(e -> Check.OF_MMM.contains(e.getKey()))
            .noneMatch(e -> now.isBefore(e.getValue().since().plus(policy.flapDuration())));
  }

  /** The message of the first check that failed. */
  String failure() {
    for (Check check : Check.OF_MMM) {
      if (is(check, Outcome.FAILED)) {
        return Optional.ofNullable(checks.get(check)).map(CheckState::message).orElse("");
      }
    }
    return "";
  }
}
