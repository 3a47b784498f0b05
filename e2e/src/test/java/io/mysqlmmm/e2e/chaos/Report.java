package io.mysqlmmm.e2e.chaos;

import io.mysqlmmm.e2e.Command;
import io.mysqlmmm.e2e.Lab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** What a campaign, or a benchmark, says: printed line by line, and kept in a file at its end. */
public final class Report {
  private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  private final List<String> lines = new ArrayList<>();

  public void say(String line) {
    System.out.println(line);
    lines.add(line);
  }

  /**
   * Returns the file, which is new.
   *
   * @param where the directory, relative to the project's root
   * @param kind the beginning of the file's name
   */
  public Path keep(String where, String kind) throws IOException {
    Path directory = Files.createDirectories(Lab.root().resolve(where));
    String now = LocalDateTime.now(ZoneOffset.UTC).format(NAME);
    Path file = directory.resolve(kind + "-" + now + ".txt");
    List<String> all = new ArrayList<>(List.of(commit(), machine(), ""));
    all.addAll(lines);
    return Files.write(file, all);
  }

  private static String commit() {
    String root = Lab.root().toString();
    Command head = Command.run("git", "-C", root, "rev-parse", "--short=12", "HEAD");
    Command changes = Command.run("git", "-C", root, "status", "--porcelain");
    return "commit "
        + (head.exit() == 0 ? head.output() : "unknown")
        + (changes.output().isEmpty() ? "" : ", with changes");
  }

  private static String machine() {
    return "machine %d processors, %s, Linux %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            Command.run("sh", "-c", "grep -m1 MemTotal /proc/meminfo | tr -s ' '").output(),
            System.getProperty("os.version"));
  }
}
