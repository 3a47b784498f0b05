package io.mysqlmmm.operator.observe;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as the API writes them: a whole number and one of ms, s, m; 0s for none. */
final class Durations {
  private static final Pattern FORM = Pattern.compile("(0(?=s$)|[1-9][0-9]{0,5})(ms|s|m|h)");

  private Durations() {}

  /** The duration, or empty when {@code text} is none. */
  static Optional<Duration> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(number);
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          default -> Duration.ofHours(number);
        });
  }
}
