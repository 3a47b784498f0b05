package io.mysqlmmm.kubectl;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** Durations as kubectl takes them: 30s, 1m30s, 500ms, or plain seconds. */
final class Durations {
  private static final Pattern PART = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
  private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

  private Durations() {}

  /** An option that takes a duration. */
  static OptionSpec.Builder option(String name) {
    return OptionSpec.builder(name)
        .paramLabel("DURATION")
        .type(Duration.class)
        .converters(Durations::parse);
  }

  static Duration parse(String text) {
    if (SECONDS.matcher(text).matches()) {
      return Duration.ofSeconds(Long.parseLong(text));
    }
    Duration total = Duration.ZERO;
    int end = 0;
    Matcher part = PART.matcher(text);
    while (part.find() && part.start() == end) {
      total = total.plus(part(Long.parseLong(part.group(1)), part.group(2)));
      end = part.end();
    }
    if (text.isEmpty() || end != text.length()) {
      throw new TypeConversionException(
          "'%s' is not a duration such as 30s, 1m30s or 500ms".formatted(text));
    }
    return total;
  }

  private static Duration part(long value, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(value);
      case "s" -> Duration.ofSeconds(value);
      case "m" -> Duration.ofMinutes(value);
      default -> Duration.ofHours(value);
    };
  }

  /** As an error message names it: whole seconds without a fraction. */
  static String seconds(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? Long.toString(duration.toSeconds())
        : Double.toString(duration.toMillis() / 1000.0);
  }
}
