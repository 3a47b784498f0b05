package io.mysqlmmm.operator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.shared.ledger.Ledger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * I6: one failure, which lasts, never takes the writer away for longer than a bound; in a calm
 * network, where nothing takes time but what the protocol itself waits for. db1 writes.
 */
class BoundsTest {
  private static final long READY = 6_000;
  private static final long LASTING = 30_000;
  private static final long WITHOUT_LEDGER = 4_000;
  private static final int SEEDS = 100;

  /** What fails, and for how long writes may stop, in milliseconds. */
  record Failure(String what, Fault.Kind kind, long bound, List<Integer> choices) {}

  private static Failure failure(String what, Fault.Kind kind, long bound, Integer... choices) {
    return new Failure(what, kind, bound, List.of(choices));
  }

  static List<Failure> failures() {
    return List.of(
        failure("the writer's mysqld dies", Fault.Kind.KILL_MYSQLD, 400, 0),
        failure("the writer's mysqld hangs", Fault.Kind.HANG_MYSQLD, 4000, 0),
        failure("the writer's agent dies", Fault.Kind.KILL_AGENT, 1500, 0),
        failure("the writer's agent freezes", Fault.Kind.FREEZE_AGENT, 3600, 0),
        failure("the writer's node freezes", Fault.Kind.FREEZE_HOST, 3600, 0),
        failure("the writer's node is cut off", Fault.Kind.CUT_NODE, 3600, 0),
        failure("the writer's node reboots", Fault.Kind.REBOOT, 3600, 0),
        failure("the writer's disk is lost", Fault.Kind.WIPE, 6500, 0),
        failure("the writer's disk is full", Fault.Kind.FILL_DISK, 9000, 0),
        failure("the writer's node is cut off with an operator", Fault.Kind.ISLAND, 7700, 0, 2),
        failure("the standby's mysqld dies", Fault.Kind.KILL_MYSQLD, 200, 1),
        failure("the standby's mysqld hangs", Fault.Kind.HANG_MYSQLD, 750, 1),
        failure("the standby's agent dies", Fault.Kind.KILL_AGENT, 200, 1),
        failure("the standby's agent freezes", Fault.Kind.FREEZE_AGENT, 200, 1),
        failure("the standby's node freezes", Fault.Kind.FREEZE_HOST, 750, 1),
        failure("the standby's node is cut off", Fault.Kind.CUT_NODE, 750, 1),
        failure("the standby's node reboots", Fault.Kind.REBOOT, 750, 1),
        failure("the standby's disk is lost", Fault.Kind.WIPE, 750, 1),
        failure("the standby's disk is full", Fault.Kind.FILL_DISK, 750, 1),
        failure("the standby's node is cut off with an operator", Fault.Kind.ISLAND, 7700, 1, 3),
        failure("the writer's node hears nothing", Fault.Kind.DEAF_ISLAND, 7700, 0, 2),
        failure("the writer's node is not heard", Fault.Kind.MUTE_ISLAND, 7700, 0, 2),
        failure("the standby's node hears nothing", Fault.Kind.DEAF_ISLAND, 7700, 1, 3),
        failure("the standby's node is not heard", Fault.Kind.MUTE_ISLAND, 7700, 1, 3),
        failure("both mysqld die", Fault.Kind.KILL_BOTH_MYSQLD, 4000, 0),
        failure("hosts are cut from each other", Fault.Kind.CUT_HOSTS, 750, 0),
        failure("a link is cut one way", Fault.Kind.CUT_ONE_WAY, 750, 0, 1, 2, 3, 4, 5, 6, 7),
        failure("operators do not reach a host", Fault.Kind.CUT_HOST_FROM_OPERATORS, 200, 0, 1),
        failure(
            "an operator does not reach the API server",
            Fault.Kind.CUT_OPERATORS_FROM_API,
            200,
            0,
            2),
        failure("API server is down", Fault.Kind.API_DOWN, 200, 0),
        failure("an operator dies", Fault.Kind.KILL_OPERATOR, 200, 0, 2),
        failure("an operator freezes", Fault.Kind.FREEZE_OPERATOR, 200, 0, 2),
        failure("ledger is lost", Fault.Kind.LOSE_LEDGER, 200, 0),
        failure("a move", Fault.Kind.MOVE, 400, 1));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void writesGoOnWithinTheBound(Failure failure) {
    long longest =
        failure.choices().stream()
            .flatMap(
                choice ->
                    LongStream.range(0, SEEDS)
                        .parallel()
                        .map(seed -> gap(seed, new Fault(0, 0, failure.kind(), choice)))
                        .boxed())
            .max(Long::compare)
            .orElseThrow();

    System.out.printf(
        "simulation: %s: writes stop for %d ms at most, bound %d%n",
        failure.what(), longest, failure.bound());
    assertThat(longest).isLessThanOrEqualTo(failure.bound());
  }

  /**
   * The API server is away from the same moment on, and stays away: no switch can be completed, so
   * none is begun, and the writer comes back by itself.
   */
  @ParameterizedTest
  @EnumSource(names = {"KILL_MYSQLD", "HICCUP", "KILL_AGENT"})
  void withoutALedgerTheWriterComesBack(Fault.Kind kind) {
    long longest =
        LongStream.range(0, SEEDS)
            .parallel()
            .map(
                seed ->
                    gap(seed, new Fault(0, 0, Fault.Kind.API_DOWN, 0), new Fault(0, 0, kind, 0)))
            .max()
            .orElseThrow();

    System.out.printf(
        "simulation: %s without an API server: writes stop for %d ms at most, bound %d%n",
        kind, longest, WITHOUT_LEDGER);
    assertThat(longest).isLessThanOrEqualTo(WITHOUT_LEDGER);
  }

  /** While its mysqld acknowledges, and its agent comes back in time: the ledger stays as it is. */
  @ParameterizedTest
  @EnumSource(names = {"KILL_AGENT", "HICCUP", "FREEZE_AGENT"})
  void theStandbyStaysInSyncWhileItsAgentIsAway(Fault.Kind kind) {
    assertThat(LongStream.range(0, SEEDS).parallel())
        .allSatisfy(
            seed -> {
              World world = ready(seed);
              Optional<Ledger> before = world.api.ledger();
              new Fault(0, 0, kind, 1).happen(world);
              world.time.in(8_000, () -> new Fault(0, 0, Fault.Kind.WAKE_AGENT, 1).happen(world));
              world.time.runUntil(world.time.now() + LASTING);
              assertThat(before.orElseThrow().solo()).isFalse();
              assertThat(world.api.ledger()).isEqualTo(before);
            });
  }

  /** The longest time between two acknowledged writes, or from the last one on. */
  private static long gap(long seed, Fault... faults) {
    World world = ready(seed);
    world.forgetGaps();
    Arrays.stream(faults).forEach(fault -> fault.happen(world));
    world.time.runUntil(world.time.now() + LASTING);
    return world.longestGap();
  }

  private static World ready(long seed) {
    World world = new World(seed, Set.of(), Setup.LOSSLESS, null);
    world.start();
    world.time.runUntil(READY + world.time.random.nextInt(1000));
    return world;
  }
}
