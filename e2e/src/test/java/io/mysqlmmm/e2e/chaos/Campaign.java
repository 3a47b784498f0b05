package io.mysqlmmm.e2e.chaos;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The runs one after another, and what is to be judged over all of them. A run that ends in a state
 * that asks for a person ends the campaign for the data written so far: the pair is set up anew.
 */
final class Campaign implements AutoCloseable {
  private final Settings settings;
  private final Consumer<String> out;
  private final Stage stage;
  private final List<RunResult> results = new ArrayList<>();
  private final List<String> violations = new ArrayList<>();
  private boolean complete;

  /** Runs whose data are still on the hosts. */
  private final List<RunResult> standing = new ArrayList<>();

  Campaign(Settings settings, Consumer<String> out) throws SQLException, IOException {
    this.settings = settings;
    this.out = out;
    this.stage = Stage.set(out);
  }

  /** Performs the runs, until one ends in no named state. */
  void perform() throws SQLException {
    out.accept("chaos: %d runs, seed %d".formatted(settings.runs(), settings.seed()));
    for (Plan.Run run : Plan.of(settings).runs()) {
      RunResult result = new Performance(stage, run).perform();
      results.add(result);
      standing.add(result);
      out.accept(result.line(settings.runs()));
      result.violations().forEach(v -> violations.add("run %d: %s".formatted(run.number(), v)));
      if (result.end().kind() == EndState.Kind.NONE) {
        violations.add("the campaign ends here, because the pair did not come back");
        return;
      }
      if (result.end().kind() == EndState.Kind.NEEDS_A_PERSON) {
        out.accept("    %s: setting the pair up anew".formatted(result.end().detail()));
        standing.clear();
        stage.setAnew();
      }
    }
    judgeAll();
    complete = true;
  }

  /** What was right after its run has to be right at the end. */
  private void judgeAll() throws SQLException {
    for (RunResult result : standing) {
      int number = result.run().number();
      Checker.checkContents(result.recorded(), stage.judge().contents(number))
          .violations()
          .forEach(v -> violations.add("at the end, of run %d: %s".formatted(number, v)));
    }
    violations.addAll(stage.judge().differences());
  }

  List<RunResult> results() {
    return results;
  }

  /** Everything that must not be; empty when all is well. */
  List<String> violations() {
    return violations;
  }

  /** A pair that was applied here and is well goes again; any other stays to be looked at. */
  @Override
  public void close() {
    stage.leave(complete && violations.isEmpty());
  }
}
