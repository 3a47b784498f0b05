package io.mysqlmmm.operator.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MutualTlsTest {
  private static final Clock CLOCK = Clock.systemUTC();

  private final CertificateAuthority authority = CertificateAuthority.create(CLOCK.instant());
  private HttpsServer agent = start("127.0.0.1");

  @BeforeEach
  void serve() {
    agent.start();
  }

  @AfterEach
  void stop() {
    agent.stop(0);
  }

  @Test
  void showsTheAgentTheOperatorsCertificate() throws IOException, InterruptedException {
    String seen = get(MutualTls.operatorContext(authority, CLOCK));

    assertThat(seen).isEqualTo("CN=operator,O=mysql-mmm TLSv1.3");
  }

  @Test
  void isRefusedByAnAgentOfAnotherAuthority() {
    CertificateAuthority other = CertificateAuthority.create(CLOCK.instant());
    // It trusts this agent's authority, but was issued by another.
    SSLContext context =
        MutualTls.context(
            authority.certificate(), new MutualTls.Renewing(other::issueOperator, CLOCK));

    assertThatThrownBy(() -> get(context)).isInstanceOf(IOException.class);
  }

  @Test
  void refusesAnAgentOfAnotherAuthority() {
    CertificateAuthority other = CertificateAuthority.create(CLOCK.instant());

    assertThatThrownBy(() -> get(MutualTls.operatorContext(other, CLOCK)))
        .isInstanceOf(SSLHandshakeException.class);
  }

  @Test
  void refusesAnAgentAtAnAddressThatItsCertificateDoesNotName() {
    agent.stop(0);
    agent = start("10.77.0.11");
    agent.start();

    assertThatThrownBy(() -> get(MutualTls.operatorContext(authority, CLOCK)))
        .isInstanceOf(SSLHandshakeException.class)
        .hasMessageContaining("127.0.0.1");
  }

  @Test
  void showsANewCertificateWhenTwoThirdsOfTheOldOnesLifeAreOver() {
    AtomicReference<Instant> now = new AtomicReference<>(CLOCK.instant());
    InstantSource source = now::get;
    MutualTls.Renewing keys =
        new MutualTls.Renewing(authority::issueOperator, source.withZone(ZoneOffset.UTC));
    var first = keys.getCertificateChain("")[0];

    now.updateAndGet(instant -> instant.plus(Duration.ofDays(240)));
    var stillFirst = keys.getCertificateChain("")[0];
    now.updateAndGet(instant -> instant.plus(Duration.ofDays(10)));
    var second = keys.getCertificateChain("")[0];

    assertThat(stillFirst).isEqualTo(first);
    assertThat(second).isNotEqualTo(first);
  }

  private String get(SSLContext context) throws IOException, InterruptedException {
    try (HttpClient client =
        HttpClient.newBuilder().sslContext(context).connectTimeout(Duration.ofSeconds(5)).build()) {
      URI uri = URI.create("https://127.0.0.1:" + agent.getAddress().getPort() + "/");
      HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build();
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }

  private HttpsServer start(String address) {
    SSLContext context =
        MutualTls.context(
            authority.certificate(),
            new MutualTls.Renewing(now -> authority.issueAgent("db1", "uid", address, now), CLOCK));
    try {
      HttpsServer server =
          HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
      server.setHttpsConfigurator(
          new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
              SSLParameters needsClient = context.getDefaultSSLParameters();
              needsClient.setNeedClientAuth(true);
              parameters.setSSLParameters(needsClient);
            }
          });
      server.createContext(
          "/",
          exchange -> {
            var session = ((HttpsExchange) exchange).getSSLSession();
            String seen = session.getPeerPrincipal().getName() + " " + session.getProtocol();
            byte[] body = seen.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
      return server;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
