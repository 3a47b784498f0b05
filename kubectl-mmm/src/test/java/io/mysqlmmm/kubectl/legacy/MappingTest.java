package io.mysqlmmm.kubectl.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What MMM's settings become. Every manifest made here fits the CRD's structure. */
class MappingTest {
  @TempDir private Path directory = Path.of("");
  private Optional<Imported> last = Optional.empty();

  private Imported imported(String common, String monitor) {
    Imported imported = new Installation(directory).imported(common, monitor);
    last = Optional.of(imported);
    return imported;
  }

  private JsonNode spec(String common, String monitor) {
    return Installation.resource(imported(common, monitor)).path("spec");
  }

  private JsonNode monitor(String settings) {
    return spec(Installation.COMMON, "<monitor>\n" + settings + "\n</monitor>\n").path("monitor");
  }

  private List<String> warnings() {
    return Installation.manifest(last.orElseThrow()).warnings();
  }

  private String yaml() {
    // Comments are wrapped: their text is what counts.
    return Installation.manifest(last.orElseThrow()).yaml().replaceAll("\n *#  +", " ");
  }

  @AfterEach
  void fitsTheCrd() throws IOException {
    if (last.isPresent()) {
      assertThat(CrdSchema.problems(Installation.resource(last.get()))).isEmpty();
    }
  }

  @Test
  void makesMastersReplicasAndRoles() {
    JsonNode spec = spec(Installation.COMMON, Installation.MONITOR);

    assertThat(spec.path("hosts"))
        .hasToString(
            """
            [{"name":"db1","nodeName":"db1","address":"10.77.0.11","mode":"Master","peer":"db2"},\
            {"name":"db2","nodeName":"db2","address":"10.77.0.12","mode":"Master","peer":"db1"},\
            {"name":"db3","nodeName":"db3","address":"10.77.0.13","mode":"Replica"}]""");
    assertThat(spec.path("roles"))
        .hasToString(
            """
            [{"name":"writer","mode":"Exclusive","hosts":["db1","db2"],"ips":["10.77.0.100"]},\
            {"name":"reader","mode":"Balanced","hosts":["db1","db2","db3"],\
            "ips":["10.77.0.101","10.77.0.102"]}]""");
    assertThat(spec.path("activeMasterRole").asText()).isEqualTo("writer");
    assertThat(spec.path("mode").asText()).isEqualTo("Active");
    assertThat(spec.path("mysql").path("port").asInt()).isEqualTo(3306);
    assertThat(spec.path("agent").path("port").asInt()).isEqualTo(9989);
    assertThat(spec.path("network").isMissingNode()).isTrue();
  }

  @Test
  void assumesNodesAndSaysSo() {
    imported(Installation.COMMON, Installation.MONITOR);

    assertThat(warnings())
        .contains(
            "nodeName of db1, db2, db3: assumed to be the host's name. Give --node db1=NODE when it"
                + " is not.");
    assertThat(yaml()).contains("    # nodeName of db1, db2, db3: assumed");
  }

  @Test
  void takesNodesNameAndNamespaceFromThePerson() {
    Target target =
        new Target(
            Optional.of("shop"),
            Optional.of("prod"),
            Map.of("db1", "node1.example", "db2", "node2", "db3", "node3"));
    Imported imported =
        new Installation(directory)
            .with(target)
            .imported(Installation.COMMON, Installation.MONITOR);
    last = Optional.of(imported);

    JsonNode resource = Installation.resource(imported);
    assertThat(resource.path("metadata")).hasToString("{\"name\":\"shop\",\"namespace\":\"prod\"}");
    assertThat(resource.at("/spec/hosts/0/nodeName").asText()).isEqualTo("node1.example");
    assertThat(yaml()).doesNotContain("nodeName of");
  }

