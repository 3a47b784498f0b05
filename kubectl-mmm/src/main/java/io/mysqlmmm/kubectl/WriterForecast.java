package io.mysqlmmm.kubectl;

import io.fabric8.kubernetes.api.model.Condition;
import io.mysqlmmm.api.v1alpha1.CheckStatus;
import io.mysqlmmm.api.v1alpha1.HostGuard;
import io.mysqlmmm.api.v1alpha1.HostHindrances;
import io.mysqlmmm.api.v1alpha1.HostStatus;
import io.mysqlmmm.api.v1alpha1.LedgerStatus;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMasterStatus;
import io.mysqlmmm.kubectl.cluster.Pair;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What would become of a move of the writer.
 *
 * @param host one of the role's
 * @param force whether lag is passed over, and a loss is accepted
 */
record WriterForecast(Pair pair, String role, String host, boolean force) {
  MoveForecast forecast() {
    Optional<String> writer = MoveForecast.ledger(pair).map(LedgerStatus::writer);
    List<String> remarks = remarks(writer.orElse("nobody"));
    if (writer.equals(Optional.of(host))) {
      return new MoveForecast(remarks, MoveForecast.thereAlready(role, host));
    }
    Optional<String> obstacle =
        writer.isEmpty() || !isServing() ? unserved(writer) : obstacle(writer.get());
    Answer answer =
        obstacle.isPresent()
            ? MoveForecast.refused(role, obstacle.get())
            : Answer.done(
                "Role '%s' would be moved from '%s' to '%s'%s."
                    .formatted(role, writer.orElse("nobody"), host, force ? " by force" : ""));
    return new MoveForecast(remarks, answer);
  }

  private List<String> remarks(String writer) {
    String lag = lag().map(millis -> "lag " + millis + " ms").orElse("lag not known");
    return List.of(
        "# Role %s is on %s.".formatted(role, writer),
        "# Host %s: %s, %s, %s (limit %d ms)."
            .formatted(
                host,
                HostWords.state(pair, host),
                isInSync() ? "in sync" : "NOT in sync",
                lag,
                MoveForecast.maxLag(pair).toMillis()),
        "# On %s, up to 10 s ago: %s.".formatted(writer, hindrances(writer)),
        "# Expected pause: %s.".formatted(MoveForecast.expectedPause(pair, role)));
  }

  private String hindrances(String writer) {
    Optional<HostHindrances> seen = pair.seen(writer).map(HostStatus::hindrances);
    return "longest transaction %s, %s"
        .formatted(
            seen.map(HostHindrances::longestTransactionMillis)
                .map(millis -> millis + " ms")
                .orElse("none"),
            seen.map(HostHindrances::lock).orElse("no lock in the way"));
  }

  private boolean isServing() {
    return pair.status().map(MySQLMultiMasterStatus::conditions).stream()
        .flatMap(List::stream)
        .filter(condition -> "WriterAvailable".equals(condition.getType()))
        .map(Condition::getStatus)
        .anyMatch("True"::equals);
  }

  private boolean isInSync() {
    return MoveForecast.ledger(pair)
        .map(LedgerStatus::inSync)
        .filter(inSync -> inSync.contains(host))
        .isPresent();
  }

  private Optional<Long> lag() {
    return pair.seen(host).map(HostStatus::lagMillis);
  }

  /** Without a writer at work: what lets the host take over, as far as the status tells. */
  private Optional<String> unserved(Optional<String> writer) {
    String none = "no writer is serving";
    if (writer.isEmpty()) {
      return Optional.of(none + " at the moment; ask again when one does");
    }
    if (down().isPresent()) {
      return down();
    }
    boolean may = isInSync() ? !pair.modeInForce().equals("Active") : force;
    if (may) {
      return Optional.empty();
    }
    return Optional.of(
        isInSync()
            ? none + " at the moment; ask again when one does"
            : "%s, and host '%s' lacks what '%s' acknowledged last; if '%s' is lost for good and cannot come back, force it"
                .formatted(none, host, writer.get(), writer.get()));
  }

