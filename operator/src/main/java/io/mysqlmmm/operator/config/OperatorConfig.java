package io.mysqlmmm.operator.config;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The operator's settings.
 *
 * @param namespace the operator's own: its Lease and its certificate authority live there
 * @param pod name of this replica
 * @param node the node that it is on
 * @param agentImage image of the agents whose resource names none
 * @param agentPullPolicy when that image is pulled
 * @param watchNamespaces namespaces where it may manage pairs
 * @param httpPort port of the probes
 */
public record OperatorConfig(
    String namespace,
    String pod,
    String node,
    String agentImage,
    String agentPullPolicy,
    List<String> watchNamespaces,
    int httpPort) {
  private static final String PREFIX = "MMM_";
  private static final Set<String> KEYS =
      Set.of(
          "MMM_NAMESPACE",
          "MMM_POD_NAME",
          "MMM_NODE_NAME",
          "MMM_AGENT_IMAGE",
          "MMM_AGENT_IMAGE_PULL_POLICY",
          "MMM_WATCH_NAMESPACES",
          "MMM_HTTP_PORT",
          "MMM_LOG_LEVEL");

  /**
   * Reads the settings.
   *
   * @throws IllegalArgumentException naming the variable that is missing, unknown or malformed
   */
  public static OperatorConfig from(Map<String, String> environment) {
    Set<String> unknown = new TreeSet<>(environment.keySet());
    unknown.removeIf(key -> !key.startsWith(PREFIX) || KEYS.contains(key));
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "unknown settings " + unknown + "; known are " + new TreeSet<>(KEYS));
    }
    return new OperatorConfig(
        required(environment, "MMM_NAMESPACE"),
        required(environment, "MMM_POD_NAME"),
        required(environment, "MMM_NODE_NAME"),
        required(environment, "MMM_AGENT_IMAGE"),
        environment.getOrDefault("MMM_AGENT_IMAGE_PULL_POLICY", "IfNotPresent"),
        Arrays.stream(required(environment, "MMM_WATCH_NAMESPACES").split(",", -1))
            .map(String::strip)
            .filter(n -> !n.isEmpty())
            .toList(),
        port(environment.getOrDefault("MMM_HTTP_PORT", "8080")));
  }

  private static String required(Map<String, String> environment, String key) {
    String value = environment.get(key);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(key + " is not set");
    }
    return value;
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port > 0 && port < 65536) {
        return port;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("MMM_HTTP_PORT is not a port: '" + text + "'", e);
    }
    throw new IllegalArgumentException("MMM_HTTP_PORT is not a port: '" + text + "'");
  }
}
