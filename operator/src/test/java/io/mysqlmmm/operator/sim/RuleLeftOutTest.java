package io.mysqlmmm.operator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
        rule.text
            + rule.coveredBy().stream()
                .map(cover -> " (and " + cover.number + ")")
                .collect(Collectors.joining()),
        result.violation().orElseThrow().invariant,
        shortest.faults(),
        shortest.network(),
        shortest.stepsUntilTheEnd());
    Run withTheRule =
        new Run(shortest.seed(), shortest.network(), shortest.faults(), rule.coveredBy());
    assertThat(withTheRule.play().unsafe()).as("with the rule").isFalse();
  }

  private static Stream<Run> histories(Rule rule) {
    Set<Rule> leftOut = EnumSet.of(rule);
    leftOut.addAll(rule.coveredBy());
    return rule.firstSeed == 0
        ? SmallScope.runs(leftOut)
        : LongStream.range(rule.firstSeed, rule.firstSeed + HISTORIES)
            .mapToObj(seed -> Run.random(seed, 6, leftOut));
  }
}
