package io.mysqlmmm.kubectl.legacy;

import java.util.Arrays;
import java.util.List;

/**
 * {@code name value}, as it stands in a file.
 *
 * @param value without blanks around it; never empty
 */
record Setting(String name, String value, Source at) {
  /** The value as MMM's comma list, without empty items. */
  List<String> list() {
    return Arrays.stream(value.split(",", -1))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }
}
