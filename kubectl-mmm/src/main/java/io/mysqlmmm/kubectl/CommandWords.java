package io.mysqlmmm.kubectl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The words after a verb, as far as they go. Unlike a parse it takes an unfinished command line.
 *
 * @param parameters words that are neither options nor their values
 * @param cluster the options, with their values, that say which cluster and namespace
 * @param pending the option whose value comes next
 */
record CommandWords(List<String> parameters, List<String> cluster, Optional<OptionSpec> pending) {
  CommandWords {
    parameters = List.copyOf(parameters);
    cluster = List.copyOf(cluster);
  }

  static CommandWords of(CommandSpec verb, List<String> words) {
    CommandSpec clusterOptions = CommandSpec.create();
    ClusterOptions.addTo(clusterOptions);
    List<String> parameters = new ArrayList<>();
    List<String> cluster = new ArrayList<>();
    Optional<OptionSpec> pending = Optional.empty();
    for (String word : words) {
      if (pending.isPresent()) {
        if (clusterOptions.findOption(pending.get().longestName()) != null) {
          cluster.addAll(List.of(pending.get().longestName(), word));
        }
        pending = Optional.empty();
      } else if (word.startsWith("-")) {
        String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
        Optional<OptionSpec> option = Optional.ofNullable(verb.findOption(name));
        pending = word.contains("=") ? Optional.empty() : option.filter(o -> o.arity().max() > 0);
        if (pending.isEmpty() && clusterOptions.findOption(name) != null) {
          cluster.add(word);
        }
      } else {
        parameters.add(word);
      }
    }
    return new CommandWords(parameters, cluster, pending);
  }
}
