package io.mysqlmmm.operator.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A planned move under way.
 *
 * @param request what was asked for
 * @param from the writer when it began
 * @param since when this leader began it or first saw it, on the snapshot's clock
 * @param failure why an order of it was refused or failed; empty: nothing failed
 */
public record Move(Request request, String from, Duration since, Optional<String> failure) {

  /** spec.moveRole, whole: the same request is never done twice. */
  public record Request(String role, String host, String requestedAt, boolean force) {

    /** When it was asked for; empty when that is not a time. */
    public Optional<Instant> time() {
      try {
        return Optional.of(java.time.OffsetDateTime.parse(requestedAt).toInstant());
      } catch (java.time.format.DateTimeParseException _) {
        return Optional.empty();
      }
    }
  }

  /** How a request ended. */
  public enum Outcome {
    DONE,
    REFUSED,
    ABORTED
  }

  public String to() {
    return request.host();
  }

  /** The same move with the first thing that went wrong. */
  public Move failed(String why) {
    return failure.isPresent() ? this : new Move(request, from, since, Optional.of(why));
  }
}
