package io.mysqlmmm.kubectl;

import io.mysqlmmm.kubectl.cluster.ClusterException;
import io.mysqlmmm.kubectl.cluster.Environment;
import io.mysqlmmm.kubectl.cluster.Pair;
import io.mysqlmmm.kubectl.text.ChecksText;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code checks [HOST|all [CHECK|all]] [NAME]}. */
final class ChecksCommand extends PairCommand {
  private final Console console;

  ChecksCommand(Environment environment, Console console) {
    super(
        environment,
        new Usage(
            "checks",
            List.of("Shows the checks of the hosts, each with its last change."),
            List.of(
                new Parameter("HOST|all", "Only this host. Default: all.", false),
                new Parameter(
                    "CHECK|all",
                    "Only this check: %s. Default: all."
                        .formatted(String.join(", ", ChecksText.NAMES)),
                    false))));
    this.console = console;
  }

  @Override
  void addOptions(CommandSpec spec) {
    Follow.addTo(spec);
  }

  @Override
  ExitStatus run(Call call) throws ClusterException {
    String host = call.parameter(0, ChecksText.ALL);
    String check = call.parameter(1, ChecksText.ALL);
    Optional<Answer> wrong = wrong(call.pair(), host, check);
    if (wrong.isPresent()) {
      return wrong.get().tell(console);
    }
    ChecksText text = new ChecksText(ZoneId.systemDefault());
    if (Follow.isAsked(call.line())) {
      return new Follow(console, Time.SYSTEM)
          .run(() -> Follow.whole(text.render(call.pairs().get(call.pair().key()), host, check)));
    }
    String lines = text.render(call.pair(), host, check);
    console.out().print(lines);
    if (lines.isEmpty()) {
      console.err().println("No check of %s is in the status yet.".formatted(call.pair().key()));
    }
    return ExitStatus.DONE;
  }

  /** MMM's words and order. */
  private static Optional<Answer> wrong(Pair pair, String host, String check) {
    if (!check.equals(ChecksText.ALL) && !ChecksText.NAMES.contains(check)) {
      return Optional.of(Answer.refused("Unknown check '%s'!".formatted(check)));
    }
    return host.equals(ChecksText.ALL) ? Optional.empty() : HostWords.unknown(pair, host);
  }
}
