package io.mysqlmmm.kubectl.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyRulesTest {
  private static final Path NOWHERE = Path.of("/nonexistent");

  private static ClusterAccess access(String server, Optional<URI> proxy) {
    return new ClusterAccess(
        URI.create(server), Optional.empty(), false, proxy, Identity.ANONYMOUS, "default");
  }

  private static Environment environment(Map<String, String> variables) {
    return new Environment(variables, NOWHERE, NOWHERE);
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.example.org:6443, other.org, true",
    "https://api.example.org:6443, 'other.org, example.org', false",
    "https://api.example.org:6443, .example.org, false",
    "https://myexample.org:6443, example.org, true",
    "https://api.example.org:6443, *, false",
    "https://127.0.0.1:6443, '', false",
    "https://localhost:6443, '', false",
    "http://api.example.org, '', false",
  })
  void goesThroughTheEnvironmentsProxyUnlessExempt(String server, String noProxy, boolean through)
      throws Exception {
    Environment environment =
        environment(Map.of("https_proxy", "http://proxy:3128", "NO_PROXY", noProxy));

    assertThat(ProxyRules.choose(access(server, Optional.empty()), environment).isPresent())
        .isEqualTo(through);
  }

  @Test
  void theKubeconfigsProxyWinsAndMustBeHttp() throws Exception {
    Environment environment = environment(Map.of("NO_PROXY", "*"));
    ClusterAccess proxied =
        access("https://api:6443", Optional.of(URI.create("http://proxy:3128")));
    ClusterAccess socks =
        access("https://api:6443", Optional.of(URI.create("socks5://proxy:1080")));

    assertThat(ProxyRules.choose(proxied, environment)).isPresent();
    assertThatThrownBy(() -> ProxyRules.choose(socks, environment))
        .hasMessage("Proxy 'socks5://proxy:1080': only http://HOST:PORT is supported.");
  }
}
