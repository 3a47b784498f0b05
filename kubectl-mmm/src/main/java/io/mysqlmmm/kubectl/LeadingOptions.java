package io.mysqlmmm.kubectl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Lets the options that say which cluster stand before the verb too, as kubectl does. */
final class LeadingOptions {
  private LeadingOptions() {}

  /** The same command line with such options right behind the verb; else as it is. */
  static List<String> behindVerb(List<String> line) {
    if (line.isEmpty() || !line.getFirst().startsWith("-")) {
      return line;
    }
    CommandSpec known = CommandSpec.create();
    ClusterOptions.addTo(known);
    int verb = 0;
    while (verb < line.size() && line.get(verb).startsWith("-")) {
      String[] word = line.get(verb).split("=", 2);
      Optional<OptionSpec> option = Optional.ofNullable(known.findOption(word[0]));
      if (option.isEmpty()) {
        return line;
      }
      boolean valueFollows = word.length == 1 && option.get().arity().max() > 0;
      verb += valueFollows ? 2 : 1;
    }
    if (verb >= line.size()) {
      return line;
    }
    List<String> ordered = new ArrayList<>();
    ordered.add(line.get(verb));
    ordered.addAll(line.subList(0, verb));
    ordered.addAll(line.subList(verb + 1, line.size()));
    return ordered;
  }
}
