package io.mysqlmmm.operator.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A check of one host, after its trap. Good is taken at once, bad after the trap; what is not known
 * changes nothing and begins the trap anew, as with MMM (MMM Checker.pm).
 *
 * @param outcome as it counts now
 * @param since of the last change of the outcome
 * @param message of the last change of the outcome
 * @param failing since when it has been bad without a break, on the leader's clock
 * @param looked when it was last looked at, on the leader's clock
 */
public record CheckState(
    Outcome outcome,
    Instant since,
    String message,
    Optional<Duration> failing,
    Optional<Duration> looked) {

  /** What a check says. */
  public enum Outcome {
    OK,
    FAILED,
    UNKNOWN
  }

  static CheckState unknown(Instant wall) {
    return new CheckState(
        Outcome.UNKNOWN, wall, "not looked at yet", Optional.empty(), Optional.empty());
  }

  /** The same with its outcome no longer known. */
  CheckState forgotten(Instant wall) {
    return outcome == Outcome.UNKNOWN ? this : unknown(wall);
  }

  /** The state after {@code sample} was found, if it is time for a look or it is certain. */
  CheckState next(Sample sample, CheckRule rule, Duration now, Instant wall) {
    boolean certain = sample instanceof Sample.Bad bad && bad.certain();
    boolean due = looked.filter(l -> now.minus(l).compareTo(rule.period()) < 0).isEmpty();
    return due || certain ? trapped(sample, rule, now, wall) : this;
  }

  private CheckState trapped(Sample sample, CheckRule rule, Duration now, Instant wall) {
    Optional<Duration> look = Optional.of(now);
    return switch (sample) {
      case Sample.Good good -> to(Outcome.OK, good.message(), Optional.empty(), wall, look);
      case Sample.Unknown unknown ->
          outcome == Outcome.UNKNOWN
              ? to(Outcome.UNKNOWN, unknown.message(), Optional.empty(), wall, look)
              : new CheckState(outcome, since, message, Optional.empty(), look);
      case Sample.Bad bad -> {
        Duration began = failing.orElse(now);
        boolean failed = bad.certain() || now.minus(began).compareTo(rule.trap()) >= 0;
        yield failed
            ? to(Outcome.FAILED, bad.message(), Optional.of(began), wall, look)
            : new CheckState(outcome, since, message, Optional.of(began), look);
      }
    };
  }

  private CheckState to(
      Outcome next, String why, Optional<Duration> began, Instant wall, Optional<Duration> look) {
    return next == outcome
        ? new CheckState(outcome, since, message, began, look)
        : new CheckState(next, wall, why, began, look);
  }
}
