package io.mysqlmmm.kubectl.cluster;

import io.mysqlmmm.kubectl.cluster.ClusterException.Kind;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * The HTTP proxy in front of the API server: the kubeconfig's {@code proxy-url}, else {@code
 * HTTPS_PROXY} unless {@code NO_PROXY} names the server (by name, domain, or {@code *}) or the
 * server is this machine.
 */
final class ProxyRules {
  private ProxyRules() {}

  static Optional<ProxySelector> choose(ClusterAccess access, Environment environment)
      throws ClusterException {
    Optional<URI> proxy = access.proxy();
    if (proxy.isEmpty() && !isExempt(access.server().getHost(), environment)) {
      String variable = access.server().getScheme().toUpperCase(Locale.ROOT) + "_PROXY";
      proxy = either(environment, variable).map(ProxyRules::address);
    }
    return proxy.isPresent() ? Optional.of(selector(proxy.get())) : Optional.empty();
  }

  private static Optional<String> either(Environment environment, String variable) {
    return environment
        .variable(variable)
        .or(() -> environment.variable(variable.toLowerCase(Locale.ROOT)));
  }

  private static URI address(String value) {
    return URI.create(value.contains("://") ? value : "http://" + value);
  }

  private static ProxySelector selector(URI proxy) throws ClusterException {
    if (!"http".equals(proxy.getScheme()) || proxy.getHost() == null) {
      throw new ClusterException(
          Kind.KUBECONFIG, "Proxy '%s': only http://HOST:PORT is supported.".formatted(proxy));
    }
    int port = proxy.getPort() < 0 ? 80 : proxy.getPort();
    return ProxySelector.of(InetSocketAddress.createUnresolved(proxy.getHost(), port));
  }

  private static boolean isExempt(String host, Environment environment) {
    if (host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]")) {
      return true;
    }
    for (String rule : either(environment, "NO_PROXY").orElse("").split(",", -1)) {
      String name = rule.strip();
      String domain = name.startsWith(".") ? name : "." + name;
      if (name.equals("*") || (!name.isEmpty() && (host.equals(name) || host.endsWith(domain)))) {
        return true;
      }
    }
    return false;
  }
}
