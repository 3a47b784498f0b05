package io.mysqlmmm.kubectl.legacy;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The names of hosts or roles here, by their names in MMM. Here they are short DNS labels. */
final class Labels {
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,18}[a-z0-9])?");

  private final Map<String, String> names = new LinkedHashMap<>();

  /** Names for all the sections; a section that can have none is an error. */
  Labels(Collection<Section> sections, Place place, Findings findings) {
    for (Section section : sections) {
      String label = section.name().toLowerCase(Locale.ROOT).replace('_', '-').replace('.', '-');
      if (!LABEL.matcher(label).matches()) {
        findings.error(
            section.at(),
            "%s cannot have that name: give it one of 1 to 20 lower-case letters, digits and dashes"
                .formatted(section));
      } else if (names.containsValue(label)) {
        findings.error(
            section.at(),
            "%s is named '%s' here, as another one is: give it another name"
                .formatted(section, label));
      } else {
        names.put(section.name(), label);
        if (!label.equals(section.name())) {
          findings.warn(place, section.toString(), "is named '%s' here.".formatted(label));
        }
      }
    }
  }

  Optional<String> of(String name) {
    return Optional.ofNullable(names.get(name));
  }
}
