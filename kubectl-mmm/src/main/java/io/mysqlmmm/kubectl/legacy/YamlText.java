package io.mysqlmmm.kubectl.legacy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Values and comments as YAML. */
final class YamlText {
  /** The column that comments keep to. */
  private static final int WIDTH = 100;

  /** What is a string without quotes to every YAML reader, in flow style too. */
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z][A-Za-z0-9._-]*|\\d{1,3}(\\.\\d{1,3}){3}|\\d+(ms|s|m)");

  private static final Pattern NUMBER = Pattern.compile("\\d+");

  /** Words that some YAML reader takes for something else. */
  private static final Set<String> RESERVED =
      Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf");

  private YamlText() {}

  static String string(String text) {
    boolean plain =
        PLAIN.matcher(text).matches() && !RESERVED.contains(text.toLowerCase(Locale.ROOT));
    return plain ? text : "'" + text.replace("'", "''") + "'";
  }

  static String list(List<String> items) {
    return items.stream().map(YamlText::string).collect(Collectors.joining(", ", "[", "]"));
  }

  /** In one line; the values are YAML already. */
  static String map(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> field.getKey() + ": " + field.getValue())
        .collect(Collectors.joining(", ", "{", "}"));
  }

  /** The text, whole numbers without quotes. */
  static String scalar(String text) {
    return NUMBER.matcher(text).matches() ? text : string(text);
  }

  /** The text as comment lines, wrapped, each behind the indent. */
  static String comment(String indent, String text) {
    StringBuilder lines = new StringBuilder();
    StringBuilder line = new StringBuilder(indent).append('#');
    for (String word : text.split(" ", -1)) {
      boolean full = line.length() + 1 + word.length() > WIDTH;
      if (full && line.length() > indent.length() + 3) {
        lines.append(line).append('\n');
        line = new StringBuilder(indent).append("#  ");
      }
      line.append(' ').append(word);
    }
    return lines.append(line).append('\n').toString();
  }
}
