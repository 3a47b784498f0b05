package io.mysqlmmm.kubectl.cluster;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the process was started with.
 *
 * @param variables environment variables
 * @param home the user's home directory, for {@code .kube/config}
 * @param serviceAccount where a pod finds its token, CA and namespace
 */
public record Environment(Map<String, String> variables, Path home, Path serviceAccount) {
  public Environment {
    variables = Map.copyOf(variables);
  }

  public static Environment ofProcess() {
    return new Environment(
        System.getenv(),
        Path.of(System.getProperty("user.home", "/")),
        Path.of("/var/run/secrets/kubernetes.io/serviceaccount"));
  }

  /** The variable's value; empty when it is unset or empty. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
  }
}
