package io.mysqlmmm.operator.sim;

import io.mysqlmmm.operator.sim.Fault.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Every history of a small scope: each of the {@link #beginnings}, cut after each step of the
 * protocol that it leads to by each fault that there is, on a calm network. So each plan of several
 * steps is also cut after each of its steps.
 */
final class SmallScope {
  private static final int MOST_STEPS = 30;

  private SmallScope() {}

  /** What sets a plan going; db1 writes. */
  static List<List<Fault>> beginnings() {
    return Stream.of(
            first(Kind.MOVE, 1),
            first(Kind.KILL_MYSQLD, 0),
            first(Kind.KILL_MYSQLD, 1),
            first(Kind.KILL_BOTH_MYSQLD, 0),
            first(Kind.HANG_MYSQLD, 0),
            first(Kind.HANG_MYSQLD, 1),
            first(Kind.CUT_NODE, 0),
            first(Kind.ISLAND, 0),
            first(Kind.ISLAND, 2),
            first(Kind.FREEZE_AGENT, 0),
            first(Kind.REBOOT, 0),
            first(Kind.REBOOT, 1),
            first(Kind.WIPE, 1))
        .map(List::of)
        .toList();
  }

  private static Fault first(Kind kind, int choice) {
    return new Fault(100, 0, kind, choice);
  }

  /** Each beginning with each fault after each step. */
  static Stream<Run> runs(Set<Rule> leftOut) {
    return beginnings().stream().flatMap(beginning -> cut(beginning, leftOut));
  }

  private static Stream<Run> cut(List<Fault> beginning, Set<Rule> leftOut) {
    int steps = Math.min(MOST_STEPS, run(beginning, Set.of()).stepsUntilTheEnd());
    return IntStream.rangeClosed(1, steps)
        .boxed()
        .flatMap(step -> everyFault(step).stream())
        .map(
            fault -> {
              List<Fault> both = new ArrayList<>(beginning);
              both.add(fault);
              return run(both, leftOut);
            });
  }

  private static Run run(List<Fault> faults, Set<Rule> leftOut) {
    return new Run(1, Timeline.Network.CALM, faults, leftOut);
  }

  private static List<Fault> everyFault(int step) {
    List<Fault> all = new ArrayList<>();
    for (Kind kind : Kind.values()) {
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
      // No beginning has put these to sleep.
      case WAKE_OPERATOR, API_UP -> new int[] {};
    };
  }
}
