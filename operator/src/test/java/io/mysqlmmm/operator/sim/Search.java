package io.mysqlmmm.operator.sim;

import io.mysqlmmm.operator.sim.Fault.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Where a counter-example for a rule is looked for: in random histories, or in histories that begin
 * in a stated way, with moments drawn from the seed.
 */
final class Search {
  private static final int HISTORIES = 10_000;

  /**
   * One fault: its moment is drawn from {@code from} to {@code to}, its choice from those given.
   */
  private record Step(Kind kind, int from, int to, List<Integer> choices) {
    Fault draw(Random random) {
      return new Fault(
          from + random.nextInt(to - from + 1),
          0,
          kind,
          choices.get(random.nextInt(choices.size())));
    }
  }

  private Search() {}

  private static Step step(Kind kind, int from, int to, Integer... choices) {
    return new Step(kind, from, to, List.of(choices));
  }

  /** The histories to look through, in order. */
  static Stream<Run> histories(Rule rule) {
    Set<Rule> leftOut = EnumSet.of(rule);
    leftOut.addAll(rule.coveredBy());
    List<Step> steps = beginning(rule);
    return LongStream.range(rule.firstSeed, rule.firstSeed + HISTORIES)
        .mapToObj(
            seed ->
                steps.isEmpty() ? Run.random(seed, 6, leftOut) : begun(seed, rule, steps, leftOut));
  }

  private static Run begun(long seed, Rule rule, List<Step> steps, Set<Rule> leftOut) {
    Random random = new Random(seed);
    List<Fault> faults = new ArrayList<>();
    steps.forEach(step -> faults.add(step.draw(random)));
    return new Run(seed, Timeline.Network.CALM, faults, leftOut, setup(rule));
  }

  private static Setup setup(Rule rule) {
    return switch (rule) {
      case LEADER_BEFORE -> Setup.AVAILABLE;
      case REPLICA_COMPARED -> Setup.REPLICA;
      default -> Setup.LOSSLESS;
    };
  }

  /** Empty: the histories are random. */
  private static List<Step> beginning(Rule rule) {
    return switch (rule) {
      case VIP_SHORTENED ->
          List.of(step(Kind.REBOOT, 100, 1500, 0), step(Kind.FREEZE_AGENT, 1000, 8000, 1));
      case VOTER_RESTART ->
          List.of(
              step(Kind.CUT_HOST_FROM_OPERATORS, 100, 2000, 0),
              step(Kind.KILL_AGENT, 3000, 7000, 1));
      case JUDGED_LATER ->
          List.of(step(Kind.KILL_MYSQLD, 100, 1000, 0), step(Kind.KILL_MYSQLD, 100, 1200, 1));
      case PROMISE, ACTIVE_FIRST, PROMISE_ON_DISK ->
          List.of(
              step(Kind.CUT_NODE, 100, 200, 0),
              step(Kind.KILL_OPERATOR, 3000, 4500, 0, 2),
              step(Kind.KILL_AGENT, 3000, 4500, 1),
              step(Kind.HEAL, 3500, 8000, 0));
      case LEADER_BEFORE ->
          List.of(
              step(Kind.KILL_OPERATOR, 100, 1000, 2),
              step(Kind.CUT_OPERATORS_FROM_API, 4000, 4500, 0),
              step(Kind.ISLAND, 5000, 5800, 0));
      case VOTER_UUID ->
          List.of(
              step(Kind.SWAP, 100, 300, 1),
              step(Kind.SWAP, 4500, 5500, 1),
              step(Kind.CUT_HOST_FROM_OPERATORS, 9000, 9500, 0),
              step(Kind.SWAP, 9500, 9800, 1),
              step(Kind.SWAP, 12000, 14000, 1));
      case REPLICA_COMPARED ->
          List.of(step(Kind.CUT_HOSTS, 100, 500, 0), step(Kind.KILL_MYSQLD, 150, 900, 0));
      default -> List.of();
    };
  }
}
