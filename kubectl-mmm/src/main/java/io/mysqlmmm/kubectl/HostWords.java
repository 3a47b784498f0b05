package io.mysqlmmm.kubectl;

import io.mysqlmmm.api.v1alpha1.HostStatus;
import io.mysqlmmm.kubectl.cluster.Pair;
import java.time.Duration;
import java.util.Optional;

/** What the verbs say about hosts in common. */
final class HostWords {
  private HostWords() {}

  /** MMM's word for the state of a host; UNKNOWN while nobody reports on it. */
  static String state(Pair pair, String host) {
    return pair.seen(host).map(HostStatus::state).orElse("UNKNOWN");
  }

  /** The refusal of a host that the resource does not have; empty: it has it. */
  static Optional<Answer> unknown(Pair pair, String host) {
    return pair.host(host).isPresent()
        ? Optional.empty()
        : Optional.of(Answer.refused("Unknown host name '%s'!".formatted(host)));
  }

  static Answer deleted(Pair.Key key) {
    return Answer.failed(
        ExitStatus.UNAVAILABLE, "MySQLMultiMaster '%s' has been deleted.".formatted(key));
  }

  /** Waited for a state in vain; {@code latest} says how it is and why. */
  static Answer stillNot(Pair latest, String host, Duration timeout) {
    String state = state(latest, host);
    String reason = latest.seen(host).map(HostStatus::reason).filter(r -> !r.isEmpty()).orElse("");
    return Answer.failed(
        ExitStatus.TIMED_OUT,
        "Host '%s' is still %s after %s s%s. The request stays. Look with: kubectl mmm show -n %s %s"
            .formatted(
                host,
                state,
                Durations.seconds(timeout),
                reason.isEmpty() ? "" : " (" + reason + ")",
                latest.key().namespace(),
                latest.key().name()));
  }

  /** In Passive nothing is done at once, and we say so instead of waiting. */
  static Answer planned(String host, String state) {
    return Answer.done(
        "State of '%s' is to be %s. Nothing is changed while the monitor is in passive mode."
            .formatted(host, state));
  }
}
