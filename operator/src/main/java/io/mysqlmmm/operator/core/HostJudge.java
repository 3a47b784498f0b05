package io.mysqlmmm.operator.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Leads a host from state to state. Pure. */
final class HostJudge {
  /** A pod's 60 s to end (HostPod), and the time until that is seen. */
  private static final Duration EXPECTED = Duration.ofMinutes(2);

  private HostJudge() {}

  /**
   * The host's life from now on: the transition that fits is taken, one at a time, and a request to
   * set it online is answered.
   *
   * @param request when somebody asked to set it online; empty: nobody did, or it was answered
   */
  static HostLife judge(HostFacts facts, Optional<String> request) {
    Optional<Transition> fits = Transition.of(facts);
    HostLife taken = fits.map(t -> take(t, facts)).orElse(facts.life());
    HostLife booted =
        taken.online() && !facts.bootId().isEmpty() ? remembering(taken, facts.bootId()) : taken;
    HostLife judged = booted.expecting(expected(facts, booted));
    return request.flatMap(time -> answer(facts, judged, time)).orElse(judged);
  }

  /** Kept as it is while it lasts: each change of it is a write of the status. */
  private static Optional<Instant> expected(HostFacts facts, HostLife life) {
    Optional<Instant> lasting = life.expectedUntil().filter(facts.now()::isBefore);
    return lasting.isPresent() || !facts.onPurpose()
        ? lasting
        : Optional.of(facts.now().plus(EXPECTED));
  }

  private static HostLife take(Transition transition, HostFacts facts) {
    HostLife life = facts.life();
    HostState to = transition.to();
    boolean drops = life.online() && to != HostState.ADMIN_OFFLINE && !facts.expected();
    Flaps flaps =
        drops
            ? life.flaps()
                .left(facts.now(), facts.policy().flapCount(), facts.policy().flapDuration())
            : life.flaps();
    Optional<Instant> downSince =
        switch (to) {
          case ONLINE -> Optional.empty();
          case HARD_OFFLINE -> life.downSince().or(() -> Optional.of(facts.now()));
          case ADMIN_OFFLINE, AWAITING_RECOVERY, REPLICATION_FAIL, REPLICATION_DELAY ->
              life.downSince();
        };
    return new HostLife(
        to,
        transition.name(),
        transition.reason(facts),
        facts.now(),
        flaps,
        downSince,
        life.bootId(),
        life.answered(),
        to == HostState.ONLINE ? Optional.empty() : life.expectedUntil());
  }

  private static HostLife remembering(HostLife life, String bootId) {
    return new HostLife(
        life.state(),
        life.rule(),
        life.reason(),
        life.since(),
        life.flaps(),
        life.downSince(),
        bootId,
        life.answered(),
        life.expectedUntil());
  }

  /** What became of a request; empty: it cannot be told yet. */
  private static Optional<HostLife> answer(HostFacts facts, HostLife life, String time) {
    if (facts.offline()) {
      return Optional.of(
          life.answering(
              new HostLife.Answered(
                  time, "Refused: spec.hosts[].offline is true; remove it, too")));
    }
    if (life.online()) {
      return Optional.of(
          life.forgiven().answering(new HostLife.Answered(time, "Done: it is ONLINE")));
    }
    return switch (life.state()) {
      case ONLINE -> Optional.empty();
      case HARD_OFFLINE ->
          Optional.of(
              life.answering(
                  new HostLife.Answered(time, "Refused: it is HARD_OFFLINE: " + life.reason())));
      case REPLICATION_FAIL, REPLICATION_DELAY ->
          Optional.of(
              life.forgiven()
                  .answering(
                      new HostLife.Answered(
                          time,
                          "Done: its flaps are forgotten; it is %s: %s"
                              .formatted(life.state(), life.reason()))));
      // Until its replication was looked at.
      case ADMIN_OFFLINE, AWAITING_RECOVERY -> Optional.empty();
    };
  }
}
