package io.mysqlmmm.kubectl;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mysqlmmm.kubectl.cluster.ClusterException;
import io.mysqlmmm.kubectl.cluster.Pair;
import io.mysqlmmm.kubectl.cluster.Pairs;
import io.mysqlmmm.kubectl.text.BackupView;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Asks for a backup of a host's data, as mmm_backup, and waits for it: first that an operator takes
 * it up, then, as long as it takes, for its end.
 */
final class BackupHost {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Pairs pairs;
  private final Time time;

  private record Request(String host, String name, String requestedAt) {}

  /**
   * How to wait.
   *
   * @param takenUp bound on the wait for an operator to begin
   * @param all bound on all waiting
   * @param progress is told each new line of progress
   */
  record Patience(Duration takenUp, Duration all, Consumer<String> progress) {}

  BackupHost(Pairs pairs, Time time) {
    this.pairs = pairs;
    this.time = time;
  }

  /**
   * The request, or why there cannot be one.
   *
   * @param name empty: after the time
   */
  Answer ask(Pair pair, String host, Optional<String> name, Optional<Patience> patience)
      throws ClusterException {
    Optional<Answer> unknown = HostWords.unknown(pair, host);
    if (unknown.isPresent()) {
      return unknown.get();
    }
    String now = RequestTime.now(time);
    Optional<Answer> tooOld = RequestTime.tooOld(now, pair);
    if (tooOld.isPresent()) {
      return tooOld.get();
    }
    Request request =
        new Request(host, name.orElseGet(() -> now.replaceAll("[-:]|[.]\\d+", "")), now);
    Pair asked = new Edits(pairs).apply(pair, seen -> operations(seen, request));
    return patience.isEmpty() || asked.isPassive()
        ? Answer.done(
            "Backup '%s' of host '%s' has been asked for.".formatted(request.name(), host))
        : await(asked, request, patience.get());
  }

  private static ArrayNode operations(Pair pair, Request request) throws ClusterException {
    ObjectNode backup =
        JSON.objectNode().put("name", request.name()).put("requestedAt", request.requestedAt());
    return Edits.add(
        Edits.onHost(pair, request.host()),
        "add",
        Edits.pointer(pair, request.host()) + "/backup",
        backup);
  }

  private Answer await(Pair asked, Request request, Patience patience) throws ClusterException {
    Duration first =
        patience.takenUp().compareTo(patience.all()) < 0 ? patience.takenUp() : patience.all();
    return switch (new Wait(pairs, time, first).until(asked, pair -> begun(pair, request))) {
      case Wait.End.Deleted<Pair>() -> HostWords.deleted(asked.key());
      case Wait.End.TimedOut<Pair>(Pair latest) ->
          timedOut(latest, request, "no operator has taken the request up");
      case Wait.End.Shown<Pair>(Pair pair) -> finish(pair, request, patience);
    };
  }

  private Answer finish(Pair begun, Request request, Patience patience) throws ClusterException {
    StringBuilder told = new StringBuilder();
    Wait.End<BackupView> end =
        new Wait(pairs, time, patience.all())
            .until(
                begun,
                pair -> {
                  Optional<BackupView> backup = ours(pair, request);
                  backup
                      .filter(BackupView::isRunning)
                      .map(BackupView::progress)
                      .filter(line -> !line.contentEquals(told))
                      .ifPresent(
                          line -> {
                            told.replace(0, told.length(), line);
                            patience.progress().accept(line);
                          });
                  return backup.filter(view -> !view.isRunning());
                });
    return switch (end) {
      case Wait.End.Deleted<BackupView>() -> HostWords.deleted(begun.key());
      case Wait.End.TimedOut<BackupView>(Pair latest) ->
          timedOut(latest, request, "the backup is running");
      case Wait.End.Shown<BackupView>(BackupView backup) ->
          backup.isFailed()
              ? Answer.refused(backup.why())
              : Answer.done(
                  "Host '%s' has been backed up: '%s' (%s)."
                      .formatted(backup.host(), backup.name(), backup.size()));
    };
  }

  private static Optional<Pair> begun(Pair pair, Request request) {
    return ours(pair, request).map(_ -> pair);
  }

  private static Optional<BackupView> ours(Pair pair, Request request) {
    return BackupView.of(pair, request.host())
        .filter(backup -> backup.requestedAt().equals(request.requestedAt()));
  }

  private static Answer timedOut(Pair latest, Request request, String why) {
    return Answer.failed(
        ExitStatus.TIMED_OUT,
        "Host '%s' is not backed up yet: %s. The request stays. Look with: kubectl mmm show -n %s %s"
            .formatted(request.host(), why, latest.key().namespace(), latest.key().name()));
  }
}
