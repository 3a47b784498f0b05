package io.mysqlmmm.kubectl.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.mysqlmmm.kubectl.cluster.Pair;
import java.util.Optional;

/**
 * The last backup of a host as its status tells of it.
 *
 * @param requestedAt of the request that it is about
 * @param state Running, Done or Failed
 */
public record BackupView(
    String host, String requestedAt, String state, String name, long done, long total, String why)
    implements CopyView {
  private static final int MIB = 20;

  /** The backup that the status tells of; empty: of none. */
  public static Optional<BackupView> of(Pair pair, String host) {
    for (JsonNode seen : pair.json().at("/status/hosts")) {
      JsonNode backup = seen.path("backup");
      if (seen.path("name").asText("").equals(host) && backup.isObject()) {
        return Optional.of(
            new BackupView(
                host,
                backup.path("requestedAt").asText(""),
                backup.path("state").asText(""),
                backup.path("name").asText(""),
                backup.path("bytesDone").asLong(0),
                backup.path("bytesTotal").asLong(0),
                backup.path("message").asText("")));
      }
    }
    return Optional.empty();
  }

  /** One remark for a person, as {@code show} prints it. */
  public String line() {
    return "# Backup %s of %s: %s"
        .formatted(
            name, host, isRunning() ? progress() : state + (why.isEmpty() ? "." : ": " + why));
  }

  @Override
  public String progress() {
    return "copying, %d of %d MiB".formatted(done >> MIB, total >> MIB);
  }

  /** What was copied. */
  public String size() {
    return "%d MiB".formatted(done >> MIB);
  }
}
