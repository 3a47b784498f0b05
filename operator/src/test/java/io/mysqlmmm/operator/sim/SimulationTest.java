package io.mysqlmmm.operator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.operator.core.Verdict;
import io.mysqlmmm.operator.sim.Fault.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random histories; {@code -Dmmm.sim.runs} and {@code -Dmmm.sim.seed} choose how many and which.
 */
class SimulationTest {
  private static final long FIRST = Long.getLong("mmm.sim.seed", 1);
  private static final long RUNS = Long.getLong("mmm.sim.runs", 20_000);

  /** Of each variant as many as this. */
  private static final long VARIANT = RUNS / 20;

  /** Before the first ledger only, and not in a world without missing interfaces. */
  private static final Set<Verdict> BEFORE_ALL = EnumSet.of(Verdict.NO_NETWORK);

  /** Said in a mode of the resource that {@link #variants} have and the others do not. */
  private static final Set<Verdict> OF_A_MODE = EnumSet.of(Verdict.PASSIVE, Verdict.MANUAL);

  @Test
  void randomHistoriesKeepEveryInvariantAndComeToRest() {
    Statistics seen = new Statistics();

    Optional<Run> failed =
        seen.play(
            LongStream.range(FIRST, FIRST + RUNS).mapToObj(seed -> Run.random(seed, 6, Set.of())));

    System.out.printf("simulation: random from seed %d: %s%n", FIRST, seen);
    assertThat(failed).as(() -> failed.orElseThrow().tell()).isEmpty();
    EnumSet<Verdict> reachable = EnumSet.complementOf(EnumSet.copyOf(BEFORE_ALL));
    reachable.removeAll(OF_A_MODE);
    assertThat(seen.seen()).containsExactlyInAnyOrderElementsOf(reachable);
  }

  /**
   * Another kind of pair, or other faults besides the ordinary ones.
   *
   * @param without ordinary faults whose harm docs/clustering.md names
   * @param often drawn four times as often as an ordinary one
   * @param says verdicts that must be among those seen
   */
  record Variant(String name, Setup setup, Set<Kind> without, List<Kind> often, Set<Verdict> says) {
    Run run(long seed) {
      List<Kind> kinds = new ArrayList<>(Kind.ordinary());
      kinds.removeAll(without);
      often.forEach(kind -> kinds.addAll(Collections.nCopies(4, kind)));
      return Run.random(seed, 6, Set.of(), setup, kinds);
    }
  }

  static Stream<Variant> variants() {
    Set<Kind> none = Set.of();
    return Stream.of(
        new Variant(
            "durability Available (I1 and I3 only)",
            Setup.AVAILABLE,
            Set.of(Kind.FREEZE_HOST),
            List.of(),
            Set.of(Verdict.FAILING_OVER)),
        new Variant(
            "a replica", Setup.REPLICA, none, List.of(Kind.REPLICA), Set.of(Verdict.FAILING_OVER)),
        new Variant(
            "force",
            Setup.LOSSLESS,
            none,
            List.of(Kind.LOST_FOR_GOOD, Kind.MOVE_BY_FORCE, Kind.KILL_MYSQLD),
            Set.of(Verdict.FAILING_OVER, Verdict.MOVING)),
        new Variant(
            "a ledger restored from a backup",
            Setup.LOSSLESS,
            none,
            List.of(Kind.RESTORE_LEDGER),
            Set.of(Verdict.AWAITING_BOTH_MASTERS)),
        new Variant(
            "disks exchanged", Setup.LOSSLESS, none, List.of(Kind.SWAP), Set.of(Verdict.SOLO)),
        new Variant(
            "full disks",
            Setup.LOSSLESS,
            none,
            List.of(Kind.FILL_DISK, Kind.FREE_DISK),
            Set.of(Verdict.FAILING_OVER)),
        new Variant(
            "nodes that only speak, or only hear",
            Setup.LOSSLESS,
            none,
            List.of(Kind.DEAF_ISLAND, Kind.MUTE_ISLAND),
            Set.of(Verdict.LEDGER_UNREACHABLE)),
        new Variant(
            "modes (I5)",
            Setup.LOSSLESS,
            none,
            List.of(Kind.SET_MODE),
            Set.of(Verdict.PASSIVE, Verdict.MANUAL)));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void otherPairsAndOtherFaultsKeepWhatTheyMust(Variant variant) {
    Statistics seen = new Statistics();

    Optional<Run> failed =
        seen.play(LongStream.range(FIRST, FIRST + VARIANT).mapToObj(variant::run));

    System.out.printf(
        "simulation: %s: %s, given up by force %d, old ledger not recognised %d%n",
        variant.name(), seen, seen.givenUp(), seen.unrecognised());
    assertThat(failed).as(() -> failed.orElseThrow().tell()).isEmpty();
    assertThat(seen.seen()).containsAll(variant.says());
  }
}
