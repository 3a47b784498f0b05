package io.mysqlmmm.operator.observe;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The default of a duration of spec.monitor, and between what it may be. */
record Bounds(Literal absent, Literal least, Literal most) {

  /** A duration as it is written. */
  record Literal(String text, Duration value) {
    static Literal of(String text) {
      return new Literal(text, Durations.parse(text).orElseThrow());
    }
  }

  static Bounds of(String absent, String least, String most) {
    return new Bounds(Literal.of(absent), Literal.of(least), Literal.of(most));
  }

  /** The duration given for spec.monitor.{@code name}, or the default; out of bounds: a problem. */
  Duration read(String name, @Nullable String text, Problems problems) {
    if (text == null) {
      return absent.value();
    }
    Optional<Duration> parsed = Durations.parse(text);
    if (parsed.filter(this::contain).isEmpty()) {
      problems.add(
          "spec.monitor." + name,
          "OutOfBounds",
          "%s \"%s\" is out of bounds: give a duration from %s to %s, such as %s"
              .formatted(name, text, least.text(), most.text(), absent.text()));
    }
    return parsed.orElse(absent.value());
  }

  private boolean contain(Duration duration) {
    return duration.compareTo(least.value()) >= 0 && duration.compareTo(most.value()) <= 0;
  }
}