  @Test
  void namesTheResourceAfterTheClusterOfTheMonitorsFile() {
    Installation installation = new Installation(directory);
    installation.write("mmm_common.conf", Installation.COMMON);
    installation.write("mmm_mon_Shop_2.conf", Installation.MONITOR);

    JsonNode resource = Installation.resource(installation.read("mmm_mon_Shop_2.conf"));

    assertThat(resource.at("/metadata/name").asText()).isEqualTo("shop-2");
  }

  @Test
  void namesItMmmOtherwise() {
    imported(Installation.COMMON, Installation.MONITOR);

    assertThat(yaml()).contains("metadata:\n  name: mmm\nspec:");
  }

  @ParameterizedTest
  @CsvSource({"active,Active", "manual,Manual", "wait,Wait", "passive,Passive"})
  void translatesModes(String theirs, String ours) {
    JsonNode spec = spec(Installation.COMMON, "<monitor>\nmode " + theirs + "\n</monitor>");

    assertThat(spec.path("mode").asText()).isEqualTo(ours);
    assertThat(warnings().stream().anyMatch(w -> w.startsWith("mode passive: nothing at all is")))
        .isEqualTo(ours.equals("Passive"));
  }

  @Test
  void translatesTheMonitorsSettings() {
    JsonNode monitor =
        monitor(
            """
            auto_set_online 60
            flap_count 0
            flap_duration 1800
            wait_for_other_master 0
            ping_ips 10.77.0.1, 10.77.0.2
            """);

    assertThat(monitor)
        .hasToString(
            """
            {"flapCount":0,"flapDuration":"1800s","autoSetOnline":"60s","waitForOtherMaster":"0s",\
            "pingIps":["10.77.0.1","10.77.0.2"]}""");
  }

  @Test
  void neverSetsOnlineByItselfWhenMmmDidNot() {
    assertThat(monitor("auto_set_online 0").path("autoSetOnline").asText()).isEqualTo("Never");
    assertThat(yaml()).doesNotContain("MMM's way.\n    autoSetOnline");
  }

  @Test
  void saysThatHostsComeBackByThemselvesWhenNothingWasSet() {
    assertThat(monitor("mode active").has("autoSetOnline")).isFalse();
    assertThat(warnings())
        .contains(
            "auto_set_online: not set, so a host that had been down waited for set_online. Here it"
                + " comes back by itself; autoSetOnline: Never is MMM's way.");
  }

  @Test
  void takesOnlyAddressesToPingAndNotTooMany() {
    JsonNode monitor =
        monitor(
            "ping_ips router, 10.0.0.1,10.0.0.2,10.0.0.3,10.0.0.4,10.0.0.5,10.0.0.6,10.0.0.7,"
                + "10.0.0.8,10.0.0.9");

    assertThat(monitor.path("pingIps")).hasSize(8);
    assertThat(warnings())
        .contains("ping_ips router: a name, but addresses are needed here: left out.")
        .contains("ping_ips 10.0.0.9: left out, as at most 8 addresses are allowed.");
  }

  @Test
  void bringsDurationsIntoBounds() {
    JsonNode monitor = monitor("flap_duration 0\nauto_set_online 0");

    assertThat(monitor.path("flapDuration").asText()).isEqualTo("1s");
    assertThat(warnings())
        .anyMatch(
            w ->
                w.matches(
                    "flap_duration: 0 s \\(.*mmm_mon.conf:2\\) became 1s: 1s or more is what is"
                        + " allowed\\."));
  }

