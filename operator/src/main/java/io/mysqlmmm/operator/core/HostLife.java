package io.mysqlmmm.operator.core;

import java.time.Instant;
import java.util.Optional;

/**
 * The life of one host as the monitor tells it: its state, how it got there, and what must be
 * remembered to judge its return. It is kept in status, so a new leader goes on with it.
 *
 * @param rule the {@link Transition} that led here, or NEW_HOST
 * @param reason in words; empty when ONLINE
 * @param flaps how it leaves and returns
 * @param downSince when it was last ONLINE before it went down; empty: it has been back since
 * @param bootId boot of its machine when it was last ONLINE; empty: never
 * @param answered the last request to set it online that was dealt with, and what became of it
 * @param expectedUntil until when leaving ONLINE is what the operator itself, or a person, brings
 *     about, and is no flap; empty: nothing of the kind is under way
 */
public record HostLife(
    HostState state,
    String rule,
    String reason,
    Instant since,
    Flaps flaps,
    Optional<Instant> downSince,
    String bootId,
    Optional<Answered> answered,
    Optional<Instant> expectedUntil) {

  /** The rule of a host that nobody has judged yet. */
  public static final String NEW_HOST = "NEW_HOST";

  /** A request to set it online, by its time, and its outcome in words. */
  public record Answered(String requestedAt, String outcome) {}

  /** A host never seen before, as MMM has it: it awaits recovery. */
  public static HostLife fresh(Instant now) {
    return new HostLife(
        HostState.AWAITING_RECOVERY,
        NEW_HOST,
        "it was not seen ONLINE yet",
        now,
        Flaps.NONE,
        Optional.empty(),
        "",
        Optional.empty(),
        Optional.empty());
  }

  /** Whether it may hold roles. */
  public boolean online() {
    return state == HostState.ONLINE;
  }

  /** The same with a request dealt with. */
  HostLife answering(Answered request) {
    return new HostLife(
        state, rule, reason, since, flaps, downSince, bootId, Optional.of(request), expectedUntil);
  }

  /** The same with its flaps forgotten. */
  HostLife forgiven() {
    return new HostLife(
        state, rule, reason, since, Flaps.NONE, downSince, bootId, answered, expectedUntil);
  }

  /** The same with another time until which its leaving ONLINE is expected. */
  HostLife expecting(Optional<Instant> until) {
    return new HostLife(state, rule, reason, since, flaps, downSince, bootId, answered, until);
  }
}
