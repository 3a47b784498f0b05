package io.mysqlmmm.kubectl.legacy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads values by their type. What cannot be read is an error and gives an empty answer. */
final class Values {
  private static final Pattern SECONDS = Pattern.compile("\\d{1,9}(\\.\\d{1,3})?");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
  private static final List<String> TRUE = List.of("true", "yes", "1", "on");
  private static final List<String> FALSE = List.of("false", "no", "0", "off");
  private static final int MAX_PORT = 65535;

  private final Findings findings;

  Values(Findings findings) {
    this.findings = findings;
  }

  /**
   * What the API takes, in milliseconds.
   *
   * @param text as a sentence names it
   */
  record Bounds(long min, long max, String text) {}

  /** A number of seconds as the API writes durations; out of bounds it becomes the bound. */
  Optional<String> seconds(Setting setting, Bounds bounds, Place place) {
    if (!SECONDS.matcher(setting.value()).matches()) {
      return wrong(setting, "is no number of seconds");
    }
    long asked = new BigDecimal(setting.value()).movePointRight(3).longValue();
    long taken = Math.clamp(asked, bounds.min(), bounds.max());
    if (asked != taken) {
      findings.warn(
          place,
          setting.name(),
          "%s s (%s) became %s: %s is what is allowed."
              .formatted(setting.value(), setting.at(), text(taken), bounds.text()));
    }
    return Optional.of(text(taken));
  }

  private static String text(long millis) {
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }

  Optional<Integer> number(Setting setting, int max) {
    if (!NUMBER.matcher(setting.value()).matches() || Integer.parseInt(setting.value()) > max) {
      return wrong(setting, "is no whole number from 0 to " + max);
    }
    return Optional.of(Integer.parseInt(setting.value()));
  }

  Optional<Integer> port(Setting setting) {
    Optional<Integer> port = number(setting, MAX_PORT);
    return port.isPresent() && port.get() == 0 ? wrong(setting, "is no port") : port;
  }

  /** true, yes, 1 or on; false, no, 0 or off. */
  Optional<Boolean> bool(Setting setting) {
    String value = setting.value().toLowerCase(Locale.ROOT);
    if (TRUE.contains(value)) {
      return Optional.of(true);
    }
    return FALSE.contains(value)
        ? Optional.of(false)
        : wrong(setting, "is neither yes (true, 1, on) nor no (false, 0, off)");
  }

  /** One of the words, as MMM spelled them: in lower case. */
  Optional<String> word(Setting setting, List<String> words) {
    return words.contains(setting.value())
        ? Optional.of(setting.value())
        : wrong(setting, "is none of " + String.join(", ", words));
  }

  /** The setting, which the section must have. */
  Optional<Setting> required(Section section, String setting) {
    Optional<Setting> found = section.get(setting);
    if (found.isEmpty()) {
      findings.error(
          section.at(), "%s has no '%s': add it, as MMM needed it too".formatted(section, setting));
    }
    return found;
  }

  private <T> Optional<T> wrong(Setting setting, String what) {
    findings.error(
        setting.at(), "%s '%s' %s: correct it".formatted(setting.name(), setting.value(), what));
    return Optional.empty();
  }
}
