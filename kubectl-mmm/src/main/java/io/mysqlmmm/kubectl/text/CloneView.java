package io.mysqlmmm.kubectl.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.mysqlmmm.kubectl.cluster.Pair;
import java.util.Locale;
import java.util.Optional;

/**
 * The clone of a host as its status tells of it.
 *
 * @param requestedAt of the request that it is about
 * @param state Running, Done or Failed
 * @param from the host that the data comes from; empty: not known
 * @param bytesTotal zero: not known
 */
public record CloneView(
    String host,
    String requestedAt,
    String state,
    String from,
    String stage,
    long bytesDone,
    long bytesTotal,
    String startedAt,
    String finishedAt,
    String message)
    implements CopyView {

  /** The clone that the status tells of; empty: of none. */
  public static Optional<CloneView> of(Pair pair, String host) {
    for (JsonNode seen : pair.json().at("/status/hosts")) {
      JsonNode clone = seen.path("clone");
      if (seen.path("name").asText("").equals(host) && clone.isObject()) {
        return Optional.of(
            new CloneView(
                host,
                clone.path("requestedAt").asText(""),
                clone.path("state").asText(""),
                clone.path("from").asText(""),
                clone.path("stage").asText(""),
                clone.path("bytesDone").asLong(0),
                clone.path("bytesTotal").asLong(0),
                clone.path("startedAt").asText(""),
                clone.path("finishedAt").asText(""),
                clone.path("message").asText("")));
      }
    }
    return Optional.empty();
  }

  /** One remark for a person, as {@code show} prints it. */
  public String line() {
    return "# Clone of %s%s%s: %s"
        .formatted(
            host,
            from.isEmpty() ? "" : " from " + from,
            startedAt.isEmpty() ? "" : " since " + startedAt,
            isRunning() ? progress() : outcome());
  }

  private String outcome() {
    String at = finishedAt.isEmpty() ? "" : " at " + finishedAt;
    return state + at + (message.isEmpty() ? "." : ": " + message);
  }

  /** For example {@code copying, 45 % (1.2 of 2.6 GiB)}. */
  @Override
  public String progress() {
    String step = stage.isEmpty() ? state : stage;
    if (bytesTotal <= 0) {
      return bytesDone > 0 ? step + ", " + size() : step;
    }
    return String.format(
        Locale.ROOT,
        "%s, %d %% (%.1f of %s)",
        step,
        Math.min(100, bytesDone * 100 / bytesTotal),
        bytesDone / (double) unit(bytesTotal),
        sizeOf(bytesTotal));
  }

  /** What has been copied. */
  public String size() {
    return sizeOf(bytesDone);
  }

  private static String sizeOf(long bytes) {
    long unit = unit(bytes);
    String name = unit == 1L << 30 ? "GiB" : unit == 1L << 20 ? "MiB" : "KiB";
    return String.format(Locale.ROOT, "%.1f %s", bytes / (double) unit, name);
  }

  private static long unit(long bytes) {
    return bytes >= 1L << 30 ? 1L << 30 : bytes >= 1L << 20 ? 1L << 20 : 1L << 10;
  }
}
