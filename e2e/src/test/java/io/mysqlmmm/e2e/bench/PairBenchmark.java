package io.mysqlmmm.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.e2e.PairUnderTest;
import io.mysqlmmm.e2e.chaos.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Run by `make bench`, never by the tests. It fails when an acknowledged row is lost. */
class PairBenchmark {
  private final Report report = new Report();
  private final List<BenchTable.Row> rows = new ArrayList<>();

  @Test
  void measures() throws Exception {
    Settings settings = Settings.from(System.getenv());
    List<Case> cases = Cases.of(settings);
    try (Ground ground = Ground.prepare()) {
      try {
        for (Case one : cases) {
          measure(one, ground, settings.runs());
        }
        assertThat(countLost(ground)).as("acknowledged rows that a host lacks").isZero();
      } finally {
        report.say(System.lineSeparator() + BenchTable.render(rows));
        System.out.println("kept in " + report.keep(settings.results(), "bench"));
      }
    }
  }

  private void measure(Case one, Ground ground, int runs) throws Exception {
    String before = load();
    List<Figure> figures = one.measure(ground, runs);
    String load = "%s-%s".formatted(before, load());
    for (Figure figure : figures) {
      rows.add(new BenchTable.Row(figure, load));
      System.out.printf("%s: %s%n", figure.what(), figure.measured());
    }
  }

  /** Of both hosts. */
  private int countLost(Ground ground) throws Exception {
    ground.awaitWell();
    ground.clients().close();
    ground.pair().awaitCaughtUp();
    int lost = 0;
    for (String host : PairUnderTest.HOSTS) {
      lost += ground.clients().lostAt(host).size();
    }
    int all = ground.clients().acknowledged();
    rows.add(
        new BenchTable.Row(
            new Figure(
                "lost acknowledged writes", "0", "%d of %d".formatted(lost, all), 1, "MMM: lost"),
            load()));
    return lost;
  }

  /** Of the last minute. */
  private static String load() throws IOException {
    return Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0];
  }
}
