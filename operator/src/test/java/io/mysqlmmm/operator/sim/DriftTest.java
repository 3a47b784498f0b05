package io.mysqlmmm.operator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.operator.sim.Fault.Kind;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The margins of a lease bear clocks that drift: each runs faster or slower than true time by up to
 * so much, the writer's as slow and all others as fast, and the writer is cut off or its agent
 * frozen, so that nothing but the end of its lease stops it. A promoter waits 0.1 s of 3 s longer,
 * 3.3 %; beyond what all margins together bear the search must find two writers.
 */
class DriftTest {
  private static final double TOLERATED = 200e-6;
  private static final double MARGIN = 0.033;
  private static final double BEYOND = 0.2;
  private static final int SEEDS = 200;

  @Test
  void driftWithinTheMarginHarmsNothing() {
    assertThat(unsafe(TOLERATED)).isZero();
    // Two clocks that drift apart: each by half of it.
    assertThat(unsafe(MARGIN / 2)).isZero();
  }

  @Test
  void driftBeyondTheMarginIsFound() {
    assertThat(unsafe(BEYOND)).isPositive();
  }

  private static long unsafe(double drift) {
    long broken =
        LongStream.range(0, SEEDS)
            .parallel()
            .mapToObj(seed -> lostWriter(seed, drift))
            .filter(run -> run.play().unsafe())
            .count();
    System.out.printf(
        "simulation: clocks drift by up to %.2f %%: two writers in %d of %d histories%n",
        drift * 100, broken, SEEDS);
    return broken;
  }

  private static Run lostWriter(long seed, double drift) {
    Kind kind = seed % 2 == 0 ? Kind.CUT_NODE : Kind.FREEZE_AGENT;
    Fault fault = new Fault(100 + seed * 7 % 1000, 0, kind, 0);
    return new Run(seed, Timeline.Network.CALM, List.of(fault), Set.of(), Setup.opposed(drift));
  }
}
