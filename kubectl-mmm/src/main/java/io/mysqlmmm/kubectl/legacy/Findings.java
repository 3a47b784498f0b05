package io.mysqlmmm.kubectl.legacy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is wrong with the files, and what there is to say about them. Each is kept once. */
final class Findings {
  private final Set<String> errors = new LinkedHashSet<>();
  private final Set<Remark> remarks = new LinkedHashSet<>();
  private final Map<Fate, Set<String>> fates = new EnumMap<>(Fate.class);
  private final Set<String> worldReadable = new LinkedHashSet<>();

  void error(Source at, String sentence) {
    error(at + ": " + sentence);
  }

  void error(String sentence) {
    errors.add(sentence);
  }

  void note(Place place, String about, String text) {
    remarks.add(new Remark(place, false, about, text));
  }

  void warn(Place place, String about, String text) {
    remarks.add(new Remark(place, true, about, text));
  }

  /** The setting stands in a file. */
  void occurred(String setting, Fate fate) {
    if (fate != Fate.TRANSLATED) {
      fates.computeIfAbsent(fate, _ -> new LinkedHashSet<>()).add(setting);
    }
  }

  /** Everybody on this machine can read the file. */
  void worldReadable(String file) {
    worldReadable.add(file);
  }

  List<String> errors() {
    return List.copyOf(errors);
  }

  /** All remarks of the place, those about settings without a counterpart last. */
  List<Remark> remarks(Place place) {
    return all().stream().filter(remark -> remark.place() == place).toList();
  }

  /** What is to be said on the standard error of an import that succeeds. */
  List<String> warnings(String resource) {
    List<String> warnings = new ArrayList<>();
    for (String file : worldReadable) {
      warnings.add(
          file
              + ": everybody on this machine can read or write this file. MMM refused such a file,"
              + " because passwords stand in it: chmod o= "
              + file);
    }
    all().stream()
        .filter(Remark::warning)
        .map(remark -> remark.sentence(resource))
        .forEach(warnings::add);
    return List.copyOf(warnings);
  }

  private Collection<Remark> all() {
    List<Remark> all = new ArrayList<>(remarks);
    fates.forEach((fate, settings) -> all.add(fate.remark(settings)));
    return all;
  }
}
