package io.mysqlmmm.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.operator.core.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * external.sh, and launch.sh where it runs on a node that has an option file of its own; systemd
 * runs it in {@code ExternalE2E}.
 */
class ExternalScriptTest extends ScriptRuns {
  @BeforeEach
  void provide() throws IOException {
    Topology topology = Pairs.topology(Pairs.shop());
    write("scripts/own-options", ExternalHost.options(topology, topology.host("db1")));
    write("scripts/mysql-mmm.conf", "[Service]\n");
    write("config/my.cnf", "[mysqld]\nport=3306\n");
    write("my.cnf", "[mysqld]\nport=3306\n");
    for (String file : new String[] {"ca.crt", "tls.crt", "tls.key"}) {
      write("tls/" + file, file + " 1\n");
    }
    write("own.cnf", "");
    write("defaults", "");
  }

  private Map<String, String> settings() {
    return Map.of(
        "MMM_VOLUME", folder.resolve("volume").toString(),
        "MMM_SCRIPTS", folder.resolve("scripts").toString(),
        "MMM_CONFIG_DIRECTORY", folder.resolve("config").toString(),
        "MMM_TLS", folder.resolve("tls").toString(),
        "MMM_PLACE", "/on/the/node",
        "MMM_OWN_CONFIG", folder.resolve("own.cnf").toString(),
        "MMM_OWN_OPTIONS", folder.resolve("scripts/own-options").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void publishesWhatANodeNeeds(String shell) throws Exception {
    Process publish = run(shell, "external.sh", settings(), "publish");

    assertThat(publish.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(publish.exitValue()).as(read("output")).isZero();
    for (String script : new String[] {"launch.sh", "pre-stop.sh", "prepare.sh", "own-options"}) {
      assertThat(read("volume/node/scripts/" + script)).isEqualTo(read("scripts/" + script));
    }
    assertThat(read("volume/node/mysql/my.cnf")).isEqualTo("[mysqld]\nport=3306\n");
    assertThat(read("volume/node/mysql-mmm.conf")).isEqualTo("[Service]\n");
    assertThat(read("volume/node/tls/tls.key")).isEqualTo("tls.key 1\n");
    assertThat(permissions("volume/node/tls/tls.key")).isEqualTo("rw-r-----");
    assertThat(permissions("volume/agent")).isEqualTo("rwx------");
    assertThat(folder.resolve("volume/node/scripts/origin")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void publishesWhatChangesAndTellsThatNobodyRunsMysqld(String shell) throws IOException {
    write("run/stop-request", "of an earlier pod");
    Process attend = run(shell, "external.sh", settings(), "attend");
    eventually(
        () ->
            read("run/launch-error")
                .contains("copy /on/the/node/node/mysql-mmm.conf to /etc/systemd/system/"));
    assertThat(folder.resolve("run/stop-request")).doesNotExist();

    write("tls/tls.key", "tls.key 2\n");

    eventually(() -> read("volume/node/tls/tls.key").equals("tls.key 2\n"));
    assertThat(attend.isAlive()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"dash, true, TERM", "bash, true, TERM", "dash, false, KILL", "bash, false, KILL"})
  void endsMysqldWithThePodAsTheAgentPermits(String shell, boolean permitted, String how)
      throws Exception {
    write("defaults", "");
    launchOnNode(shell);
    permit(awaitRequest(""));
    eventually(() -> read("calls").contains("serve"));
    long pid = mysqldPid();
    Process attend = run(shell, "external.sh", settings(), "attend");
    eventually(() -> folder.resolve("volume/node/mysql-mmm.conf").toFile().exists());
    write("run/stop-request", "7\n");
    if (permitted) {
      write("run/stop-permit", "7\n");
    }

    attend.destroy();

    assertThat(attend.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(ProcessHandle.of(pid)).isEmpty();
    assertThat(read("calls").contains("polite")).isEqualTo(how.equals("TERM"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void theNextPodLetsMysqldBeStartedAgain(String shell) throws Exception {
    launchOnNode(shell);
    String first = awaitRequest("");
    permit(first);
    long pid = mysqldPid();
    write("run/stop-request", "7\n");
    kill(pid);
    eventually(() -> read("output").contains("waiting to be ended"));
    assertThat(read("run/start-request")).isEqualTo(first);

    run(shell, "external.sh", settings(), "attend");

    assertThat(awaitRequest(first)).isNotEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void theNodesOptionFileComesFirst(String shell) throws IOException {
    write(
        "defaults", "--datadir=/var/lib/mysql --skip-log-bin --server-id=1 --max_connections=77\n");
    launchOnNode(shell);

    permit(awaitRequest(""));

    eventually(() -> read("calls").contains("--defaults-file=" + folder.resolve("run/my.cnf")));
    assertThat(read("run/my.cnf"))
        .isEqualTo("!include %s\n[mysqld]\nport=3306\n".formatted(folder.resolve("own.cnf")));
  }

  @ParameterizedTest
  @CsvSource({
    "dash, --binlog_do_db=shop",
    "bash, --binlog_do_db=shop",
    "dash, --loose-Binlog-Ignore-Db=x y",
    "dash, --replicate_do_db=a",
    "dash, --replicate-do=a",
    "dash, --read_only",
    "dash, --skip-networking",
    "dash, --skip_grant_tables",
    "dash, --innodb_doublewrite=OFF",
    "dash, --binlog_format=STATEMENT",
    "bash, --slave-skip-errors=all"
  })
  void whatWouldLoseWritesInTheNodesOptionFileIsNamedAndWaitedFor(String shell, String option)
      throws IOException {
    write("defaults", "--max_connections=77 " + option + "\n");
    launchOnNode(shell);

    String name = option.substring(2).split("=", 2)[0];
    eventually(
        () ->
            read("run/launch-error")
                .contains("own.cnf sets " + name + ", which no host of a pair may"));
    assertThat(read("run/start-request")).isEmpty();

    write("defaults", "--max_connections=77\n");
    permit(awaitRequest(""));
    eventually(() -> read("calls").contains("serve"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void anOptionFileThatIsNotThereIsNamed(String shell) throws IOException {
    Files.delete(folder.resolve("own.cnf"));
    launchOnNode(shell);

    eventually(() -> read("run/launch-error").contains("own.cnf cannot be read"));

    write("own.cnf", "");
    awaitRequest("");
  }

  private void launchOnNode(String shell) throws IOException {
    run(shell, "launch.sh", settings());
  }

  private String permissions(String name) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(Path.of(folder.toString(), name)));
  }
}
