package io.mysqlmmm.operator.kube;

import io.mysqlmmm.shared.agent.Order.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a running mysqld would have to take over to be as another my.cnf wants it. Pure. */
final class MyCnfChange {
  private static final String GROUP = "[mysqld]";

  private MyCnfChange() {}

  /**
   * The settings that differ, by name; one that is gone has no value. Names are as mysqld compares
   * them; of a name that is given twice the last counts.
   */
  static List<Setting> between(String before, String after) {
    Map<String, String> then = settings(before);
    Map<String, String> now = settings(after);
    SortedSet<String> names = new TreeSet<>(then.keySet());
    names.addAll(now.keySet());
    List<Setting> changed = new ArrayList<>();
    for (String name : names) {
      Optional<String> value = Optional.ofNullable(now.get(name));
      if (!value.equals(Optional.ofNullable(then.get(name)))) {
        changed.add(new Setting(name, value));
      }
    }
    return List.copyOf(changed);
  }

  /** Settings of other groups get the group before their name, so that no server knows them. */
  private static Map<String, String> settings(String text) {
    Map<String, String> settings = new TreeMap<>();
    String group = GROUP;
    for (String line : text.lines().toList()) {
      int equals = line.indexOf('=');
      if (line.startsWith("[")) {
        group = line;
      } else if (equals > 0 && !line.startsWith("#")) {
        String name = line.substring(0, equals).toLowerCase(Locale.ROOT).replace('-', '_');
        settings.put(
            group.equals(GROUP) ? name : group + name, unescape(line.substring(equals + 1)));
      }
    }
    return settings;
  }

  /** The reverse of {@link MyCnf#escape}. */
  private static String unescape(String value) {
    return value.length() >= 2 && value.startsWith("\"")
        ? value.substring(1, value.length() - 1).replaceAll("\\\\([\\\\\"])", "$1")
        : value;
  }
}
