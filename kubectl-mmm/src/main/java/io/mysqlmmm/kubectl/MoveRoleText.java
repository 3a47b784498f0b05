package io.mysqlmmm.kubectl;

import io.mysqlmmm.api.v1alpha1.LastMove;
import io.mysqlmmm.kubectl.cluster.Pair;
import java.time.Duration;

/** The outcome of a move in MMM's words, and ours after them. */
final class MoveRoleText {
  private MoveRoleText() {}

  static String render(MoveOutcome outcome, Pair.Key key) {
    return switch (outcome) {
      case MoveOutcome.Finished(LastMove move) ->
          outcome.exitStatus() == ExitStatus.DONE ? "OK: " + done(move) : "ERROR: " + failed(move);
      case MoveOutcome.Replaced replaced ->
          "ERROR: Another request (role '%s' to '%s', %s) replaced this one before it was taken up."
              .formatted(replaced.by().role(), replaced.by().host(), replaced.by().requestedAt());
      case MoveOutcome.TooOld(String requestedAt, String created) ->
          "ERROR: " + RequestTime.tooOld(requestedAt, created);
      case MoveOutcome.Deleted deleted ->
          "ERROR: MySQLMultiMaster '%s' has been deleted.".formatted(key);
      case MoveOutcome.TimedOut(Duration after, boolean takenUp) -> timedOut(after, takenUp, key);
    };
  }

  /** Without a move from one host to another the operator's own sentence says what was found. */
  private static String done(LastMove move) {
    if (move.from() == null || MoveOutcome.wasThere(move)) {
      return move.message() == null
          ? "Role is on '%s' already.".formatted(move.host())
          : move.message();
    }
    String pause = move.pauseMillis() == null ? "" : " (pause " + move.pauseMillis() + " ms)";
    return "Role '%s' has been moved from '%s' to '%s'%s."
        .formatted(move.role(), move.from(), move.host(), pause);
  }

  private static String failed(LastMove move) {
    return move.message() == null
        ? "The move was %s; the operator does not say why.".formatted(move.outcome())
        : move.message();
  }

  private static String timedOut(Duration after, boolean takenUp, Pair.Key key) {
    return ("ERROR: No outcome within %s s: %s. The request stays. Look with: kubectl mmm show -n %s"
            + " %s")
        .formatted(
            Durations.seconds(after),
            takenUp ? "the move is in progress" : "no operator has taken the request up",
            key.namespace(),
            key.name());
  }
}
