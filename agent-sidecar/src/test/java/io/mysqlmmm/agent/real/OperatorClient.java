package io.mysqlmmm.agent.real;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Answer;
import io.mysqlmmm.shared.agent.Beat;
import io.mysqlmmm.shared.agent.BootTime;
import io.mysqlmmm.shared.agent.Order;
import io.mysqlmmm.shared.agent.Order.Target;
import io.mysqlmmm.shared.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Gives orders over mutual TLS, as the operator does, and says how long each took. */
final class OperatorClient implements AutoCloseable {
  private final ObjectMapper mapper = Json.mapper();
  private final HttpClient client;
  private Optional<Thread> voting = Optional.empty();

  /** With the certificate {@code name} of {@code ca}. */
  OperatorClient(TestCa ca, String name) throws IOException, GeneralSecurityException {
    client = HttpClient.newBuilder().sslContext(context(ca, name)).build();
  }

  private static SSLContext context(TestCa ca, String name)
      throws IOException, GeneralSecurityException {
    Certificate own = certificate(ca, name);
    String pem = Files.readString(ca.file(name + ".key")).replaceAll("-----[A-Z ]+-----", "");
    PrivateKey key =
        KeyFactory.getInstance("RSA")
            .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem)));
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("own", key, new char[0], new Certificate[] {own});
    store.setCertificateEntry("ca", certificate(ca, "ca"));
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, new char[0]);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static Certificate certificate(TestCa ca, String name)
      throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(ca.file(name + ".crt"))) {
      return CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  HttpResponse<String> send(TestHost host, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + host.agentPort() + path))
            .timeout(Duration.ofSeconds(40));
    return client.send(
        body.isEmpty() ? request.build() : request.POST(BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  AgentState state(TestHost host) throws IOException, InterruptedException {
    return mapper.readValue(send(host, "/v1/state", "").body(), AgentState.class);
  }

  AgentState newer(TestHost host, long since) throws IOException, InterruptedException {
    String path = "/v1/state?since=" + since + "&wait=1000";
    return mapper.readValue(send(host, path, "").body(), AgentState.class);
  }

  /** Waits for a state; fails after two minutes. */
  AgentState eventually(TestHost host, Predicate<AgentState> wanted)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    AgentState seen = state(host);
    while (!wanted.test(seen)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within two minutes; last seen: " + seen);
      }
      seen = newer(host, seen.sequence());
    }
    return seen;
  }

  Answer order(TestHost host, Order order) throws IOException, InterruptedException {
    return order(host, order, "");
  }

  /** One that is late after that moment. */
  Answer order(TestHost host, Order order, BootTime until)
      throws IOException, InterruptedException {
    return order(
        host, order, "?boot=%s&until=%d".formatted(until.bootId(), until.sinceBoot().toMillis()));
  }

  private Answer order(TestHost host, Order order, String query)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    HttpResponse<String> response =
        send(host, "/v1/orders" + query, mapper.writeValueAsString(order));
    Answer answer = mapper.readValue(response.body(), Answer.class);
    System.out.printf(
        "%-10s %5d ms %s%n",
        order.getClass().getSimpleName(),
        (System.nanoTime() - start) / 1_000_000,
        answer.getClass().getSimpleName());
    return answer;
  }

  Target target(TestHost host, long version, long epoch) throws IOException, InterruptedException {
    return new Target(
        TestHost.UID, state(host).standing().serverUuid(), version, epoch, Duration.ofSeconds(10));
  }

  /** Keeps whoever is active in his lease, as the operator's heartbeats do. */
  void voteFor(List<TestHost> hosts) {
    voting =
        Optional.of(
            Thread.ofVirtual()
                .start(
                    () -> {
                      while (!Thread.currentThread().isInterrupted()) {
                        hosts.stream().filter(TestHost::hasAgent).forEach(this::voteOnce);
                        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
                      }
                    }));
  }

  private void voteOnce(TestHost host) {
    try {
      AgentState seen = state(host);
      Beat beat =
          new Beat(TestHost.UID, "", seen.standing().activeEpoch(), Optional.of(seen.clock()));
      HttpResponse<String> _ =
          send(host, "/v1/watch?since=-1&wait=0", mapper.writeValueAsString(beat.asking(true)));
    } catch (IOException _) {
      // The agent is being restarted.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    voting.ifPresent(Thread::interrupt);
    client.close();
  }
}
