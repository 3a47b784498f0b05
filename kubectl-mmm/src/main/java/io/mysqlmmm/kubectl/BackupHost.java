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

/**
 * Asks for a backup of a host's data, as mmm_backup, and waits for it: first that an operator takes
 * it up, then, as long as it takes, for its end.
 */
final class BackupHost {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Pairs pairs;
  private final Time time;

  BackupHost(Pairs pairs, Time time) {
    this.pairs = pairs;
    this.time = time;
  }

  /**
   * The request, or why there cannot be one.
   *
   * @param name empty: after the time
   */
  Answer ask(Pair pair, String host, Optional<String> name, Optional<CopyWait.Patience> patience)
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
    Optional<CopyWait> wait = patience.map(p -> new CopyWait(pairs, time, p));
    Pair asked = new Edits(pairs).apply(pair, seen -> operations(seen, request));
    return wait.isEmpty() || asked.isPassive()
        ? Answer.done(
            "Backup '%s' of host '%s' has been asked for.".formatted(request.name(), host))
        : wait.get().until(asked, request);
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

  private record Request(String host, String name, String requestedAt)
      implements CopyWait.Copy<BackupView> {
    @Override
    public Optional<BackupView> in(Pair pair) {
      return BackupView.of(pair, host).filter(b -> b.requestedAt().equals(requestedAt));
    }

    @Override
    public Answer over(BackupView backup) {
      return backup.isFailed()
          ? Answer.refused(backup.why())
          : Answer.done(
              "Host '%s' has been backed up: '%s' (%s)."
                  .formatted(host, backup.name(), backup.size()));
    }

    @Override
    public Answer timedOut(Pair latest, Duration after, boolean takenUp) {
      return Answer.failed(
          ExitStatus.TIMED_OUT,
          "Host '%s' is not backed up yet: %s. The request stays. Look with: kubectl mmm show -n %s %s"
              .formatted(
                  host,
                  takenUp ? "the backup is running" : "no operator has taken the request up",
                  latest.key().namespace(),
                  latest.key().name()));
    }
  }
}
