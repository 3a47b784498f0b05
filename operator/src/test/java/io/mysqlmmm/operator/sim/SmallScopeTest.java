package io.mysqlmmm.operator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SmallScopeTest {

  @Test
  void everyPlanCutAfterEveryStepByEveryFaultKeepsTheInvariantsAndComesToRest() {
    List<Run> all = SmallScope.runs(Set.of()).toList();

    Optional<Run> failed =
        all.parallelStream().filter(run -> run.play().violation().isPresent()).findFirst();

    System.out.printf(
        "simulation: all %d histories of the small scope: %d beginnings, each step, each fault%n",
        all.size(), SmallScope.beginnings().size());
    assertThat(all).hasSizeGreaterThan(1000);
    assertThat(failed).as(() -> failed.orElseThrow().tell()).isEmpty();
  }
}
