package io.mysqlmmm.kubectl.legacy;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One section with its settings; where it is given several times, what is read last wins. */
final class Section {
  private final Kind kind;
  private final String name;
  private final Source at;
  private final Map<String, Setting> settings = new LinkedHashMap<>();

  /**
   * An empty section.
   *
   * @param name empty where the kind has none
   * @param at where it begins for the first time
   */
  Section(Kind kind, String name, Source at) {
    this.kind = kind;
    this.name = name;
    this.at = at;
  }

  Kind kind() {
    return kind;
  }

  String name() {
    return name;
  }

  Source at() {
    return at;
  }

  void put(Setting setting) {
    settings.put(setting.name(), setting);
  }

  /** Takes from the template what this section does not set itself. */
  void fillFrom(Section template) {
    template.settings.forEach(settings::putIfAbsent);
  }

  Optional<Setting> get(String setting) {
    return Optional.ofNullable(settings.get(setting));
  }

  Collection<Setting> settings() {
    return List.copyOf(settings.values());
  }

  @Override
  public String toString() {
    return name.isEmpty() ? kind.toString() : "<" + kind.keyword() + " " + name + ">";
  }
}
