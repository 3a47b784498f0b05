package io.mysqlmmm.operator.sim;

import io.mysqlmmm.operator.core.Verdict;
import io.mysqlmmm.operator.sim.Fault.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Every history of a small scope: each of the {@link #plans}, cut after each step of the protocol
 * that it leads to by each fault that there is, on a calm network. So each plan of several steps is
 * also cut after each of its steps.
 */
final class SmallScope {
  private static final int MOST_STEPS = 30;

  /**
   * What sets a plan going, db1 being the writer.
   *
   * @param says a verdict by which the plan is known to have run, when nothing cuts it
   */
  record Plan(String name, Verdict says, List<Fault> beginning) {
    /** How many steps it takes; more than {@link #MOST_STEPS} are not cut. */
    int steps() {
      return Math.min(MOST_STEPS, result().steps());
    }

    Run.Result result() {
      return run(beginning, Set.of()).play();
    }

    /** It, cut after each step by each fault. */
    List<Run> cut() {
      return cutBy(step -> everyFault(step).stream().map(List::of));
    }

    /** It, cut by two grave faults: after the same step, or after one and the next. */
    List<Run> cutTwice() {
      return cutBy(
          step ->
              graveFaults(step).stream()
                  .flatMap(
                      one ->
                          Stream.concat(graveFaults(step).stream(), graveFaults(step + 1).stream())
                              .map(two -> List.of(one, two))));
    }

    private List<Run> cutBy(IntFunction<Stream<List<Fault>>> faults) {
      return IntStream.rangeClosed(1, steps())
          .boxed()
          .flatMap(faults::apply)
          .map(
              more -> {
                List<Fault> all = new ArrayList<>(beginning);
                all.addAll(more);
                return run(all, Set.of());
              })
          .toList();
    }
  }

  private SmallScope() {}

  static List<Plan> plans() {
    return List.of(
        plan("a move", Verdict.MOVING, Kind.MOVE, 1),
        new Plan(
            "a move that is undone",
            Verdict.ABORTING,
            List.of(first(Kind.MOVE, 1), new Fault(0, 1, Kind.FREEZE_AGENT, 1))),
        plan("promotion by the writer's word", Verdict.FAILING_OVER, Kind.KILL_MYSQLD, 0),
        plan("promotion, mysqld hangs", Verdict.FAILING_OVER, Kind.HANG_MYSQLD, 0),
        plan("promotion by the end of a lease", Verdict.FAILING_OVER, Kind.CUT_NODE, 0),
        plan("promotion under a new leader", Verdict.FAILING_OVER, Kind.ISLAND, 0),
        plan("an island with the other operator", Verdict.HEALTHY, Kind.ISLAND, 2),
        plan("promotion, the agent is frozen", Verdict.FAILING_OVER, Kind.FREEZE_AGENT, 0),
        plan("promotion and return after a reboot", Verdict.FAILING_OVER, Kind.REBOOT, 0),
        plan("solo, and paired again", Verdict.SOLO, Kind.KILL_MYSQLD, 1),
        plan("solo, mysqld of the peer hangs", Verdict.SOLO, Kind.HANG_MYSQLD, 1),
        plan("solo, and paired after a reboot", Verdict.SOLO, Kind.REBOOT, 1),
        plan("solo, and paired with a new disk", Verdict.SOLO, Kind.WIPE, 1),
        plan("nobody left, and back", Verdict.WRITER_DOWN, Kind.KILL_BOTH_MYSQLD, 0));
  }

  private static Plan plan(String name, Verdict says, Kind kind, int choice) {
    return new Plan(name, says, List.of(first(kind, choice)));
  }

  private static Fault first(Kind kind, int choice) {
    return new Fault(100, 0, kind, choice);
  }

  private static List<Fault> graveFaults(int step) {
    return Stream.of(
            Kind.KILL_MYSQLD, Kind.KILL_AGENT, Kind.FREEZE_AGENT, Kind.CUT_NODE, Kind.KILL_OPERATOR)
        .flatMap(kind -> Arrays.stream(choices(kind)).mapToObj(c -> new Fault(0, step, kind, c)))
        .toList();
  }

  private static Run run(List<Fault> faults, Set<Rule> leftOut) {
    return new Run(1, Timeline.Network.CALM, faults, leftOut);
  }

  private static List<Fault> everyFault(int step) {
    List<Fault> all = new ArrayList<>();
    for (Kind kind : Kind.ordinary()) {
      for (int choice : choices(kind)) {
        all.add(new Fault(0, step, kind, choice));
      }
    }
    return all;
  }

  /** Those that differ. */
  private static int[] choices(Kind kind) {
    return switch (kind) {
      case KILL_MYSQLD,
          HANG_MYSQLD,
          WAKE_MYSQLD,
          KILL_AGENT,
          FREEZE_AGENT,
          WAKE_AGENT,
          FREEZE_HOST,
          REBOOT,
          WIPE,
          CUT_HOST_FROM_OPERATORS,
          CUT_NODE,
          MOVE,
          MOVE_TWICE,
          REPLAY ->
          new int[] {0, 1};
      case CUT_OPERATORS_FROM_API, KILL_OPERATOR, FREEZE_OPERATOR -> new int[] {0, 2};
      case ISLAND -> new int[] {0, 1, 2, 3};
      case CUT_ONE_WAY -> new int[] {0, 1, 2, 3, 4, 5, 6, 7};
      case KILL_BOTH_MYSQLD, CUT_HOSTS, HEAL, API_DOWN, LOSE_LEDGER -> new int[] {0};
      // No beginning has put these to sleep; those of other setups are not drawn here.
      case WAKE_OPERATOR,
          API_UP,
          SWAP,
          LOST_FOR_GOOD,
          MOVE_BY_FORCE,
          RESTORE_LEDGER,
          SET_MODE,
          HICCUP,
          REPLICA,
          FILL_DISK,
          FREE_DISK,
          DEAF_ISLAND,
          MUTE_ISLAND ->
          new int[] {};
    };
  }
}
