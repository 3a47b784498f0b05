package io.mysqlmmm.operator.observe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong while a resource is read. */
final class Problems {
  private final List<Problem> found = new ArrayList<>();

  List<Problem> found() {
    return List.copyOf(found);
  }

  void add(String field, String reason, String sentence) {
    found.add(new Problem(field, reason, sentence));
  }

  /** The one of {@code allowed} that is spelled {@code text}, as MMM's enums are: Active, Wait. */
  <E extends Enum<E>> E choose(String field, @Nullable String text, E absent, Class<E> allowed) {
    if (text == null) {
      return absent;
    }
    E[] constants = allowed.getEnumConstants();
    Optional<E> chosen =
        Arrays.stream(constants).filter(constant -> spelling(constant).equals(text)).findFirst();
    if (chosen.isEmpty()) {
      List<String> spellings = Arrays.stream(constants).map(Problems::spelling).toList();
      add(
          field,
          "UnknownValue",
          "\"%s\" is unknown: use %s".formatted(text, String.join(", ", spellings)));
    }
    return chosen.orElse(absent);
  }

  private static String spelling(Enum<?> constant) {
    String name = constant.name();
    return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
  }
}
