package io.mysqlmmm.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import io.mysqlmmm.operator.core.Check;
import io.mysqlmmm.operator.core.CheckRule;
import io.mysqlmmm.operator.core.Topology;
import io.mysqlmmm.operator.core.Topology.Agent;
import io.mysqlmmm.operator.core.Topology.Database;
import io.mysqlmmm.operator.core.Topology.Durability;
import io.mysqlmmm.operator.core.Topology.Host;
import io.mysqlmmm.operator.core.Topology.Kind;
import io.mysqlmmm.operator.core.Topology.Mode;
import io.mysqlmmm.operator.core.Topology.MySql;
import io.mysqlmmm.operator.core.Topology.Timing;
import io.mysqlmmm.operator.observe.SpecReader.Parsed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpecReaderTest {
  private static final Map<String, String> NODES =
      Map.of("node1", "10.77.0.11", "node2", "10.77.0.12", "node3", "10.77.0.13", "bare", "");

  private static final String MINIMAL =
      """
      apiVersion: mysqlmmm.io/v1alpha1
      kind: MySQLMultiMaster
      metadata: {name: shop, namespace: default, uid: u1, creationTimestamp: "2026-11-22T10:00:00Z"}
      spec:
        hosts:
        - {name: db1, nodeName: node1, peer: db2}
        - {name: db2, nodeName: node2, peer: db1}
        roles:
        - {name: writer, mode: Exclusive, hosts: [db1, db2], ips: [10.77.0.100]}
        - {name: reader, mode: Balanced, hosts: [db1, db2], ips: [10.77.0.101]}
      """;

  @Test
  void fillsInEveryDefault() {
    Topology topology = valid(MINIMAL);

    assertThat(topology.namespace()).isEqualTo("default");
    assertThat(topology.uid()).isEqualTo("u1");
    assertThat(topology.createdAt()).isEqualTo(Instant.parse("2026-11-22T10:00:00Z"));
    assertThat(topology.mode()).isEqualTo(Mode.ACTIVE);
    assertThat(topology.durability()).isEqualTo(Durability.LOSSLESS);
    assertThat(topology.activeMasterRole()).isEqualTo("writer");
    assertThat(topology.hosts())
        .containsExactly(
            new Host("db1", "node1", Kind.MASTER, Optional.of("db2"), "10.77.0.11"),
            new Host("db2", "node2", Kind.MASTER, Optional.of("db1"), "10.77.0.12"));
    assertThat(topology.networkInterface()).isEmpty();
    assertThat(topology.mysql()).isEqualTo(new MySql(3306, 33062, List.of()));
    assertThat(topology.agent()).isEqualTo(new Agent(9989));
    assertThat(topology.timing())
        .isEqualTo(
            new Timing(
                Duration.ofMillis(200),
                Duration.ofSeconds(3),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5)));
  }

  @Test
  void takesWhatIsGiven() {
    Topology topology =
        valid(
            MINIMAL
                + """
                  mode: Wait
                  durability: Available
                  network: {interface: eth1}
                  mysql: {port: 3307, adminPort: 3308, databases: [{name: shop}, {name: a, user: b, secret: c}]}
                  agent: {port: 9990}
                  monitor: {heartbeat: 100ms, leaseTtl: 3s, moveTimeout: 1m, maxLag: 500ms}
                """);

    assertThat(topology.mode()).isEqualTo(Mode.WAIT);
    assertThat(topology.durability()).isEqualTo(Durability.AVAILABLE);
    assertThat(topology.networkInterface()).contains("eth1");
    assertThat(topology.mysql())
        .isEqualTo(
            new MySql(
                3307,
                3308,
                List.of(new Database("shop", "shop", "shop-app"), new Database("a", "b", "c"))));
    assertThat(topology.agent()).isEqualTo(new Agent(9990));
    assertThat(topology.timing())
        .isEqualTo(
            new Timing(
                Duration.ofMillis(100),
                Duration.ofSeconds(3),
                Duration.ofMinutes(1),
                Duration.ofMillis(500)));
  }

  @Test
  void takesTheTimesOfEachCheck() {
    Topology.Policy policy =
        valid(
                MINIMAL
                    + """
                      monitor:
                        checks:
                          ping: {period: 2s, trap: 10s, timeout: 3s}
                          mysql: {period: 3s, trap: 11s, timeout: 4s}
                          repThreads: {period: 4s, trap: 12s, timeout: 5s}
                          repBacklog: {period: 5s, trap: 13s, timeout: 6s, maxBacklog: 90s}
                    """)
            .policy();

    assertThat(policy.check(Check.PING)).isEqualTo(rule(2, 10, 3));
    assertThat(policy.check(Check.MYSQL)).isEqualTo(rule(3, 11, 4));
    assertThat(policy.check(Check.REP_THREADS)).isEqualTo(rule(4, 12, 5));
    assertThat(policy.check(Check.REP_BACKLOG)).isEqualTo(rule(5, 13, 6));
    assertThat(policy.maxBacklog()).isEqualTo(Duration.ofSeconds(90));
  }

  private static String delayed(String delay) {
    return MINIMAL.replace(
        "  roles:\n",
        "  - {name: db3, nodeName: node3, mode: Replica, delay: %s}\n  roles:\n".formatted(delay));
  }

  @Test
  void keepsTheAddressOfANodeThatWasRemoved() {
    String status =
        """
        status:
          hosts:
          - {name: db1, nodeName: node1, address: 10.77.0.11}
          - {name: db2, nodeName: gone, address: 10.77.0.19}
        """;

    assertThat(valid(MINIMAL.replace("node2", "gone") + status).host("db2").address())
        .isEqualTo("10.77.0.19");
    assertProblem(
        MINIMAL.replace("node2", "another") + status, "spec.hosts[1].nodeName", "NodeNotFound");
  }

  @Test
  void takesADelayOfAWeekAtMost() {
    assertThat(valid(delayed("168h")).host("db3").delay()).isEqualTo(Duration.ofDays(7));
    assertThat(valid(delayed("90m")).host("db3").delay()).isEqualTo(Duration.ofMinutes(90));
    assertProblem(delayed("169h"), "spec.hosts[2].delay", "OutOfBounds");
    assertProblem(delayed("1d"), "spec.hosts[2].delay", "OutOfBounds");
  }

  private static CheckRule rule(long period, long trap, long timeout) {
    return new CheckRule(
        Duration.ofSeconds(period), Duration.ofSeconds(trap), Duration.ofSeconds(timeout));
  }

  @Test
  void takesAHostsOwnAddressOverTheNodes() {
    Topology topology =
        valid(MINIMAL.replace("nodeName: node1,", "nodeName: bare, address: 'fd00::1',"));

    assertThat(topology.host("db1").address()).isEqualTo("fd00::1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // what | by what | field | reason
        "name: shop,|name: Shop,|metadata.name|InvalidName",
        "nodeName: node1|nodeName: gone|spec.hosts[0].nodeName|NodeNotFound",
        "nodeName: node1|nodeName: bare|spec.hosts[0].address|NodeWithoutAddress",
        "nodeName: node1|nodeName: node2|spec.hosts[1].nodeName|DuplicateNode",
        "nodeName: node1|nodeName: node1, address: db1.example|spec.hosts[0].address|InvalidAddress",
        "nodeName: node1|nodeName: node1, address: 127.0.0.1|spec.hosts[0].address|InvalidAddress",
        "nodeName: node1|nodeName: node1, address: 10.77.0.12|spec.hosts[1].address|DuplicateAddress",
        "peer: db2|peer: db2, mode: Slave|spec.hosts[0].mode|UnknownValue",
        "peer: db2|mode: Replica|spec.hosts|NotAPair",
        "peer: db2|peer: db3|spec.hosts|PeersDisagree",
        ", peer: db2||spec.hosts|PeersDisagree",
        "name: reader|name: writer|spec.roles[1].name|DuplicateName",
        "mode: Balanced|mode: Both|spec.roles[1].mode|UnknownValue",
        "mode: Balanced, hosts: [db1, db2]|mode: Balanced, hosts: [db1, db9]|spec.roles[1].hosts|UnknownHost",
        "mode: Balanced, hosts: [db1, db2]|mode: Balanced, hosts: []|spec.roles[1].hosts|NoHosts",
        "mode: Balanced, hosts: [db1, db2]|mode: Balanced, hosts: [db1, db1]|spec.roles[1].hosts|DuplicateHost",
        "ips: [10.77.0.101]|ips: []|spec.roles[1].ips|WrongNumberOfIps",
        "ips: [10.77.0.100]|ips: [10.77.0.100, 10.77.0.99]|spec.roles[0].ips|WrongNumberOfIps",
        "ips: [10.77.0.101]|ips: [10.77.0.100]|spec.roles[1].ips|DuplicateAddress",
        "ips: [10.77.0.101]|ips: [10.77.0.101, 10.77.0.101]|spec.roles[1].ips|DuplicateAddress",
        "ips: [10.77.0.101]|ips: [reader.example]|spec.roles[1].ips[0]|InvalidAddress",
        "ips: [10.77.0.101]|ips: [10.77.0.101/24]|spec.roles[1].ips[0]|InvalidAddress",
        "ips: [10.77.0.101]|ips: [224.0.0.1]|spec.roles[1].ips[0]|InvalidAddress",
        "ips: [10.77.0.101]|ips: [10.77.0.13]|spec.roles[1].ips[0]|AddressTaken",
        "ips: [10.77.0.101]|ips: [10.77.0.11]|spec.roles[1].ips[0]|AddressTaken",
        "ips: [10.77.0.100]|ips: [10.77.0.100], prefer: db3|spec.roles[0].prefer|UnknownHost",
        "name: writer|name: write|spec.activeMasterRole|UnknownRole",
        "name: writer, mode: Exclusive|name: writer, mode: Balanced|spec.activeMasterRole|NotExclusive",
      })
  void saysWhatIsWrong(String part, @Nullable String replacement, String field, String reason) {
    String changed = MINIMAL.replaceFirst(Pattern.quote(part), quoted(replacement));

    assertThat(changed).isNotEqualTo(MINIMAL);
    assertProblem(changed, field, reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // further spec | field | reason
        "mode: active|spec.mode|UnknownValue",
        "durability: Maybe|spec.durability|UnknownValue",
        "adopt: {host: db9}|spec.adopt.host|UnknownHost",
        "deletionPolicy: Keep|spec.deletionPolicy|UnknownValue",
        "network: {interface: 'eth0/1'}|spec.network.interface|InvalidName",
        "monitor: {heartbeat: 200}|spec.monitor.heartbeat|OutOfBounds",
        "monitor: {heartbeat: 1ms}|spec.monitor.heartbeat|OutOfBounds",
        "monitor: {heartbeat: 1s}|spec.monitor.heartbeat|OutOfBounds",
        "monitor: {leaseTtl: 500ms}|spec.monitor.leaseTtl|OutOfBounds",
        "monitor: {moveTimeout: 1h}|spec.monitor.moveTimeout|OutOfBounds",
        "monitor: {maxLag: soon}|spec.monitor.maxLag|OutOfBounds",
        "agent: {port: 3306}|spec.mysql.port|DuplicatePort",
        "agent: {port: 70000}|spec.agent.port|InvalidPort",
        "mysql: {port: 0}|spec.mysql.port|InvalidPort",
        "mysql: {adminPort: 3306}|spec.mysql.port|DuplicatePort",
        "mysql: {image: 'mysql 8.4'}|spec.mysql.image|InvalidImage",
        "mysql: {imagePullPolicy: Sometimes}|spec.mysql.imagePullPolicy|UnknownValue",
        "mysql: {config: {sync_binlog: '0'}}|spec.mysql.config|RefusedSetting",
        "mysql: {config: {Loose-Skip-Log-Bin: ''}}|spec.mysql.config|RefusedSetting",
        "mysql: {config: {'a b': '1'}}|spec.mysql.config|RefusedSetting",
        "mysql: {config: {init_connect: \"a\\nsync_binlog=0\"}}|spec.mysql.config|RefusedSetting",
        "mysql: {storage: {hostPath: /a, size: 1Gi}}|spec.mysql.storage|AmbiguousStorage",
        "mysql: {storage: {hostPath: a/b}}|spec.mysql.storage.hostPath|InvalidPath",
        "mysql: {storage: {hostPath: /a/../b}}|spec.mysql.storage.hostPath|InvalidPath",
        "mysql: {storage: {hostPath: /}}|spec.mysql.storage.hostPath|InvalidPath",
        "mysql: {storage: {size: much}}|spec.mysql.storage.size|InvalidQuantity",
        "mysql: {storage: {size: '0'}}|spec.mysql.storage.size|InvalidQuantity",
        "mysql: {databases: [{name: mysql}]}|spec.mysql.databases[0].name|InvalidName",
        "mysql: {databases: [{name: a, user: root}]}|spec.mysql.databases[0].user|InvalidName",
        "mysql: {databases: [{name: A_B}]}|spec.mysql.databases[0].secret|InvalidName",
        "mysql: {databases: [{name: a}, {name: a}]}|spec.mysql.databases[1].name|DuplicateName",
        "mysql: {databases: [{name: a, user: u}, {name: b, user: u}]}|spec.mysql.databases[1].secret|DuplicateUser",
        "mysql: {databases: [{name: a, secret: shop-mysql}]}|spec.mysql.databases[0].secret|ReservedSecret",
        "mysql: {databases: [{name: a, secret: shop-tls-db1}]}|spec.mysql.databases[0].secret|ReservedSecret",
      })
  void saysWhatIsWrongFurtherDown(String more, String field, String reason) {
    assertProblem(MINIMAL + "  " + more + "\n", field, reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"storage: {size: 1Gi}", "backup: {claimName: backups}"})
  void refusesAClaimForAMysqldOfTheNodes(String claim) {
    String external = MINIMAL.replace("nodeName: node1,", "nodeName: node1, external: true,");

    assertThat(valid(external).host("db1").external()).isTrue();
    assertThat(valid(external).host("db2").external()).isFalse();
    assertProblem(external + "  mysql: {" + claim + "}\n", "spec.hosts", "ExternalWithClaim");
  }

  @Test
  void refusesAHostThatHasTheNameOfTheOperatorsCertificate() {
    assertProblem(MINIMAL.replace("db1", "operator"), "spec.hosts[0].name", "InvalidName");
  }

  @Test
  void refusesAReplicaInTheActiveMasterRole() {
    String three =
        MINIMAL
            .replace("  roles:\n", "  - {name: db3, nodeName: node3, mode: Replica}\n  roles:\n")
            .replaceFirst("hosts: \\[db1, db2\\]", "hosts: [db1, db2, db3]");

    assertProblem(three, "spec.roles", "ReplicaCannotWrite");
  }

  @Test
  void writesAddressesInOneWay() {
    Topology topology =
        valid(
            MINIMAL
                .replace("nodeName: node1,", "nodeName: node1, address: 'FD00:77:0::11',")
                .replace("10.77.0.100", "'FD00:77:0::64'"));

    assertThat(topology.host("db1").address()).isEqualTo("fd00:77::11");
    assertThat(topology.managedIps()).contains("fd00:77::64");
  }

  @Test
  void comparesAddressesByValue() {
    String v6 =
        MINIMAL.replace("10.77.0.100", "'fd00::1'").replace("10.77.0.101", "'fd00:0:0::0:1'");

    assertProblem(v6, "spec.roles[1].ips", "DuplicateAddress");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "metadata: {name: a}",
        "metadata: {name: a}\nspec: {}",
        "metadata: {name: a}\nspec: {hosts: [{}, {}], roles: [{}], monitor: {}, mysql: {databases: [{}], storage: {}, config: {}}, network: {}, agent: {}}",
      })
  void neverBreaksOnWhatIsMissing(String yaml) {
    assertThat(read(yaml)).isInstanceOf(Parsed.Invalid.class);
  }

  private static void assertProblem(String yaml, String field, String reason) {
    assertThat(read(yaml))
        .isInstanceOfSatisfying(
            Parsed.Invalid.class,
            invalid ->
                assertThat(invalid.problems())
                    .as(invalid.toString())
                    .anySatisfy(
                        problem -> {
                          assertThat(problem.field()).isEqualTo(field);
                          assertThat(problem.reason()).isEqualTo(reason);
                          assertThat(problem.sentence()).isNotBlank().doesNotContain("\n");
                        }));
  }

  private static Topology valid(String yaml) {
    return switch (read(yaml)) {
      case Parsed.Valid valid -> valid.topology();
      case Parsed.Invalid invalid -> throw new AssertionError(invalid.problems());
    };
  }

  private static Parsed read(String yaml) {
    return SpecReader.read(Serialization.unmarshal(yaml, MySQLMultiMaster.class), NODES);
  }

  private static String quoted(@Nullable String replacement) {
    return Matcher.quoteReplacement(replacement == null ? "" : replacement);
  }
}
