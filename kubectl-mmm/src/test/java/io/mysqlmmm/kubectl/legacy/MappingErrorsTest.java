package io.mysqlmmm.kubectl.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Configurations that no resource can be made of: each mistake gives one sentence. */
class MappingErrorsTest {
  @TempDir private Path directory = Path.of("");

  @ParameterizedTest
  @MethodSource({"hosts", "roles", "values"})
  void saysWhereWhatAndWhatToDo(String replaced, String by, String error) {
    assertThat(Installation.COMMON + Installation.MONITOR).contains(replaced);
    Installation installation = new Installation(directory);

    assertThat(
            installation.errors(
                installation.imported(
                    Installation.COMMON.replace(replaced, by),
                    Installation.MONITOR.replace(replaced, by))))
        .containsExactly(error);
  }

  static Stream<Arguments> hosts() {
    return Stream.of(
        argumentSet(
            "a host without mode",
            "mode slave",
            "",
            "mmm_common.conf:12: <host db3> has no 'mode': add it, as MMM needed it too"),
        argumentSet(
            "an unknown mode of a host",
            "mode slave",
            "mode replica",
            "mmm_common.conf:14: mode 'replica' is none of master, slave: correct it"),
        argumentSet(
            "a host without address",
            "ip 10.77.0.13",
            "",
            "mmm_common.conf:12: <host db3> has no 'ip': add it, as MMM needed it too"),
        argumentSet(
            "an address that is none",
            "ip 10.77.0.13",
            "ip 10.77.0.256",
            "mmm_common.conf:13: ip '10.77.0.256' is no address of a host: correct it"),
        argumentSet(
            "an address twice",
            "ip 10.77.0.13",
            "ip 10.77.0.12",
            "Hosts db2 and db3 have the same ip 10.77.0.12: each needs one of its own"),
        argumentSet(
            "a third master",
            "mode slave",
            "mode master\npeer db1",
            "3 hosts have mode master (db1, db2, db3): a pair has exactly two, make the others"
                + " slaves"),
        argumentSet(
            "a master without peer",
            "peer db2",
            "",
            "mmm_common.conf:2: <host db1> has no 'peer': add it, as MMM needed it too"),
        argumentSet(
            "a peer that is not defined",
            "peer db2",
            "peer db9",
            "mmm_common.conf:5: <host db1> has the peer 'db9', but there is no <host db9>: add it,"
                + " or name another one"),
        argumentSet(
            "a peer that is not the other master",
            "peer db2",
            "peer db3",
            "mmm_common.conf:5: <host db1> has the peer 'db3': the two masters must name each other,"
                + " so write peer db2"),
        argumentSet(
            "a name that is too long",
            "<host db3>",
            "<host a-host-with-a-long-name>\nip 10.77.0.14\nmode slave\n</host>\n<host db3>",
            "mmm_common.conf:12: <host a-host-with-a-long-name> cannot have that name: give it one"
                + " of 1 to 20 lower-case letters, digits and dashes"),
        argumentSet(
            "two names that become one",
            "<host db3>",
            "<host DB2>\nip 10.77.0.14\nmode slave\n</host>\n<host db3>",
            "mmm_common.conf:12: <host DB2> is named 'db2' here, as another one is: give it another"
                + " name"));
  }

  static Stream<Arguments> roles() {
    return Stream.of(
        argumentSet(
            "no active master role",
            "active_master_role writer",
            "",
            "There is no active_master_role: add it, as MMM needed it too"),
        argumentSet(
            "an active master role that is not defined",
            "active_master_role writer",
            "active_master_role main",
            "mmm_common.conf:1: active_master_role is 'main', but there is no <role main>: add it,"
                + " or name another one"),
        argumentSet(
            "an active master role that is balanced",
            "mode exclusive",
            "mode balanced",
            "mmm_common.conf:17: <role writer> is the active_master_role: only one host may be"
                + " writable, make it exclusive"),
        argumentSet(
            "a slave as writer",
            "hosts db1, db2\n",
            "hosts db1, db3\n",
            "mmm_common.conf:18: <role writer> is the active_master_role, but its host 'db3' is a"
                + " slave and never writable: remove it"),
        argumentSet(
            "an unknown mode of a role",
            "mode balanced",
            "mode shared",
            "mmm_common.conf:22: mode 'shared' is none of exclusive, balanced: correct it"),
        argumentSet(
            "a role without hosts",
            "hosts db1, db2, db3",
            "",
            "mmm_common.conf:21: <role reader> has no 'hosts': add it, as MMM needed it too"),
        argumentSet(
            "a role with a host that is not defined",
            "hosts db1, db2, db3",
            "hosts db1, db4",
            "mmm_common.conf:23: <role reader> names the host 'db4', but there is no <host db4>: add"
                + " it, or remove it from hosts"),
        argumentSet(
            "a role without ips",
            "ips 10.77.0.100",
            "",
            "mmm_common.conf:16: <role writer> has no 'ips': add it, as MMM needed it too"),
        argumentSet(
            "an exclusive role with two ips",
            "ips 10.77.0.100",
            "ips 10.77.0.100, 10.77.0.110",
            "mmm_common.conf:19: <role writer> is exclusive and has several ips: keep the one in"
                + " use"),
        argumentSet(
            "an ip that is none",
            "ips 10.77.0.100",
            "ips 127.0.0.1",
            "mmm_common.conf:19: <role writer> has the ip '127.0.0.1', which is no address: correct"
                + " it"),
        argumentSet(
            "an ip in two roles",
            "ips 10.77.0.100",
            "ips 10.77.0.102",
            "mmm_common.conf:24: <role reader> has the ip 10.77.0.102, which <role writer> has"
                + " already"),
        argumentSet(
            "an ip of a host",
            "ips 10.77.0.100",
            "ips 10.77.0.11",
            "mmm_common.conf:19: <role writer> has the ip 10.77.0.11, which is the address of <host"
                + " db1>: use a free one"),
        argumentSet(
            "too many ips",
            "ips 10.77.0.101, 10.77.0.102",
            "ips " + numbered(1, 17, "10.78.0.%d"),
            "mmm_common.conf:24: <role reader> has more than 16 ips"),
        argumentSet(
            "a preferred host that may not hold the role",
            "ips 10.77.0.100",
            "ips 10.77.0.100\nprefer db3",
            "mmm_common.conf:20: <role writer> prefers 'db3', which is not among its hosts: correct"
                + " it"));
  }

