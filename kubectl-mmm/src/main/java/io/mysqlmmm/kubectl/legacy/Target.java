package io.mysqlmmm.kubectl.legacy;

import java.util.Map;
import java.util.Optional;

/**
 * What the person says of the manifest to be made.
 *
 * @param name of the resource; empty: after the MMM cluster
 * @param namespace empty: the manifest has none, and kubectl puts it where it would
 * @param nodes the Kubernetes node of a host, by the host's MMM name
 */
public record Target(Optional<String> name, Optional<String> namespace, Map<String, String> nodes) {
  /** Keeps a copy. */
  public Target {
    nodes = Map.copyOf(nodes);
  }
}
