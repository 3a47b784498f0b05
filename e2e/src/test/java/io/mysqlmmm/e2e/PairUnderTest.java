package io.mysqlmmm.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.mysqlmmm.api.v1alpha1.HostSpec;
import io.mysqlmmm.api.v1alpha1.HostStatus;
import io.mysqlmmm.api.v1alpha1.LastMove;
import io.mysqlmmm.api.v1alpha1.LedgerStatus;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMasterStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The sample pair, as a user handles it. */
public final class PairUnderTest {
  public static final String WRITER_IP = "10.77.0.100";
  public static final List<String> HOSTS = List.of("db1", "db2");

  /** With a new disk a standby replays all that was ever written. */
  private static final Duration CAUGHT_UP = Duration.ofMinutes(5);

  private final KubernetesClient client;
  private final Resource<MySQLMultiMaster> resource;

  public PairUnderTest(KubernetesClient client) {
    this.client = client;
    this.resource =
        client.resources(MySQLMultiMaster.class).inNamespace("default").withName("shop");
  }

  /** samples/pair.yaml. */
  public static String sample() {
    try {
      return Files.readString(Lab.root().resolve("samples/pair.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The address of a host: db1 has 10.77.0.11, and so on. */
  public static String address(String host) {
    return "10.77.0.1" + host.substring(2);
  }

  /** The node of a host. */
  public static String node(String host) {
    return "node" + host.substring(2);
  }

  public void apply() {
    apply(sample());
  }

  public void apply(String manifest) {
    client
        .resource(Serialization.unmarshal(manifest, MySQLMultiMaster.class))
        .fieldManager("e2e")
        .serverSideApply();
  }

  public Optional<MySQLMultiMaster> read() {
    return Optional.ofNullable(resource.get());
  }

  public MySQLMultiMasterStatus status() {
    MySQLMultiMasterStatus status = read().orElseThrow().getStatus();
    if (status == null) {
      throw new AssertionError("no status yet");
    }
    return status;
  }

  /** What the status tells of a host. */
  public HostStatus host(String name) {
    return requireNonNull(status().hosts()).stream()
        .filter(h -> name.equals(h.name()))
        .findFirst()
        .orElseThrow();
  }

  public LedgerStatus ledger() {
    return requireNonNull(status().ledger(), "no ledger yet");
  }

  public long epoch() {
    return requireNonNull(ledger().epoch());
  }

  public String writer() {
    return requireNonNull(ledger().writer());
  }

  public String standby() {
    return other(writer());
  }

  /** The other master. */
  public static String other(String host) {
    return host.equals("db1") ? "db2" : "db1";
  }

  public Condition condition(String type) {
    return requireNonNull(status().conditions(), "no conditions yet").stream()
        .filter(c -> c.getType().equals(type))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no condition " + type));
  }

  public boolean is(String type) {
    return condition(type).getStatus().equals("True");
  }

  public void awaitTrue(String type, Duration bound) {
    Eventually.within(
        bound,
        () -> {
          if (!is(type)) {
            throw new AssertionError(condition(type).toString());
          }
        });
  }

  /** Waits until the standby has applied all that the writer had when this was called. */
  public void awaitCaughtUp() throws SQLException {
    awaitCaughtUp(CAUGHT_UP);
  }

  /** The same with another bound than five minutes. */
  public void awaitCaughtUp(Duration bound) throws SQLException {
    String written = written();
    Eventually.within(bound, () -> requireApplied(written));
  }

  /**
   * Waits until the standby keeps up: what the writer has, it has applied when it is asked next.
   */
  public void awaitKeptUp(Duration bound) {
    Eventually.within(bound, () -> requireApplied(written()));
  }

  private String written() throws SQLException {
    return query(address(writer()), "SELECT @@GLOBAL.gtid_executed").iterator().next();
  }

  private void requireApplied(String written) throws SQLException {
    String missing = "SELECT GTID_SUBTRACT('%s', @@GLOBAL.gtid_executed)".formatted(written);
    Set<String> rest = query(address(standby()), missing);
    if (!rest.equals(Set.of(""))) {
      throw new AssertionError("not applied yet: " + rest);
    }
  }

  /** Patches spec.moveRole as kubectl would; returns the request's time, its name. */
  public String requestMove(String role, String host) {
    return requestMove(role, host, false);
  }

  public String requestMove(String role, String host, boolean force) {
    String at = Instant.now().toString();
    resource.patch(
        PatchContext.of(PatchType.JSON_MERGE),
        """
        {"spec":{"moveRole":{"role":"%s","host":"%s","requestedAt":"%s","force":%s}}}"""
            .formatted(role, host, at, force));
    return at;
  }

  /** What set-offline and set-online do to the host. */
  public void setOffline(String host, boolean offline) {
    List<String> names =
        requireNonNull(resource.get().getSpec().hosts()).stream().map(HostSpec::name).toList();
    resource.patch(
        PatchContext.of(PatchType.JSON),
        """
        [{"op":"add","path":"/spec/hosts/%d/offline","value":%s}]"""
            .formatted(names.indexOf(host), offline));
  }

  /** The outcome of a request. */
  public LastMove outcome(String requestedAt, Duration bound) {
    return Eventually.get(
        bound,
        () -> {
          LastMove move = requireNonNull(status().lastMove(), "no lastMove yet");
          if (!requestedAt.equals(move.requestedAt()) || "InProgress".equals(move.outcome())) {
            throw new AssertionError(move.toString());
          }
          return move;
        });
  }

  public void patchSpec(String json) {
    resource.patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":" + json + "}");
  }

  /** Writes the ledger as a backup that is put back would, or removes it; null: removes it. */
  public void putLedger(@Nullable LedgerStatus ledger) {
    resource
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"status\":{\"ledger\":%s}}"
                .formatted(ledger == null ? "null" : Serialization.asJson(ledger)));
  }

  public void delete() {
    resource.delete();
  }

  /** Deletes the pair and its data, and waits until it is gone. */
  public void remove() {
    if (read().isPresent()) {
      patchSpec("{\"deletionPolicy\":\"Delete\"}");
      delete();
    }
    Eventually.within(
        Duration.ofMinutes(3),
        () -> {
          if (read().isPresent()) {
            throw new AssertionError("it is still there");
          }
        });
  }

  /** Connects as the application does, with the credentials of Secret shop-app. */
  public Connection connect(String address) throws SQLException {
    Secret secret = client.secrets().inNamespace("default").withName("shop-app").get();
    if (secret == null) {
      throw new SQLException("Secret shop-app is not there");
    }
    Properties properties = new Properties();
    properties.setProperty("user", decoded(secret, "username"));
    properties.setProperty("password", decoded(secret, "password"));
    properties.setProperty("connectTimeout", "1000");
    properties.setProperty("socketTimeout", "3000");
    properties.setProperty("sslMode", "REQUIRED");
    return DriverManager.getConnection("jdbc:mysql://" + address + ":3306/shop", properties);
  }

  private static String decoded(Secret secret, String key) {
    return new String(Base64.getDecoder().decode(secret.getData().get(key)), UTF_8);
  }

  /** Hosts that would let a client write now. */
  public List<String> writable() {
    return HOSTS.stream()
        .filter(
            host -> {
              try {
                return query(address(host), "SELECT @@GLOBAL.super_read_only").contains("0");
              } catch (SQLException e) {
                return false;
              }
            })
        .toList();
  }

  public Set<String> query(String address, String sql) throws SQLException {
    try (Connection connection = connect(address);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      Set<String> values = new LinkedHashSet<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }

  public void execute(String address, String sql) throws SQLException {
    try (Connection connection = connect(address);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Sends SIGKILL to the mysqld of a host. */
  public void killMysqld(String host) {
    List<String> pids = Lab.pids(node(host), "mysqld");
    if (pids.size() != 1) {
      throw new AssertionError("one mysqld expected on " + host + ", seen: " + pids);
    }
    Lab.kill9(pids.getFirst());
  }
}
