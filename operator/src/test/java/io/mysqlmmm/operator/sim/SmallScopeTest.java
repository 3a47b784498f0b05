package io.mysqlmmm.operator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.operator.core.Verdict;
import io.mysqlmmm.operator.sim.SmallScope.Plan;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SmallScopeTest {

  @Test
  void everyPlanCutAfterEveryStepByEveryFaultKeepsTheInvariantsAndComesToRest() {
    List<Run> all = new ArrayList<>();
    for (Plan plan : SmallScope.plans()) {
      List<Run> cut = plan.cut();
      System.out.printf(
          "simulation: %s: %d steps, cut in %d histories%n", plan.name(), plan.steps(), cut.size());
      assertThat(plan.result().coverage()).as(plan.name()).containsKey(plan.says());
      if (plan.says() == Verdict.MOVING) {
        assertThat(plan.result().coverage()).doesNotContainKey(Verdict.ABORTING);
      }
      all.addAll(cut);
    }
    Statistics seen = new Statistics();

    Optional<Run> failed = seen.play(all.stream());

    System.out.printf("simulation: small scope, %d plans: %s%n", SmallScope.plans().size(), seen);
    assertThat(failed).as(() -> failed.orElseThrow().tell()).isEmpty();
    assertThat(seen.seen())
        .containsAll(
            EnumSet.complementOf(
                EnumSet.of(
                    Verdict.IP_IN_USE,
                    Verdict.NO_NETWORK,
                    Verdict.PASSIVE,
                    Verdict.MANUAL,
                    Verdict.UNKNOWN_DATA)));
  }

  @Test
  void aMoveCutByTwoFaultsInARowKeepsTheInvariantsAndComesToRest() {
    Plan move = SmallScope.plans().getFirst();
    Statistics seen = new Statistics();

    Optional<Run> failed = seen.play(move.cutTwice().stream());

    System.out.printf("simulation: %s cut by two faults: %s%n", move.name(), seen);
    assertThat(failed).as(() -> failed.orElseThrow().tell()).isEmpty();
  }
}
