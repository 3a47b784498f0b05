package io.mysqlmmm.operator.core;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the monitor remembers of states and roles. MMM kept it in its memory and a file; it is kept
 * in status, so a new leader goes on with it. Nothing that safety rests on is here.
 *
 * @param wall the time now
 * @param pins IPs that a person put on a host: they stay there while it is ONLINE
 * @param lastMove the last planned move of the writer that was done
 */
public record Plan(Instant wall, Lives lives, Map<String, Pin> pins, Optional<Moved> lastMove) {
  public Plan {
    pins = Map.copyOf(pins);
  }

  /** Where a person put an IP, by a request of this time. */
  public record Pin(String host, String requestedAt) {}

  /** Each pinned IP's host. */
  Map<String, String> pinned() {
    return pins.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().host()));
  }

  /** A planned move of the writer that was done: where to, and when. */
  public record Moved(String to, Instant at) {}
}