  private Optional<String> obstacle(String writer) {
    if (down().isPresent()) {
      return down();
    }
    if (!force && !isInSync()) {
      return Optional.of(
          "host '%s' is not in sync with '%s'; wait until status.ledger.inSync names both"
              .formatted(host, writer));
    }
    if (!isReplicating()) {
      return Optional.of(
          "host '%s' does not replicate from '%s' at the moment".formatted(host, writer));
    }
    if (force) {
      return Optional.empty();
    }
    Duration limit = MoveForecast.maxLag(pair);
    return lag()
        .filter(millis -> millis > limit.toMillis())
        .map(
            millis ->
                "host '%s' is %d ms behind, the limit (spec.monitor.maxLag) is %d ms"
                    .formatted(host, millis, limit.toMillis()))
        .or(this::notOnline)
        .or(() -> hindrance(writer, limit));
  }

  private Optional<String> hindrance(String writer, Duration limit) {
    Optional<HostHindrances> there = pair.seen(writer).map(HostStatus::hindrances);
    return there
        .map(HostHindrances::longestTransactionMillis)
        .filter(millis -> millis > limit.toMillis())
        .map(
            millis ->
                "a transaction on '%s' has had uncommitted changes for %d s; let it end, or end it"
                    .formatted(writer, millis / 1000))
        .or(
            () ->
                there
                    .map(HostHindrances::lock)
                    .map(lock -> "on '%s' %s; end that first".formatted(writer, lock)))
        .or(() -> missingPlugins(writer));
  }

  private Optional<String> missingPlugins(String writer) {
    Set<String> missing = new TreeSet<>(pluginsMissingOn(host));
    missing.removeAll(pluginsMissingOn(writer));
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "MySQL %s of host '%s' has no authentication plugin %s, so accounts that log in on '%s' could not log in there; find them in mysql.user, and give them another one with ALTER USER … IDENTIFIED WITH"
                .formatted(
                    pair.seen(host).map(HostStatus::version).orElse("of unknown version"),
                    host,
                    String.join(", ", missing),
                    writer));
  }

  private List<String> pluginsMissingOn(String name) {
    return pair.seen(name)
        .map(HostStatus::hindrances)
        .map(HostHindrances::missingPlugins)
        .orElse(List.of());
  }

  /** A role goes to a host that is ONLINE; some hosts become so by themselves, others never. */
  private Optional<String> notOnline() {
    String state = HostWords.state(pair, host);
    if (state.equals("ONLINE")) {
      return Optional.empty();
    }
    boolean flapping =
        pair.seen(host).map(HostStatus::guard).map(HostGuard::flapping).orElse(false);
    boolean never = "Never".equals(pair.json().at("/spec/monitor/autoSetOnline").asText());
    String sentence =
        "host '%s' is %s (%s)"
            .formatted(host, state, pair.seen(host).map(HostStatus::reason).orElse(""));
    return Optional.of(
        state.equals("ADMIN_OFFLINE") || flapping || never
            ? sentence + "; set it online first"
            : sentence);
  }

  private Optional<String> down() {
    return switch (HostWords.state(pair, host)) {
      case "UNKNOWN" -> Optional.of("host '%s' is down: its agent does not answer".formatted(host));
      case "HARD_OFFLINE" ->
          Optional.of(
              "host '%s' is down: %s"
                  .formatted(host, pair.seen(host).map(HostStatus::reason).orElse("no reason")));
      default -> Optional.empty();
    };
  }

  private boolean isReplicating() {
    boolean threadsFail =
        pair.seen(host).map(HostStatus::checks).stream()
            .flatMap(List::stream)
            .filter(check -> "rep_threads".equals(check.name()))
            .map(CheckStatus::state)
            .anyMatch("FAILED"::equals);
    return !threadsFail && !HostWords.state(pair, host).equals("REPLICATION_FAIL");
  }
}
