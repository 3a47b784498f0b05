package io.mysqlmmm.kubectl.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.mysqlmmm.kubectl.cluster.ClusterException.Kind;
import io.mysqlmmm.kubectl.cluster.Identity.Certificate;
import java.util.Optional;

/** Turns a kubeconfig's user into an identity; runs its credential plugin if it has one. */
final class UserCredentials {
  private final Environment environment;

  UserCredentials(Environment environment) {
    this.environment = environment;
  }

  Identity identify(Kubeconfig.Entry user) throws ClusterException {
    refuseUnsupported(user.value());
    Identity stated =
        new Identity(certificate(user), authorization(user), Impersonation.headers(user.value()));
    JsonNode exec = user.value().path("exec");
    return exec.isObject() && stated.authorization().isEmpty()
        ? merge(stated, new ExecPlugin(environment, user.directory()).run(exec))
        : stated;
  }

  private static Identity merge(Identity stated, Identity executed) {
    return new Identity(
        executed.certificate().or(stated::certificate),
        executed.authorization(),
        stated.impersonation());
  }

  private static Optional<Certificate> certificate(Kubeconfig.Entry user) throws ClusterException {
    Optional<String> chain = user.data("client-certificate-data", "client-certificate");
    Optional<String> key = user.data("client-key-data", "client-key");
    if (chain.isPresent() != key.isPresent()) {
      throw new ClusterException(
          Kind.KUBECONFIG, "The kubeconfig's user has only one of client certificate and key.");
    }
    return chain.isPresent()
        ? Optional.of(new Certificate(chain.get(), key.orElseThrow()))
        : Optional.empty();
  }

  private static Optional<String> authorization(Kubeconfig.Entry user) throws ClusterException {
    Optional<String> file = user.text("tokenFile");
    if (file.isPresent()) {
      String token = Kubeconfig.read(user.directory().resolve(file.get()));
      return Optional.of(Identity.bearer(token));
    }
    Optional<String> name = user.text("username");
    return name.isPresent()
        ? Optional.of(Identity.basic(name.get(), user.text("password").orElse("")))
        : user.text("token").map(Identity::bearer);
  }

  private static void refuseUnsupported(JsonNode user) throws ClusterException {
    if (user.path("auth-provider").isObject()) {
      throw new ClusterException(
          Kind.KUBECONFIG,
          "The kubeconfig's auth-provider is not supported (nor by kubectl since 1.26): use exec.");
    }
  }
}