  @Test
  void translatesChecksWithTheirTemplate() {
    String checks =
        """
        <check default>
        check_period 5
        trap_period 10
        timeout 2
        max_backlog 30
        restart_after 100
        </check>
        <check mysql>
        check_period 0.5
        trap_period 0
        timeout 120
        </check>
        """;
    JsonNode translated =
        spec(Installation.COMMON, Installation.MONITOR + checks).path("monitor").path("checks");

    assertThat(translated)
        .hasToString(
            """
            {"ping":{"period":"5s","trap":"10s","timeout":"2s"},\
            "mysql":{"period":"500ms","trap":"0s","timeout":"60s"},\
            "repThreads":{"period":"5s","trap":"10s","timeout":"2s"},\
            "repBacklog":{"period":"5s","trap":"10s","timeout":"2s","maxBacklog":"30s"}}""");
    assertThat(warnings())
        .contains(
            "check_period, trap_period, timeout: taken over as they are. Without them failures are"
                + " noticed in 1 to 3 s; remove checks, or what you do not need of it, for that.")
        .anyMatch(warning -> warning.startsWith("timeout: 120 s ("));
    assertThat(yaml()).contains("# restart_after: no counterpart: it had no effect.");
  }

  @Test
  void translatesOneCheckAlone() {
    JsonNode monitor =
        spec(
                Installation.COMMON,
                Installation.MONITOR + "<check rep_backlog>\nmax_backlog 10\n</check>")
            .path("monitor");

    assertThat(monitor.path("checks")).hasToString("{\"repBacklog\":{\"maxBacklog\":\"10s\"}}");
  }

  @Test
  void keepsAPreferredHostAndSaysWhatDiffers() {
    JsonNode spec =
        spec(
            Installation.COMMON.replace("mode exclusive", "mode exclusive\nprefer db2"),
            Installation.MONITOR);

    assertThat(spec.at("/roles/0/prefer").asText()).isEqualTo("db2");
    assertThat(warnings())
        .anyMatch(warning -> warning.startsWith("prefer: the role goes back only"));
  }

  @Test
  void dropsWhatHadNoEffect() {
    JsonNode spec =
        spec(
            Installation.COMMON
                .replace("mode balanced", "mode balanced\nprefer db3")
                .replace("mode slave", "mode slave\npeer db1"),
            Installation.MONITOR);

    assertThat(spec.at("/roles/1/prefer").isMissingNode()).isTrue();
    assertThat(spec.at("/hosts/2/peer").isMissingNode()).isTrue();
    assertThat(yaml())
        .contains("# prefer of a balanced role: no counterpart: it had no effect.")
        .contains("# peer of a slave: no counterpart: it follows the writer.");
  }

  @Test
  void warnsWhenOnlyOneHostMayBeTheWriter() {
    spec(Installation.COMMON.replace("hosts db1, db2\n", "hosts db1\n"), Installation.MONITOR);

    assertThat(warnings())
        .contains(
            "active_master_role: only db1 may hold it: when it fails, nobody takes its place. Add"
                + " the other master.");
  }

  @Test
  void takesTheFirstPortAndNoInterfaceWhenHostsDiffer() {
    JsonNode spec =
        spec(
            Installation.COMMON
                .replace("peer db2", "peer db2\nmysql_port 33062\ncluster_interface eth0")
                .replace("peer db1", "peer db1\ncluster_interface eth1"),
            Installation.MONITOR);

    assertThat(spec.path("mysql").path("port").asInt()).isEqualTo(33062);
    assertThat(spec.path("mysql").path("adminPort").asInt()).isEqualTo(33063);
    assertThat(spec.has("network")).isFalse();
    assertThat(warnings())
        .contains(
            "mysql_port: one for all hosts here, but yours differ (db1 33062, db2 3306, db3 3306):"
                + " the first is taken.",
            "cluster_interface: one for all hosts here, but yours differ (db1 eth0, db2 eth1). It is"
                + " left out: each host takes the interface that has its address.");
    assertThat(yaml()).contains("# adminPort: not the usual 33062, which is taken.");
  }

  @Test
  void takesTheNodesAddressWhereMmmHadAName() {
    JsonNode spec =
        spec(Installation.COMMON.replace("10.77.0.13", "db3.example"), Installation.MONITOR);

    assertThat(spec.at("/hosts/2/address").isMissingNode()).isTrue();
    assertThat(warnings())
        .contains(
            "ip db3.example: a name, but an address is needed here: the InternalIP of the host's"
                + " node is taken.");
  }

