package io.mysqlmmm.kubectl;

import io.mysqlmmm.kubectl.cluster.ClusterException;
import io.mysqlmmm.kubectl.cluster.ClusterException.Kind;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Looks again every second and prints what has changed, until the process is ended. What comes and
 * goes within a second is not seen. Once it runs, an API server out of reach is said once and
 * waited for.
 */
final class Follow {
  private static final String WATCH = "--watch";
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final Console console;
  private final Time time;

  /**
   * Something that is printed by itself.
   *
   * @param identity changes when it is to be printed again
   */
  record Piece(String identity, String text) {}

  /** Where it looks. */
  interface Source {
    List<Piece> look() throws ClusterException;
  }

  Follow(Console console, Time time) {
    this.console = console;
    this.time = time;
  }

  static void addTo(CommandSpec spec) {
    spec.addOption(
        OptionSpec.builder("-w", WATCH)
            .description("Go on and print again what has changed, until Ctrl-C.")
            .build());
  }

  static boolean isAsked(ParseResult line) {
    return line.hasMatchedOption(WATCH);
  }

  /** A text that is printed again as a whole, set off by an empty line. */
  static List<Piece> whole(String text) {
    return List.of(new Piece(text, text + "\n"));
  }

  ExitStatus run(Source source) throws ClusterException {
    List<Piece> pieces = source.look();
    Set<String> printed = new HashSet<>();
    boolean away = false;
    while (true) {
      print(pieces, printed);
      printed.clear();
      pieces.forEach(piece -> printed.add(piece.identity()));
      try {
        time.pause(PERIOD);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return ExitStatus.DONE;
      }
      try {
        pieces = source.look();
        away = false;
      } catch (ClusterException e) {
        if (e.kind() != Kind.UNREACHABLE && e.kind() != Kind.SERVER) {
          throw e;
        }
        if (!away) {
          console.err().println("# Warning: " + e.sentence());
          console.err().flush();
        }
        away = true;
      }
    }
  }

  private void print(List<Piece> pieces, Set<String> printed) {
    for (Piece piece : pieces) {
      if (!printed.contains(piece.identity())) {
        console.out().print(piece.text());
      }
    }
    console.out().flush();
  }
}
