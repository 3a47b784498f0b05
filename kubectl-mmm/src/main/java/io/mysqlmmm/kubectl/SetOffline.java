package io.mysqlmmm.kubectl;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import io.mysqlmmm.api.v1alpha1.HostSpec;
import io.mysqlmmm.kubectl.cluster.ClusterException;
import io.mysqlmmm.kubectl.cluster.Pair;
import io.mysqlmmm.kubectl.cluster.Pairs;
import java.time.Duration;
import java.util.Optional;

/** Takes a host out of service, as MMM's set_offline, and waits until it is ADMIN_OFFLINE. */
final class SetOffline {
  private static final String STATE = "ADMIN_OFFLINE";

  private final Pairs pairs;
  private final Time time;

  SetOffline(Pairs pairs, Time time) {
    this.pairs = pairs;
    this.time = time;
  }

  Answer run(Pair pair, String host, Duration timeout) throws ClusterException {
    Optional<Answer> unknown = HostWords.unknown(pair, host);
    if (unknown.isPresent()) {
      return unknown.get();
    }
    if (isOffline(pair, host) && HostWords.state(pair, host).equals(STATE)) {
      return Answer.done("This host is already ADMIN_OFFLINE. Skipping command.");
    }
    Wait wait = new Wait(pairs, time, timeout);
    Pair asked = new Edits(pairs).apply(pair, seen -> operations(seen, host));
    if (asked.isPassive()) {
      return HostWords.planned(host, STATE);
    }
    return switch (wait.until(asked, latest -> outcome(latest, host))) {
      case Wait.End.Shown<Answer>(Answer answer) -> answer;
      case Wait.End.Deleted<Answer>() -> HostWords.deleted(pair.key());
      case Wait.End.TimedOut<Answer>(Pair latest) -> HostWords.stillNot(latest, host, timeout);
    };
  }

  private static ArrayNode operations(Pair pair, String host) throws ClusterException {
    return Edits.add(
        Edits.onHost(pair, host), "add", Edits.pointer(pair, host) + "/offline", BooleanNode.TRUE);
  }

  private static Optional<Answer> outcome(Pair pair, String host) {
    if (pair.isObserved() && HostWords.state(pair, host).equals(STATE)) {
      return Optional.of(
          Answer.done(
              "State of '%s' changed to ADMIN_OFFLINE. Now you can wait some time and check all roles!"
                  .formatted(host)));
    }
    return isOffline(pair, host)
        ? Optional.empty()
        : Optional.of(
            Answer.refused("Somebody else took the request for host '%s' back.".formatted(host)));
  }

  private static boolean isOffline(Pair pair, String host) {
    return pair.host(host).map(HostSpec::offline).orElse(false);
  }
}
