package io.mysqlmmm.operator.core;

import io.mysqlmmm.shared.agent.Order;
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

  /**
   * spec.moveRole, whole: the same request is never done twice. Or what the operator itself wants:
   * that is not kept in status, and is wanted anew when it was not done.
   */
  public record Request(String role, String host, String requestedAt, boolean force) {
    /** Stands where a person's request has its time. */
    private static final String BY_OPERATOR = "by the operator";

    public static Request byOperator(String role, String host) {
      return new Request(role, host, BY_OPERATOR, false);
    }

    public boolean byOperator() {
      return requestedAt.equals(BY_OPERATOR);
    }

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

  /**
   * Whether an order is a step of this move: one that was under way when the move began, to keep
   * things as they were before, fails without harm to it.
   *
   * @param epoch the ledger's now
   */
  public boolean steps(String host, Order order, long epoch) {
    boolean step =
        switch (order) {
          case Order.Release _ -> host.equals(from);
          case Order.Promise _, Order.Activate _ -> host.equals(to());
          case Order.Await _,
              Order.Solo _,
              Order.Lease _,
              Order.Mark _,
              Order.Replicate _,
              Order.Start _,
              Order.Clone _,
              Order.Hold _,
              Order.Backup _,
              Order.Roles _,
              Order.Settings _,
              Order.Databases _ ->
              false;
        };
    return step && order.target().epoch() == epoch;
  }

  /** The same move with the first thing that went wrong. */
  public Move failed(String why) {
    return failure.isPresent() ? this : new Move(request, from, since, Optional.of(why));
  }
}
