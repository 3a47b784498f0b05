package io.mysqlmmm.operator.sim;

import io.mysqlmmm.operator.core.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One history: a seed, the network, the faults and the rules left out decide all of it. */
record Run(
    long seed, Timeline.Network network, List<Fault> faults, Set<Rule> leftOut, Setup setup) {
  /** By then the pair is healthy; steps and moments of faults count from here. */
  private static final long READY = 6_000;

  /** Faults begin for this long, and end after {@link #LASTING} more. */
  static final long FAULTS = 12_000;

  private static final long LASTING = 3_000;
  private static final long RECOVERY = 90_000;

  Run(long seed, Timeline.Network network, List<Fault> faults, Set<Rule> leftOut) {
    this(seed, network, faults, leftOut, Setup.LOSSLESS);
  }

  /**
   * How it ended.
   *
   * @param steps orders obeyed and ledgers written since the beginning
   * @param rest what the leader said at the end; empty: the pair did not come to rest
   */
  record Result(
      Optional<Violation> violation,
      Map<Verdict, Integer> coverage,
      long acks,
      int steps,
      Optional<Verdict> rest,
      int cuts,
      int givenUp) {
    /** A safety invariant was broken. */
    boolean unsafe() {
      return violation.filter(v -> v.invariant.matches("[IS].*")).isPresent();
    }
  }

  /**
   * Up to {@code most} faults, drawn from the seed: every second history knows a few kinds of them
   * only, as what goes wrong by one kind is often mended by another before it is seen.
   */
  static Run random(long seed, int most, Set<Rule> leftOut) {
    return random(seed, most, leftOut, Setup.LOSSLESS, Fault.Kind.ordinary());
  }

  static Run random(long seed, int most, Set<Rule> leftOut, Setup setup, List<Fault.Kind> ofKinds) {
    Random random = new Random(seed);
    List<Fault.Kind> kinds = new ArrayList<>(ofKinds);
    if (random.nextBoolean()) {
      Collections.shuffle(kinds, random);
      kinds = kinds.subList(0, 2 + random.nextInt(4));
    }
    List<Fault> faults = new ArrayList<>();
    int count = 1 + random.nextInt(most);
    for (int i = 0; i < count; i++) {
      faults.add(Fault.random(random, FAULTS, kinds));
    }
    Timeline.Network[] networks = Timeline.Network.values();
    return new Run(seed, networks[random.nextInt(networks.length)], faults, leftOut, setup);
  }

  Result play() {
    return play(null);
  }

  private Result play(@Nullable List<String> story) {
    World world = new World(seed, leftOut, setup, story);
    Optional<Violation> violation = Optional.empty();
    try {
      world.start();
      world.time.runUntil(READY);
      if (!world.healthy()) {
        throw new Violation("start", "the pair is not healthy after " + READY + " ms");
      }
      world.time.network = network;
      plan(world);
      world.time.runUntil(READY + FAULTS + LASTING);
      world.countSteps(world.steps(), _ -> {});
      world.heal();
      long end = world.time.now() + RECOVERY;
      while (!world.atRest() && world.time.now() < end) {
        world.time.runUntil(world.time.now() + 500);
      }
      if (leftOut.isEmpty() && !world.atRest()) {
        throw new Violation(
            "liveness",
            world.leader().map(o -> o.verdict + ": " + o.because).orElse("nobody leads"));
      }
    } catch (Violation v) {
      world.note(() -> "VIOLATED " + v.getMessage());
      violation = Optional.of(v);
    }
    Optional<Verdict> rest = world.leader().filter(_ -> world.atRest()).map(o -> o.verdict);
    return new Result(
        violation,
        world.coverage,
        world.law.acks(),
        world.steps(),
        violation.isPresent() ? Optional.empty() : rest,
        world.law.cuts(),
        world.law.givenUp());
  }

  private void plan(World world) {
    for (Fault fault : faults) {
      if (fault.step() == 0) {
        begin(world, fault);
      }
    }
    world.countSteps(
        0,
        step ->
            faults.stream().filter(f -> f.step() == step).forEach(fault -> begin(world, fault)));
  }

  private static void begin(World world, Fault fault) {
    world.time.in(
        fault.after(),
        () -> {
          if (world.time.now() < READY + FAULTS + LASTING) {
            world.note(() -> "FAULT " + fault);
            fault.happen(world);
          }
        });
  }

  /** As unsafe, with as few faults as can be found by leaving them out one by one. */
  Run shortest() {
    Run best = this;
    boolean shorter = true;
    while (shorter) {
      shorter = false;
      for (Run candidate : best.simpler()) {
        if (candidate.play().unsafe()) {
          best = candidate;
          shorter = true;
          break;
        }
      }
    }
    return best;
  }

  private List<Run> simpler() {
    List<Run> all = new ArrayList<>();
    for (Timeline.Network calmer : Timeline.Network.values()) {
      if (calmer.compareTo(network) < 0) {
        all.add(new Run(seed, calmer, faults, leftOut, setup));
      }
      for (int i = 0; i < faults.size() && calmer.compareTo(network) <= 0; i++) {
        List<Fault> fewer = new ArrayList<>(faults);
        fewer.remove(i);
        all.add(new Run(seed, calmer, List.copyOf(fewer), leftOut, setup));
      }
    }
    return all;
  }

  int stepsUntilTheEnd() {
    return play().steps();
  }

  /** The whole story, for a person. */
  String tell() {
    List<String> story = new ArrayList<>();
    Result result = play(story);
    return "seed %d, network %s, faults %s%n%s%n%s"
        .formatted(
            seed,
            network,
            faults,
            result.violation().map(Violation::getMessage).orElse("no violation"),
            String.join("\n", story));
  }
}
