package io.mysqlmmm.e2e.bench;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.mysqlmmm.e2e.Eventually;
import io.mysqlmmm.e2e.Lab;
import io.mysqlmmm.e2e.PairUnderTest;
import io.mysqlmmm.e2e.chaos.Application;
import io.mysqlmmm.e2e.chaos.Clock;
import io.mysqlmmm.e2e.chaos.Processes;
import io.mysqlmmm.e2e.chaos.Site;
import io.mysqlmmm.e2e.chaos.TailKill;
import io.mysqlmmm.e2e.chaos.Undos;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The sample pair in the lab, and clients that write to it all the time. */
final class Ground implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(5);
  private static final Duration SERVED = Duration.ofSeconds(60);

  private final KubernetesClient client;
  private final PairUnderTest pair;
  private final Application application;
  private final Clock clock = new Clock();
  private final Clients clients;
  private final Undos undos = new Undos();
  private final TailKill tailKill;

  private Ground(KubernetesClient client, PairUnderTest pair) throws SQLException {
    this.client = client;
    this.pair = pair;
    this.application = new Application(client);
    this.clients = new Clients(application, clock);
    this.tailKill = new TailKill(new Site(client, pair, application, clock), undos);
    tailKill.prepare();
  }

  /** Applies the sample pair, which must not be there, without a preferred host. */
  static Ground prepare() throws SQLException {
    KubernetesClient client = Lab.client();
    PairUnderTest pair = new PairUnderTest(client);
    if (pair.read().isPresent()) {
      throw new IllegalStateException(
          "a pair is there already, with settings and data of its own: remove it first");
    }
    pair.apply(manifest());
    pair.awaitTrue("Ready", START);
    pair.awaitTrue("Redundant", START);
    return new Ground(client, pair);
  }

  /** The role stays where a case has put it, and hosts may go down as often as it has them. */
  private static String manifest() {
    return PairUnderTest.sample().replace(", prefer: db1", "").stripTrailing()
        + "\n  monitor: {flapCount: 0}\n";
  }

  /** Waits until both masters are in sync and clients are served. */
  void awaitWell() {
    pair.awaitTrue("Ready", START);
    pair.awaitTrue("Redundant", START);
    String writer = pair.writer();
    long _ = clients.awaitServedBy(writer, clock.now(), SERVED);
  }

  /** Returns when a ledger later than this version says that a host is in sync. */
  void awaitBack(String host, long version, Duration bound) {
    Eventually.within(
        bound,
        () -> {
          List<String> inSync = Objects.requireNonNull(pair.ledger().inSync());
          if (version() <= version || !inSync.contains(host)) {
            throw new AssertionError(host + " is not in sync: " + pair.status().verdict());
          }
        });
  }

  /** The ledger's. */
  long version() {
    return Objects.requireNonNull(pair.ledger().version());
  }

  /** When the last clone of a host began, if there was any. */
  Optional<String> lastClone(String host) {
    return Optional.ofNullable(pair.host(host).lastClone())
        .map(clone -> Objects.requireNonNull(clone.startedAt()));
  }

  /** Its one mysqld. */
  static String mysqld(String host) {
    List<String> pids = Processes.mysqld(host);
    if (pids.size() != 1) {
      throw new IllegalStateException("one mysqld expected on " + host + ", seen: " + pids);
    }
    return pids.getFirst();
  }

  KubernetesClient client() {
    return client;
  }

  PairUnderTest pair() {
    return pair;
  }

  Application application() {
    return application;
  }

  Clock clock() {
    return clock;
  }

  Clients clients() {
    return clients;
  }

  TailKill tailKill() {
    return tailKill;
  }

  Undos undos() {
    return undos;
  }

  Duration since(long start) {
    return Duration.ofNanos(clock.now() - start);
  }

  /** Lifts what is still to be lifted, ends the clients and removes the pair and its data. */
  @Override
  public void close() {
    undos.runAll().forEach(System.err::println);
    clients.close();
    pair.remove();
    client.close();
  }
}
