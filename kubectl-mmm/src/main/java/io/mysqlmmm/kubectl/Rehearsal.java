package io.mysqlmmm.kubectl;

import io.mysqlmmm.kubectl.cluster.Environment;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Runs several command lines in one JVM, so that the build can record in one go which classes the
 * plugin needs (its AOT cache). Ends with status 1 at the first that fails. Not for users.
 */
final class Rehearsal {
  /** Stands between two command lines. */
  private static final String THEN = "--then";

  private Rehearsal() {}

  public static void main(String[] args) {
    Console console =
        new Console(
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    List<String> rest = Arrays.asList(args);
    while (!rest.isEmpty()) {
      int end = rest.contains(THEN) ? rest.indexOf(THEN) : rest.size();
      String[] line = rest.subList(0, end).toArray(new String[0]);
      int status = Main.run(Environment.ofProcess(), console, line);
      if (status != ExitStatus.DONE.code()) {
        console.err().println("failed with status " + status + ": " + String.join(" ", line));
        System.exit(ExitStatus.REFUSED.code());
      }
      rest = rest.subList(Math.min(end + 1, rest.size()), rest.size());
    }
  }
}
