package io.mysqlmmm.kubectl;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mysqlmmm.api.v1alpha1.LedgerStatus;
import io.mysqlmmm.kubectl.cluster.ClusterException;
import io.mysqlmmm.kubectl.cluster.Pair;
import io.mysqlmmm.kubectl.cluster.Pairs;
import io.mysqlmmm.kubectl.text.CloneView;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Asks for a host's data to be replaced by a copy of another's, as mmm_clone, and waits for it:
 * first that an operator takes it up, then, as long as it takes, for its end.
 */
final class CloneHost {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Pairs pairs;
  private final Time time;

  /**
   * What is asked for.
   *
   * @param from empty: the operator chooses
   */
  record Request(String host, Optional<String> from, String requestedAt) {}

  /**
   * How to wait.
   *
   * @param takenUp bound on the wait for an operator to begin
   * @param all bound on all waiting
   * @param progress is told each new line of progress
   */
  record Patience(Duration takenUp, Duration all, Consumer<String> progress) {}

  CloneHost(Pairs pairs, Time time) {
    this.pairs = pairs;
    this.time = time;
  }

  /** The request, or why there cannot be one. */
  Answer ask(Pair pair, String host, Optional<String> from, Optional<Patience> patience)
      throws ClusterException {
    Optional<Answer> wrong = wrong(pair, host, from);
    if (wrong.isPresent()) {
      return wrong.get();
    }
    Request request = new Request(host, from, RequestTime.now(time));
    Optional<Answer> tooOld = RequestTime.tooOld(request.requestedAt(), pair);
    if (tooOld.isPresent()) {
      return tooOld.get();
    }
    long startedAt = time.nanos();
    Pair asked = new Edits(pairs).apply(pair, seen -> operations(seen, request));
    if (patience.isEmpty() || asked.isPassive()) {
      return Answer.done("Clone of host '%s' has been asked for.".formatted(host));
    }
    return await(asked, request, patience.get(), startedAt);
  }

  private static Optional<Answer> wrong(Pair pair, String host, Optional<String> from) {
    Optional<Answer> unknown = HostWords.unknown(pair, host);
    if (unknown.isPresent()) {
      return unknown;
    }
    if (from.isPresent() && pair.host(from.get()).isEmpty()) {
      return HostWords.unknown(pair, from.get());
    }
    if (from.equals(Optional.of(host))) {
      return Optional.of(Answer.refused("Host '%s' cannot be cloned from itself.".formatted(host)));
    }
    return MoveForecast.ledger(pair).map(LedgerStatus::writer).equals(Optional.of(host))
        ? Optional.of(
            Answer.refused("Host '%s' is the writer: its data is not replaced.".formatted(host)))
        : Optional.empty();
  }

  private static ArrayNode operations(Pair pair, Request request) throws ClusterException {
    ObjectNode clone = JSON.objectNode();
    request.from().ifPresent(from -> clone.put("from", from));
    clone.put("requestedAt", request.requestedAt());
    return Edits.add(
        Edits.onHost(pair, request.host()),
        "add",
        Edits.pointer(pair, request.host()) + "/clone",
        clone);
  }

  private Answer await(Pair asked, Request request, Patience patience, long startedAt)
      throws ClusterException {
    Duration first =
        patience.takenUp().compareTo(patience.all()) < 0 ? patience.takenUp() : patience.all();
    Wait.End<Pair> begun =
        new Wait(pairs, time, first)
            .until(
                asked,
                pair -> ours(pair, request).isPresent() ? Optional.of(pair) : Optional.empty());
    return switch (begun) {
      case Wait.End.Deleted<Pair>() -> HostWords.deleted(asked.key());
      case Wait.End.TimedOut<Pair>(Pair latest) ->
          timedOut(latest, request, first, "no operator has taken the request up");
      case Wait.End.Shown<Pair>(Pair pair) ->
          finish(pair, request, patience, patience.all().minusNanos(time.nanos() - startedAt));
    };
  }

  private Answer finish(Pair begun, Request request, Patience patience, Duration left)
      throws ClusterException {
    StringBuilder told = new StringBuilder();
    Wait.End<CloneView> end =
        new Wait(pairs, time, left)
            .until(
                begun,
                pair -> {
                  Optional<CloneView> clone = ours(pair, request);
                  clone
                      .filter(CloneView::isRunning)
                      .map(CloneView::progress)
                      .filter(line -> !line.contentEquals(told))
                      .ifPresent(
                          line -> {
                            told.replace(0, told.length(), line);
                            patience.progress().accept(line);
                          });
                  return clone.filter(view -> view.isDone() || view.isFailed());
                });
    return switch (end) {
      case Wait.End.Deleted<CloneView>() -> HostWords.deleted(begun.key());
      case Wait.End.TimedOut<CloneView>(Pair latest) ->
          timedOut(latest, request, patience.all(), "the clone is running");
      case Wait.End.Shown<CloneView>(CloneView clone) -> outcome(clone);
    };
  }

  private static Answer outcome(CloneView clone) {
    if (clone.isFailed()) {
      return Answer.refused(
          clone.message().isEmpty()
              ? "The clone failed; the operator does not say why."
              : clone.message());
    }
    return Answer.done(
        "Host '%s' has been cloned%s%s."
            .formatted(
                clone.host(),
                clone.from().isEmpty() ? "" : " from '" + clone.from() + "'",
                clone.bytesDone() > 0 ? " (" + clone.size() + ")" : ""));
  }

  private static Optional<CloneView> ours(Pair pair, Request request) {
    return CloneView.of(pair, request.host())
        .filter(clone -> clone.requestedAt().equals(request.requestedAt()));
  }

  private static Answer timedOut(Pair latest, Request request, Duration after, String why) {
    return Answer.failed(
        ExitStatus.TIMED_OUT,
        "Host '%s' is not cloned after %s s: %s. The request stays. Look with: kubectl mmm show -n %s %s"
            .formatted(
                request.host(),
                Durations.seconds(after),
                why,
                latest.key().namespace(),
                latest.key().name()));
  }
}
