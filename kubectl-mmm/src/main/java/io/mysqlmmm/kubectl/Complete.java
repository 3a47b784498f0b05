package io.mysqlmmm.kubectl;

import io.mysqlmmm.kubectl.cluster.ApiPairs;
import io.mysqlmmm.kubectl.cluster.ApiServer;
import io.mysqlmmm.kubectl.cluster.ClusterException;
import io.mysqlmmm.kubectl.cluster.Environment;
import io.mysqlmmm.kubectl.cluster.Pair;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Answers a shell, as kubectl asks {@code kubectl_complete-mmm}: a line for each candidate, a tab
 * before what it is, and last how to go on ({@code :4} with these alone, {@code :0} with files
 * too).
 *
 * @see <a href="https://github.com/kubernetes/sample-cli-plugin#shell-completion">Shell completion
 *     of plugins</a>
 */
final class Complete {
  /** In place of a verb; the verbs' own parsing does not apply to what follows. */
  static final String WORD = "__complete";

  /** A person waits for it: better no names than late ones. */
  private static final Duration WITHIN = Duration.ofSeconds(1);

  private static final String ONLY_THESE = ":4";
  private static final String FILES_TOO = ":0";

  private final Environment environment;
  private final Console console;

  Complete(Environment environment, Console console) {
    this.environment = environment;
    this.console = console;
  }

  ExitStatus run(CommandSpec root, List<String> words) {
    Completion.Candidates found = new Completion(root, this::pairs).complete(words);
    for (Completion.Candidate candidate : found.all()) {
      console
          .out()
          .println(
              candidate.description().isEmpty()
                  ? candidate.value()
                  : candidate.value() + "\t" + candidate.description());
    }
    console.out().println(found.files() ? FILES_TOO : ONLY_THESE);
    return ExitStatus.DONE;
  }

  private List<Pair> pairs(List<String> line) {
    CommandSpec options = CommandSpec.create();
    ClusterOptions.addTo(options);
    try {
      ParseResult parsed = new CommandLine(options).parseArgs(line.toArray(new String[0]));
      try (ApiServer server = ClusterOptions.connect(environment, parsed, WITHIN)) {
        return new ApiPairs(server).list(ClusterOptions.namespace(server, parsed));
      }
    } catch (ClusterException | ParameterException e) {
      // There is nothing to complete to then, and a shell has no place for a sentence.
      return List.of();
    }
  }
}
