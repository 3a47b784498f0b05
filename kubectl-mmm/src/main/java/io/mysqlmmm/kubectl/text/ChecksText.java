package io.mysqlmmm.kubectl.text;

import static io.mysqlmmm.kubectl.text.PairView.or;
import static io.mysqlmmm.kubectl.text.PairView.orEmpty;

import io.mysqlmmm.api.v1alpha1.CheckStatus;
import io.mysqlmmm.api.v1alpha1.HostSpec;
import io.mysqlmmm.api.v1alpha1.HostStatus;
import io.mysqlmmm.kubectl.cluster.Pair;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks as {@code mmm_control checks} printed them: host, check, its last change in local time,
 * and its message, which begins with OK or ERROR; UNKNOWN stands apart, MMM did not know it.
 */
public final class ChecksText {
  /** MMM's four in MMM's order, then those that it did not have. */
  public static final List<String> NAMES =
      List.of("ping", "mysql", "rep_threads", "rep_backlog", "write", "disk", "clock");

  /** Stands for every host or every check. */
  public static final String ALL = "all";

  /** MMM's; written out, because patterns load locale data. */
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu/MM/dd HH:mm:ss");

  private final ZoneId zone;

  public ChecksText(ZoneId zone) {
    this.zone = zone;
  }

  /**
   * The lines, each ended; none while there are no checks in the status.
   *
   * @param host a host's name, or {@link #ALL}
   * @param check a check's name, or {@link #ALL}
   */
  public String render(Pair pair, String host, String check) {
    List<String> hosts =
        pair.hosts().stream()
            .map(HostSpec::name)
            .map(name -> or(name, "?"))
            .filter(name -> host.equals(ALL) || host.equals(name))
            .toList();
    int width = hosts.stream().mapToInt(String::length).max().orElse(0);
    StringBuilder text = new StringBuilder();
    for (String name : hosts) {
      for (CheckStatus status : checks(pair, name)) {
        if (check.equals(ALL) || check.equals(status.name())) {
          text.append(line(name, width, status)).append('\n');
        }
      }
    }
    return text.toString();
  }

  /** In the order of {@link #NAMES}; one that is not known here comes last. */
  private static List<CheckStatus> checks(Pair pair, String host) {
    List<CheckStatus> found =
        new ArrayList<>(orEmpty(pair.seen(host).map(HostStatus::checks).orElse(null)));
    found.sort(
        java.util.Comparator.comparingInt(
            status -> NAMES.contains(or(status.name(), "")) ? NAMES.indexOf(status.name()) : 99));
    return found;
  }

  private String line(String host, int width, CheckStatus status) {
    return "%s  %s  [last change: %s]  %s"
        .formatted(
            padded(host, width),
            padded(or(status.name(), "?"), "rep_threads".length()),
            time(status.since()),
            message(status));
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  private String time(@Nullable String since) {
    try {
      return DATE.format(Instant.parse(or(since, "")).atZone(zone));
    } catch (DateTimeException e) {
      return "unknown";
    }
  }

  private static String message(CheckStatus status) {
    String message = or(status.message(), "").strip();
    String word =
        switch (or(status.state(), "UNKNOWN")) {
          case "OK" -> "OK";
          case "FAILED" -> "ERROR";
          default -> "UNKNOWN";
        };
    return message.isEmpty() || message.equals("OK") ? word : word + ": " + message;
  }
}
