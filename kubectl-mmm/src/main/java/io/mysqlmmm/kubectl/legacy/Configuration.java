package io.mysqlmmm.kubectl.legacy;

import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What all files together say. Templates are filled in by {@link #fillFromTemplates}. */
final class Configuration {
  private final Map<Kind, Map<String, Section>> sections = new EnumMap<>(Kind.class);

  /** Nothing yet. */
  Configuration() {
    for (Kind kind : Kind.values()) {
      sections.put(kind, new LinkedHashMap<>());
    }
  }

  /** The section of that name, begun here if it is new. */
  Section section(Kind kind, String name, Source at) {
    return of(kind).computeIfAbsent(name, _ -> new Section(kind, name, at));
  }

  Section global() {
    return section(Kind.GLOBAL, "", new Source(Path.of("-"), 0));
  }

  /** The section without a name of that kind. */
  Optional<Section> only(Kind kind) {
    return Optional.ofNullable(of(kind).get(""));
  }

  Optional<Section> find(Kind kind, String name) {
    return Optional.ofNullable(of(kind).get(name));
  }

  /** All of that kind in the order of the files, templates left out once they are filled in. */
  Collection<Section> all(Kind kind) {
    return of(kind).values();
  }

  /** Gives each section what its kind's template sets and it does not; the templates then go. */
  void fillFromTemplates() {
    for (Kind kind : Kind.values()) {
      Section template = kind.hasTemplate() ? of(kind).remove(Kind.TEMPLATE) : null;
      if (template == null) {
        continue;
      }
      if (kind == Kind.CHECK) {
        Checks.names().forEach(name -> section(kind, name, template.at()));
      }
      of(kind).values().forEach(section -> section.fillFrom(template));
    }
  }

  private Map<String, Section> of(Kind kind) {
    return sections.computeIfAbsent(kind, _ -> new LinkedHashMap<>());
  }
}
