package io.mysqlmmm.operator.core;

import java.time.Duration;
import java.util.Optional;

/** What is known of something that had to be asked. Not knowing is a value, never a guess (I4). */
public sealed interface Reading<T> {

  /** It answered; {@code at} is when, on the snapshot's clock. */
  record Known<T>(T value, Duration at) implements Reading<T> {}

  /** It did not answer, and has not since {@code since}. */
  record Unreachable<T>(String cause, Duration since) implements Reading<T> {}

  /** The value, when it is known. */
  default Optional<T> known() {
    return this instanceof Known<T>(var value, var _) ? Optional.of(value) : Optional.empty();
  }
}
