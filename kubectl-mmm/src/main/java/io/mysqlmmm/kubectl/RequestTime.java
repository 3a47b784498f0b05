package io.mysqlmmm.kubectl;

import io.mysqlmmm.kubectl.cluster.Pair;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The times that requests carry: each is a request of its own, by our clock. */
final class RequestTime {
  private RequestTime() {}

  /** Fine enough for two requests to differ, and coarse enough for every reader. */
  static String now(Time time) {
    return time.now().truncatedTo(ChronoUnit.MICROS).toString();
  }

  /** Whether the operator ignores it, because the resource is younger. */
  static boolean isTooOld(@Nullable String requestedAt, Pair pair) {
    try {
      return Instant.parse(String.valueOf(requestedAt)).isBefore(Instant.parse(pair.created()));
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** The refusal of a request that the operator would ignore; empty: it would not. */
  static Optional<Answer> tooOld(String requestedAt, Pair pair) {
    return isTooOld(requestedAt, pair)
        ? Optional.of(Answer.refused(tooOld(requestedAt, pair.created())))
        : Optional.empty();
  }

  static String tooOld(String requestedAt, String created) {
    return "The request (%s) is older than the resource (%s) and is ignored: is the clock of this machine behind the cluster's?"
        .formatted(requestedAt, created);
  }
}
