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

/**
 * Asks for a host's data to be replaced by a copy of another's, as mmm_clone, and waits for it:
 * first that an operator takes it up, then, as long as it takes, for its end.
 */
final class CloneHost {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Pairs pairs;
  private final Time time;

  CloneHost(Pairs pairs, Time time) {
    this.pairs = pairs;
    this.time = time;
  }

  /** The request, or why there cannot be one. */
  Answer ask(Pair pair, String host, Optional<String> from, Optional<CopyWait.Patience> patience)
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
    Optional<CopyWait> wait = patience.map(p -> new CopyWait(pairs, time, p));
    Pair asked = new Edits(pairs).apply(pair, seen -> operations(seen, request));
    return wait.isEmpty() || asked.isPassive()
        ? Answer.done("Clone of host '%s' has been asked for.".formatted(host))
        : wait.get().until(asked, request);
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

  /**
   * What is asked for.
   *
   * @param from empty: the operator chooses
   */
  private record Request(String host, Optional<String> from, String requestedAt)
      implements CopyWait.Copy<CloneView> {
    @Override
    public Optional<CloneView> in(Pair pair) {
      return CloneView.of(pair, host).filter(clone -> clone.requestedAt().equals(requestedAt));
    }

    @Override
    public Answer over(CloneView clone) {
      if (clone.isFailed()) {
        return Answer.refused(
            clone.message().isEmpty()
                ? "The clone failed; the operator does not say why."
                : clone.message());
      }
      return Answer.done(
          "Host '%s' has been cloned%s%s."
              .formatted(
                  host,
                  clone.from().isEmpty() ? "" : " from '" + clone.from() + "'",
                  clone.bytesDone() > 0 ? " (" + clone.size() + ")" : ""));
    }

    @Override
    public Answer timedOut(Pair latest, Duration after, boolean takenUp) {
      return Answer.failed(
          ExitStatus.TIMED_OUT,
          "Host '%s' is not cloned after %s s: %s. The request stays. Look with: kubectl mmm show -n %s %s"
              .formatted(
                  host,
                  Durations.seconds(after),
                  takenUp ? "the clone is running" : "no operator has taken the request up",
                  latest.key().namespace(),
                  latest.key().name()));
    }
  }
}
