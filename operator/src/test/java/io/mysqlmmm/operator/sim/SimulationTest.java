package io.mysqlmmm.operator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.operator.core.Verdict;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Random histories; {@code -Dmmm.sim.runs} and {@code -Dmmm.sim.seed} choose how many and which.
 */
class SimulationTest {

  @Test
  void randomHistoriesKeepEveryInvariantAndComeToRest() {
    long runs = Long.getLong("mmm.sim.runs", 20_000);
    long first = Long.getLong("mmm.sim.seed", 1);
    Map<Verdict, Integer> coverage = new EnumMap<>(Verdict.class);
    AtomicLong acks = new AtomicLong();

    Optional<Run> failed =
        LongStream.range(first, first + runs)
            .parallel()
            .mapToObj(seed -> Run.random(seed, 6, Set.of()))
            .filter(
                run -> {
                  Run.Result result = run.play();
                  synchronized (coverage) {
                    result.coverage().forEach((v, n) -> coverage.merge(v, n, Integer::sum));
                  }
                  acks.addAndGet(result.acks());
                  return result.violation().isPresent();
                })
            .findAny();

    System.out.printf(
        "simulation: %d random histories from seed %d, %d acknowledged writes, verdicts %s%n",
        runs, first, acks.get(), coverage);
    assertThat(failed).as(() -> failed.orElseThrow().tell()).isEmpty();
  }
}
