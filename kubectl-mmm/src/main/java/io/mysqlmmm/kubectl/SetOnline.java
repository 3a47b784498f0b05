package io.mysqlmmm.kubectl;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mysqlmmm.api.v1alpha1.HostGuard;
import io.mysqlmmm.api.v1alpha1.HostSpec;
import io.mysqlmmm.api.v1alpha1.HostStatus;
import io.mysqlmmm.kubectl.cluster.ClusterException;
import io.mysqlmmm.kubectl.cluster.Pair;
import io.mysqlmmm.kubectl.cluster.Pairs;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks for a host to be taken ONLINE, as MMM's set_online, and waits until it is, or the operator
 * says why not. Whether it may be is the operator's to judge.
 */
final class SetOnline {
  private static final String REFUSED = "Refused";

  private final Pairs pairs;
  private final Time time;

  SetOnline(Pairs pairs, Time time) {
    this.pairs = pairs;
    this.time = time;
  }

  Answer run(Pair pair, String host, Duration timeout) throws ClusterException {
    Optional<Answer> unknown = HostWords.unknown(pair, host);
    if (unknown.isPresent()) {
      return unknown.get();
    }
    if (isOnline(pair, host) && !isOffline(pair, host)) {
      return Answer.done("This host is already ONLINE. Skipping command.");
    }
    String requestedAt = RequestTime.now(time);
    Optional<Answer> tooOld = RequestTime.tooOld(requestedAt, pair);
    if (tooOld.isPresent()) {
      return tooOld.get();
    }
    Wait wait = new Wait(pairs, time, timeout);
    Pair asked = new Edits(pairs).apply(pair, seen -> operations(seen, host, requestedAt));
    if (asked.isPassive()) {
      return HostWords.planned(host, "ONLINE");
    }
    return switch (wait.until(asked, latest -> outcome(latest, host, requestedAt))) {
      case Wait.End.Shown<Answer>(Answer answer) -> answer;
      case Wait.End.Deleted<Answer>() -> HostWords.deleted(pair.key());
      case Wait.End.TimedOut<Answer>(Pair latest) -> HostWords.stillNot(latest, host, timeout);
    };
  }

  private static ArrayNode operations(Pair pair, String host, String requestedAt)
      throws ClusterException {
    ArrayNode operations = Edits.onHost(pair, host);
    String pointer = Edits.pointer(pair, host);
    if (pair.json().at(pointer).has("offline")) {
      Edits.remove(operations, pointer + "/offline");
    }
    return Edits.add(
        operations, "add", pointer + "/setOnline", JsonNodeFactory.instance.textNode(requestedAt));
  }

  private static Optional<Answer> outcome(Pair pair, String host, String requestedAt) {
    Optional<HostGuard> ours =
        pair.seen(host).map(HostStatus::guard).filter(g -> requestedAt.equals(g.setOnline()));
    String outcome = ours.map(HostGuard::setOnlineOutcome).orElse("");
    if (outcome.startsWith(REFUSED)) {
      return Optional.of(
          Answer.refused("Host '%s' is not taken ONLINE%s".formatted(host, rest(outcome))));
    }
    if (ours.isPresent() && !HostWords.state(pair, host).equals("ONLINE")) {
      return Optional.of(
          Answer.done("Host '%s' is not ONLINE yet%s".formatted(host, rest(outcome))));
    }
    if (ours.isPresent() || (pair.isObserved() && isOnline(pair, host))) {
      return Optional.of(
          Answer.done(
              "State of '%s' changed to ONLINE. Now you can wait some time and check its new roles!"
                  .formatted(host)));
    }
    return isReplaced(pair, host, requestedAt)
        ? Optional.of(
            Answer.refused(
                "Another request for host '%s' replaced this one before it was taken up."
                    .formatted(host)))
        : Optional.empty();
  }

  /** What the operator says after its first word, as the end of a sentence of ours. */
  private static String rest(String outcome) {
    String said = outcome.replaceFirst("^(Refused|Done)[:.,]?\\s*", "").replaceFirst("\\.$", "");
    return said.isEmpty() ? "; the operator does not say why." : ": " + said + ".";
  }

  private static boolean isReplaced(Pair pair, String host, String requestedAt) {
    return pair.host(host)
        .filter(
            spec -> !requestedAt.equals(spec.setOnline()) || Boolean.TRUE.equals(spec.offline()))
        .isPresent();
  }

  /** A flapping host has flaps to be forgotten, whatever its state. */
  private static boolean isOnline(Pair pair, String host) {
    boolean flapping =
        pair.seen(host).map(HostStatus::guard).map(HostGuard::flapping).orElse(false);
    return HostWords.state(pair, host).equals("ONLINE") && !flapping;
  }

  private static boolean isOffline(Pair pair, String host) {
    return pair.host(host).map(HostSpec::offline).orElse(false);
  }
}
