package io.mysqlmmm.operator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulation can fail: without a rule it finds what the rule is there for. */
class RuleLeftOutTest {
  private static final int HISTORIES = 10_000;

  static List<Rule> rulesWithCounterExample() {
    return Arrays.stream(Rule.values()).filter(r -> r.firstSeed != Rule.NOWHERE).toList();
  }

  @ParameterizedTest
  @MethodSource("rulesWithCounterExample")
  void withoutTheRuleAnInvariantBreaks(Rule rule) {
    Optional<Run> found = histories(rule).parallel().filter(run -> run.play().unsafe()).findFirst();

    assertThat(found).as("no counter-example for " + rule).isPresent();
    Run shortest = found.get().shortest();
    Run.Result result = shortest.play();
    System.out.printf(
        "| %s | %s | %s | %s, network %s, %d steps |%n",
        rule.number,
        rule.text,
        result.violation().orElseThrow().invariant,
        shortest.faults(),
        shortest.network(),
        shortest.stepsUntilTheEnd());
    Run withTheRule = new Run(shortest.seed(), shortest.network(), shortest.faults(), Set.of());
    assertThat(withTheRule.play().violation()).as("with the rule").isEmpty();
  }

  private static Stream<Run> histories(Rule rule) {
    Set<Rule> leftOut = Set.of(rule);
    return rule.firstSeed == 0
        ? SmallScope.runs(leftOut)
        : LongStream.range(rule.firstSeed, rule.firstSeed + HISTORIES)
            .mapToObj(seed -> Run.random(seed, 6, leftOut));
  }
}
