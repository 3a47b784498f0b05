package io.mysqlmmm.e2e.bench;

import java.util.ArrayList;
import java.util.List;

/** The table at the end, for people and for Markdown. Pure. */
final class BenchTable {
  /** A figure, and the machine's load average over a minute while it was measured, or a range. */
  record Row(Figure figure, String load) {}

  private static final String ROW = "| %s | %s | %s | %s | %s | %s |%n";

  private BenchTable() {}

  static String render(List<Row> rows) {
    List<String> lines = new ArrayList<>();
    lines.add(ROW.formatted("case", "target", "measured", "runs", "load", "MMM here, or others"));
    lines.add(ROW.formatted("---", "---", "---", "---", "---", "---"));
    for (Row row : rows) {
      Figure figure = row.figure();
      lines.add(
          ROW.formatted(
              figure.what(),
              figure.target(),
              figure.measured(),
              figure.runs(),
              row.load(),
              figure.others()));
    }
    return String.join("", lines);
  }
}
