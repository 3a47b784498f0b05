package io.mysqlmmm.kubectl.cluster;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The access that a pod has by its service account. */
final class InPod {
  private InPod() {}

  static Optional<ClusterAccess> access(Environment environment) throws ClusterException {
    Path token = environment.serviceAccount().resolve("token");
    Optional<String> host = environment.variable("KUBERNETES_SERVICE_HOST");
    if (host.isEmpty() || !Files.exists(token)) {
      return Optional.empty();
    }
    String address = host.get().contains(":") ? "[" + host.get() + "]" : host.get();
    String port = environment.variable("KUBERNETES_SERVICE_PORT").orElse("443");
    String authorization = Identity.bearer(Kubeconfig.read(token));
    return Optional.of(
        new ClusterAccess(
            URI.create("https://" + address + ":" + port),
            Optional.of(Kubeconfig.read(environment.serviceAccount().resolve("ca.crt"))),
            false,
            Optional.empty(),
            new Identity(Optional.empty(), Optional.of(authorization)),
            Kubeconfig.read(environment.serviceAccount().resolve("namespace")).strip()));
  }
}
