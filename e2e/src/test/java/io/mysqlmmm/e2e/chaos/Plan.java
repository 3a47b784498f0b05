package io.mysqlmmm.e2e.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** The runs of a campaign, in an order that the seed alone decides. */
record Plan(List<Run> runs) {
  /** One run in so many has two faults at once. */
  private static final int PAIRS_EVERY = 4;

  private static final int LATEST_SECOND_MILLIS = 1500;

  /**
   * One run.
   *
   * @param between from one injection to the next
   * @param seed of what is chosen within the run
   */
  record Run(int number, List<Fault> faults, Duration between, long seed) {
    String name() {
      return String.join(" + ", faults.stream().map(Fault::name).toList());
    }
  }

  /** Every fault once, shuffled, before any comes again. */
  static Plan of(Settings settings) {
    Random random = new Random(settings.seed());
    List<Run> runs = new ArrayList<>();
    List<List<Fault>> deck = new ArrayList<>();
    for (int number = 1; number <= settings.runs(); number++) {
      if (deck.isEmpty()) {
        deck.addAll(choices(settings));
        Collections.shuffle(deck, random);
      }
      List<Fault> faults = new ArrayList<>(deck.removeFirst());
      if (settings.faults().isEmpty() && number % PAIRS_EVERY == 0) {
        second(faults.getFirst(), random).ifPresent(faults::add);
      }
      Duration between = Duration.ofMillis(random.nextInt(LATEST_SECOND_MILLIS));
      runs.add(new Run(number, faults, between, random.nextLong()));
    }
    return new Plan(runs);
  }

  private static List<List<Fault>> choices(Settings settings) {
    return settings.faults().isEmpty()
        ? Faults.all().stream().map(List::of).toList()
        : settings.faults();
  }

  /** Another one that can be injected while the first lasts; empty if that one stays alone. */
  private static Optional<Fault> second(Fault first, Random random) {
    boolean apiAway = first.name().startsWith("api-");
    List<Fault> fit =
        Faults.all().stream()
            .filter(f -> !first.single() && !f.single())
            .filter(f -> !f.name().equals(first.name()) && !(apiAway && f.needsApi()))
            .toList();
    return fit.isEmpty() ? Optional.empty() : Optional.of(fit.get(random.nextInt(fit.size())));
  }
}