  static Stream<Arguments> values() {
    return Stream.of(
        argumentSet(
            "an unknown mode of the monitor",
            "auto_set_online 0",
            "mode automatic",
            "mmm_mon.conf:3: mode 'automatic' is none of active, manual, wait, passive: correct it"),
        argumentSet(
            "seconds that are none",
            "auto_set_online 0",
            "auto_set_online 1m",
            "mmm_mon.conf:3: auto_set_online '1m' is no number of seconds: correct it"),
        argumentSet(
            "a number that is none",
            "auto_set_online 0",
            "flap_count many",
            "mmm_mon.conf:3: flap_count 'many' is no whole number from 0 to 1000: correct it"),
        argumentSet(
            "a yes or no that is neither",
            "auto_set_online 0",
            "careful_startup maybe",
            "mmm_mon.conf:3: careful_startup 'maybe' is neither yes (true, 1, on) nor no (false, 0,"
                + " off): correct it"),
        argumentSet(
            "a port that is none",
            "ip 10.77.0.13",
            "ip 10.77.0.13\nmysql_port 0",
            "mmm_common.conf:14: mysql_port '0' is no port: correct it"),
        argumentSet(
            "one port for two",
            "ip 10.77.0.11",
            "ip 10.77.0.11\nmysql_port 9989",
            "mysql_port and agent_port are both 9989: give them different ports"),
        argumentSet(
            "an interface that is none",
            "ip 10.77.0.11",
            "ip 10.77.0.11\ncluster_interface eth0:1",
            "mmm_common.conf:4: cluster_interface 'eth0:1' is no name of a network interface: correct"
                + " it"),
        argumentSet(
            "an unknown check",
            "</monitor>",
            "</monitor>\n<check disk>\n</check>",
            "mmm_mon.conf:5: <check disk> is no check of MMM: use ping, mysql, rep_threads,"
                + " rep_backlog"));
  }

  private static String numbered(int from, int to, String format) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(format::formatted)
        .collect(Collectors.joining(", "));
  }

  @Test
  void refusesMoreThanTwoHostsInTheActiveMasterRole() {
    Installation installation = new Installation(directory);

    assertThat(
            installation.errors(
                installation.imported(
                    Installation.COMMON.replace("hosts db1, db2\n", "hosts db1, db2, db3\n"),
                    Installation.MONITOR)))
        .contains(
            "mmm_common.conf:18: <role writer> is the active_master_role and has 3 hosts: keep the"
                + " two masters, as MMM allowed no more");
  }

  @Test
  void refusesMoreHostsAndRolesThanAPairCanHave() {
    String hosts =
        IntStream.rangeClosed(1, 14)
            .mapToObj("<host s%1$d>\nip 10.78.0.%1$d\nmode slave\n</host>\n"::formatted)
            .collect(Collectors.joining());
    String roles =
        IntStream.rangeClosed(1, 7)
            .mapToObj(
                "<role r%1$d>\nmode balanced\nhosts db1\nips 10.79.0.%1$d\n</role>\n"::formatted)
            .collect(Collectors.joining());
    Installation installation = new Installation(directory);

    assertThat(
            installation.errors(
                installation.imported(Installation.COMMON + hosts + roles, Installation.MONITOR)))
        .containsExactlyInAnyOrder(
            "There are 17 hosts, but a pair has at most 16",
            "There are 9 roles, but a pair has at most 8");
  }

  @Test
  void refusesAConfigurationWithoutHosts() {
    Installation installation = new Installation(directory);

    assertThat(installation.errors(installation.imported("", "")))
        .contains("There is no <host NAME>: name mmm_common.conf, which has the hosts");
  }

  @Test
  void findsAllErrorsAtOnce() {
    Installation installation = new Installation(directory);

    assertThat(
            installation.errors(
                installation.imported(
                    Installation.COMMON.replace("peer db2", "peer db9").replace("mode slave", ""),
                    Installation.MONITOR.replace("auto_set_online 0", "mode x"))))
        .hasSize(3);
  }

  @Test
  void refusesWhatThePersonSaysWhenItCannotBe() {
    Target target =
        new Target(
            Optional.of("Shop"),
            Optional.of("a/b"),
            Map.of("db9", "node1", "db1", "Node 1", "db2", "db3"));
    Installation installation = new Installation(directory).with(target);

    assertThat(
            installation.errors(installation.imported(Installation.COMMON, Installation.MONITOR)))
        .containsExactlyInAnyOrder(
            "--node db9=node1: there is no <host db9>",
            "--node db1=Node 1: 'Node 1' is no name of a node: use one that kubectl get nodes shows",
            "The name 'Shop' is not allowed: give --name with 1 to 30 lower-case letters, digits and"
                + " dashes, a letter first",
            "The namespace 'a/b' cannot exist",
            "Hosts db2 and db3 have the same node db3: each needs one of its own");
  }
}
