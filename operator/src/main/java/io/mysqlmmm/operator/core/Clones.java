package io.mysqlmmm.operator.core;

import java.time.Duration;
import java.util.Map;

/**
 * What the leader knows of clones besides what the agents tell.
 *
 * @param requests the people's requests that were not dealt with yet, by host
 * @param troubles what came of a host's last clone that failed or was refused by its agent
 * @param forced whether the role was last moved by force: what others have more than the writer may
 *     have been acknowledged
 */
public record Clones(Map<String, Request> requests, Map<String, Trouble> troubles, boolean forced) {

  public static final Clones NONE = new Clones(Map.of(), Map.of(), false);

  /**
   * spec.hosts[].clone.
   *
   * @param from the donor; empty: whoever serves best
   * @param requestedAt its name
   */
  public record Request(String from, String requestedAt) {}

  /** Why it did not succeed, and since when that is known. */
  public record Trouble(String reason, Duration at) {}
}
