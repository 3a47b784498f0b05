package io.mysqlmmm.operator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.operator.core.Topology.Durability;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulation can fail: without a rule it finds what the rule is there for. */
class RuleLeftOutTest {
  private static final int BATCH = 16;
  private static final int RANDOM = 200;
  private static final int BEGUN = 20;

  static List<Rule> rulesWithCounterExample() {
    return Arrays.stream(Rule.values()).filter(r -> r.firstSeed != Rule.NOWHERE).toList();
  }

  @ParameterizedTest
  @MethodSource("rulesWithCounterExample")
  void withoutTheRuleAnInvariantBreaks(Rule rule) {
    Optional<Run> found = firstUnsafe(Search.histories(rule));

    assertThat(found).as("no counter-example for " + rule).isPresent();
    Run shortest = found.get().shortest();
    Run.Result result = shortest.play();
    System.out.printf(
        "| %s | %s | %s | %s, network %s%s, %d steps |%n",
        rule.number,
        rule.text
            + rule.coveredBy().stream()
                .map(cover -> " (and " + cover.number + ": " + cover.text + ")")
                .collect(Collectors.joining()),
        result.violation().orElseThrow().invariant,
        shortest.faults(),
        shortest.network(),
        about(shortest.setup()),
        shortest.stepsUntilTheEnd());
    Run withTheRule =
        new Run(
            shortest.seed(),
            shortest.network(),
            shortest.faults(),
            rule.coveredBy(),
            shortest.setup());
    assertThat(withTheRule.play().unsafe()).as("with the rule").isFalse();
  }

  private static String about(Setup setup) {
    return (setup.durability() == Durability.AVAILABLE ? ", Available" : "")
        + (setup.replica() ? ", a replica" : "");
  }

  /** In order, so that the same one is found each time. */
  private static Optional<Run> firstUnsafe(Stream<Run> histories) {
    Iterator<Run> all = histories.iterator();
    while (all.hasNext()) {
      List<Run> batch = new ArrayList<>();
      while (all.hasNext() && batch.size() < BATCH) {
        batch.add(all.next());
      }
      Optional<Run> found = batch.parallelStream().filter(run -> run.play().unsafe()).findFirst();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /**
   * What the table names as covering for a rule is redundant as long as that rule is in force: left
   * out alone it breaks nothing in random histories, nor in those that break something together.
   */
  @ParameterizedTest
  @EnumSource(
      value = Rule.class,
      names = {"RECHECK", "SERVES", "KILL", "NEW_NAME", "TAIL_ONLY", "IO_AT_ACTIVATE"})
  void whatCoversIsRedundantAlone(Rule cover) {
    Set<Rule> leftOut = EnumSet.of(cover);
    List<Run> all =
        Stream.concat(
                LongStream.range(1, 1 + RANDOM).mapToObj(seed -> Run.random(seed, 6, leftOut)),
                rulesWithCounterExample().stream()
                    .filter(rule -> rule.coveredBy().contains(cover))
                    .flatMap(rule -> Search.histories(rule).limit(BEGUN))
                    .map(run -> new Run(run.seed(), run.network(), run.faults(), leftOut)))
            .toList();

    assertThat(all.parallelStream().filter(run -> run.play().unsafe()).findFirst()).isEmpty();
    System.out.printf(
        "simulation: without %s (%s) alone nothing unsafe in %d histories%n",
        cover.number, cover.text, all.size());
  }
}