  @Test
  void makesNamesFitAndSaysSo() {
    JsonNode spec =
        spec(
            Installation.COMMON.replace("db3", "DB_3.old").replace("reader", "On"),
            Installation.MONITOR);

    assertThat(spec.at("/hosts/2/name").asText()).isEqualTo("db-3-old");
    assertThat(spec.at("/roles/1/name").isTextual()).isTrue();
    assertThat(spec.at("/roles/1/name").asText()).isEqualTo("on");
    assertThat(spec.at("/roles/1/hosts/2").asText()).isEqualTo("db-3-old");
    assertThat(warnings())
        .contains("<host DB_3.old>: is named 'db-3-old' here.", "<role On>: is named 'on' here.");
  }

  @Test
  void neverPrintsPasswords() {
    spec(
        Installation.COMMON
            + """
            <host default>
            replication_user repl
            replication_password Zx9secret
            agent_user agent
            agent_password Zx9secret
            tools_user tools
            tools_password Zx9secret
            </host>
            """,
        Installation.MONITOR
            + """
            <host default>
            monitor_user monitor
            monitor_password Zx9secret
            replication_password Zx9secret2
            </host>
            """);

    assertThat(yaml() + warnings())
        .doesNotContain("Zx9")
        .contains(
            "    # replication_user, replication_password, agent_user, agent_password,"
                + " monitor_user, monitor_password: not taken over: the accounts are the operator's"
                + " own, with generated passwords in the Secret mmm-mysql.");
  }

  @Test
  void saysOnceWhatHasNoCounterpart() {
    String everything =
        """
        this db1
        debug 1
        max_kill_retries 10
        default_copy_method scp
        clone_dirs data
        blocking_type soft
        iptables_block_cmd iptables -A INPUT -j REJECT
        <socket>
        type ssl
        cert_file /etc/cert
        </socket>
        <copy_method scp>
        backup_command scp
        true_copy 1
        </copy_method>
        <host default>
        lvm_volume_group vg
        ssh_port 22
        pid_path /run/agent.pid
        </host>
        <monitor>
        ip 127.0.0.1
        port 9988
        pid_path /run/monitor.pid
        status_path /var/status
        kill_host_bin kill_host
        careful_startup no
        ping_interval 1
        </monitor>
        """;
    spec(Installation.COMMON, everything);

    assertThat(yaml().lines().map(String::strip).filter(line -> line.startsWith("# ")))
        .contains(
            "# this: not needed: the operator tells each agent which host it is.",
            "# max_kill_retries: no counterpart: connections are ended at once; moveTimeout bounds a"
                + " planned move.",
            "# blocking_type, iptables_block_cmd: no counterpart: the server is read-only before"
                + " connections are ended, so no packet filter is needed.",
            "# type, cert_file: no counterpart: always TLS with certificates of both sides, which"
                + " the operator issues.",
            "# default_copy_method, clone_dirs, backup_command, true_copy, lvm_volume_group,"
                + " ssh_port: no counterpart: mmm_backup, mmm_clone and mmm_restore and all that"
                + " copied by ssh, rsync or LVM are not there.",
            "# pid_path, status_path: no counterpart: operator and agents run in pods; what the"
                + " monitor kept in its status file is in the resource's status.",
            "# ip, port: no counterpart: the operator is the monitor, and kubectl mmm asks the API"
                + " server.")
        .doesNotHaveDuplicates();
    assertThat(warnings())
        .anyMatch(
            warning -> warning.startsWith("kill_host_bin: not taken over: no program is run."))
        .anyMatch(warning -> warning.startsWith("careful_startup: off, but always so here: "))
        .noneMatch(warning -> warning.startsWith("debug"));
  }

  @Test
  void missesTheMonitorsFile() {
    imported(Installation.COMMON, "");

    assertThat(warnings())
        .contains(
            "<monitor>: not in these files: name mmm_mon.conf as well, or the defaults hold.");
  }
}
