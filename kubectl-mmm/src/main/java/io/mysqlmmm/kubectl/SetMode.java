package io.mysqlmmm.kubectl;

import io.mysqlmmm.kubectl.cluster.ClusterException;
import io.mysqlmmm.kubectl.cluster.Pair;
import io.mysqlmmm.kubectl.cluster.Pairs;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Switches the mode and waits until the operator shows it, where it shows anything. */
final class SetMode {
  private final Pairs pairs;
  private final Time time;

  SetMode(Pairs pairs, Time time) {
    this.pairs = pairs;
    this.time = time;
  }

  /**
   * @param mode as the spec has it
   */
  Answer run(Pair pair, String mode, Duration timeout) throws ClusterException {
    String word = mode.toLowerCase(Locale.ROOT);
    Wait wait = new Wait(pairs, time, timeout);
    Pair asked = pair;
    if (pair.mode().equals(mode)) {
      if (shows(pair, mode)) {
        return Answer.done("Already in %s mode.".formatted(word));
      }
    } else {
      asked = pairs.setMode(pair.key(), mode);
    }
    Answer switched = Answer.done("Switched into %s mode.".formatted(word));
    return switch (wait.until(asked, latest -> outcome(latest, mode, switched))) {
      case Wait.End.Shown<Answer>(Answer answer) -> answer;
      case Wait.End.Deleted<Answer>() -> HostWords.deleted(pair.key());
      case Wait.End.TimedOut<Answer>(Pair latest) ->
          Answer.failed(
              ExitStatus.TIMED_OUT,
              "No operator has switched into %s mode within %s s. The mode stays in the spec."
                  .formatted(word, Durations.seconds(timeout)));
    };
  }

  private static Optional<Answer> outcome(Pair pair, String mode, Answer switched) {
    if (!pair.mode().equals(mode)) {
      return Optional.of(
          Answer.refused(
              "Somebody else switched into %s mode meanwhile."
                  .formatted(pair.mode().toLowerCase(Locale.ROOT))));
    }
    return shows(pair, mode) ? Optional.of(switched) : Optional.empty();
  }

  /**
   * Whether the operator treats the pair so. In Passive it changes nothing, so it shows nothing
   * either; a Wait can be over at once, and is Active then.
   */
  private static boolean shows(Pair pair, String mode) {
    return pair.isPassive()
        || (pair.isObserved()
            && pair.shownMode()
                .map(shown -> shown.equals(mode) || (mode.equals("Wait") && shown.equals("Active")))
                .orElse(true));
  }
}
