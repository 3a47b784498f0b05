package io.mysqlmmm.agent.real;

import io.mysqlmmm.agent.Agent;
import io.mysqlmmm.agent.BootClock;
import io.mysqlmmm.agent.Ticker;
import io.mysqlmmm.agent.config.AgentConfig;
import io.mysqlmmm.agent.config.AgentPaths;
import io.mysqlmmm.agent.network.FakeNetwork;
import io.mysqlmmm.agent.posix.ForeignPosixC;
import io.mysqlmmm.shared.agent.Order.Source;
import io.mysqlmmm.shared.json.Json;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One host: a mysqld under a launcher script, and an agent beside it, below one directory. */
final class TestHost {
  static final String UID = "uid";
  static final String VIP = "10.99.0.100";

  /** The default of MySQL 8.4; 9.7 has GTIDs by default (seen). */
  static final String[] WITHOUT_GTIDS = {"--gtid-mode=OFF", "--enforce-gtid-consistency=OFF"};

  /** The pod's own. */
  private static final Path LAUNCH =
      Path.of("..", "operator", "src", "main", "resources", "mysql", "launch.sh");

  /** Test processes that run side by side begin at different ones. */
  private static final AtomicInteger NEXT_PORT =
      new AtomicInteger(10_000 + (int) (ProcessHandle.current().pid() % 200) * 100);

  private final Path root;
  private final String name;
  private final int number;
  private final AgentPaths paths;
  private final List<String> program;
  final int port;
  private final int adminPort;
  final FakeNetwork network = new FakeNetwork(what -> {});

  /** Of agents that are started from now on. */
  Duration leaseTtl = Duration.ofSeconds(3);

  /** Of agents that are started from now on: whose data set the pair began with; empty: none. */
  String adoptedHost = "";

  private Optional<Agent> agent = Optional.empty();
  private Optional<Process> launcher = Optional.empty();

  TestHost(Path directory, int number, TestCa ca) throws IOException, InterruptedException {
    this.number = number;
    this.name = "db" + number;
    this.root = Files.createDirectories(directory.resolve(name));
    this.paths = AgentPaths.below(root);
    this.port = freePort();
    this.adminPort = freePort();
    this.program = program();
    for (Path made :
        List.of(root.resolve("etc/mmm/agent"), paths.run(), paths.tls(), paths.credentials())) {
      Files.createDirectories(made);
    }
    Files.createDirectories(root.resolve("var/lib/mmm/mysql"));
    ca.issue(name);
    Files.copy(ca.file("ca.crt"), paths.tls().resolve("ca.crt"));
    Files.copy(ca.file(name + ".crt"), paths.tls().resolve("tls.crt"));
    Files.copy(ca.file(name + ".key"), paths.tls().resolve("tls.key"));
    Files.writeString(paths.credentials().resolve("rootPassword"), "ro'ot\\");
    Files.writeString(paths.credentials().resolve("agentPassword"), "ag'ent\\");
    Files.writeString(paths.credentials().resolve("replicationPassword"), "re'pl\\");
    Files.writeString(root.resolve("my.cnf"), configuration());
    initialise();
  }

  /**
   * A port nobody listens on and that no outgoing connection is given, as those begin at 32768: it
   * stays free until it is listened on. None is given twice.
   */
  static int freePort() throws IOException {
    while (true) {
      int port = NEXT_PORT.getAndIncrement();
      try (ServerSocket socket = new ServerSocket(port)) {
        return socket.getLocalPort();
      } catch (BindException _) {
        // Somebody has it.
      }
    }
  }

  /** The loader of the server's own system, so that its libraries are found without a chroot. */
  private static List<String> program() {
    Path from = RealMysqld.rootfs();
    return List.of(
        from.resolve("lib64/ld-linux-x86-64.so.2").toString(),
        "--library-path",
        from.resolve("usr/lib/x86_64-linux-gnu") + ":" + from.resolve("usr/lib/mysql/private"),
        from.resolve("usr/sbin/mysqld").toString());
  }

  private String configuration() {
    Path from = RealMysqld.rootfs();
    return """
    [mysqld]
    user=root
    datadir=%1$s
    pid-file=%2$s/mysqld.pid
    socket=%2$s/mysqld.sock
    port=%3$d
    bind_address=127.0.0.1
    admin_address=127.0.0.1
    admin_port=%4$d
    create_admin_listener_thread=ON
    report_host=127.0.0.1
    ssl_ca=%6$s/ca.crt
    ssl_cert=%6$s/tls.crt
    ssl_key=%6$s/tls.key
    log-error=%7$s/error.log
    secure_file_priv=NULL
    mysqlx=0
    super_read_only=ON
    skip_replica_start=ON
    gtid_mode=ON
    enforce_gtid_consistency=ON
    log_bin=binlog
    relay_log=relay
    log_replica_updates=ON
    relay_log_recovery=OFF
    replica_net_timeout=4
    event_scheduler=OFF
    persisted_globals_load=OFF
    auto_increment_increment=2
    auto_increment_offset=%5$d
    plugin_load_add=semisync_source.so
    plugin_load_add=semisync_replica.so
    plugin_load_add=mysql_clone.so
    rpl_semi_sync_replica_enabled=ON
    rpl_semi_sync_source_enabled=OFF
    rpl_semi_sync_source_timeout=4294967295
    rpl_semi_sync_source_wait_no_replica=ON
    rpl_semi_sync_source_wait_point=AFTER_SYNC
    plugin_dir=%8$s/usr/lib/mysql/plugin
    lc_messages_dir=%8$s/usr/share/mysql
    character_sets_dir=%8$s/usr/share/mysql/charsets
    innodb_redo_log_capacity=32M
    innodb_buffer_pool_size=32M
    """
        .formatted(
            root.resolve("var/lib/mmm/mysql/data"),
            paths.run(),
            port,
            adminPort,
            number,
            paths.tls(),
            root,
            from);
  }

  private void initialise() throws IOException, InterruptedException {
    // Without the options of plugins, which are unknown while the data set is made.
    List<String> command = new ArrayList<>(program);
    command.add("--no-defaults");
    command.add("--initialize-insecure");
    command.add("--user=root");
    command.add("--innodb-redo-log-capacity=32M");
    command.add("--datadir=" + root.resolve("var/lib/mmm/mysql/data"));
    command.add("--lc-messages-dir=" + RealMysqld.rootfs().resolve("usr/share/mysql"));
    command.add("--log-error=" + root.resolve("initialize.log"));
    Shell.run(root, command);
  }

  void startMysqld() throws IOException {
    Path mysqld = Files.createDirectories(root.resolve("bin")).resolve("mysqld");
    Files.writeString(mysqld, "#!/bin/sh\nexec %s \"$@\"\n".formatted(String.join(" ", program)));
    Files.setPosixFilePermissions(mysqld, PosixFilePermissions.fromString("rwxr-xr-x"));
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", LAUNCH.toAbsolutePath().normalize().toString());
    builder
        .environment()
        .putAll(
            Map.of(
                "MMM_RUN", paths.run().toString(),
                "MMM_BASE", root.resolve("var/lib/mmm/mysql").toString(),
                "MMM_CONFIG", root.resolve("my.cnf").toString(),
                "MMM_MYSQLD", mysqld.toString()));
    launcher =
        Optional.of(
            builder
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("launch.log").toFile())
                .start());
  }

  /** Another mysqld, on a data set that is a copy of this one's. */
  Process serveCopy(Path data, int at, String... options) throws IOException {
    List<String> command = new ArrayList<>(program);
    command.add("--no-defaults");
    command.add("--user=root");
    command.add("--datadir=" + data);
    command.add("--port=" + at);
    command.add("--socket=" + root.resolve("copy.sock"));
    command.add("--pid-file=" + root.resolve("copy.pid"));
    command.add("--mysqlx=0");
    command.add("--secure-file-priv=NULL");
    command.add("--innodb-redo-log-capacity=32M");
    command.add("--lc-messages-dir=" + RealMysqld.rootfs().resolve("usr/share/mysql"));
    command.addAll(List.of(options));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(root.resolve("copy.log").toFile())
        .start();
  }

  /** mysqld's data directory. */
  Path data() {
    return paths.mysqlData();
  }

  void startAgent() throws IOException, GeneralSecurityException {
    AgentConfig config =
        new AgentConfig(
            UID,
            "default",
            "shop",
            name,
            "127.0.0.1",
            port,
            adminPort,
            freePort(),
            "",
            "MASTER",
            Duration.ofMillis(200),
            leaseTtl,
            List.of(VIP),
            adoptedHost,
            false);
    Files.writeString(paths.config(), Json.mapper().writeValueAsString(config));
    Agent started =
        new Agent(
            AgentConfig.read(paths.config()),
            paths,
            network,
            BootClock.of(new ForeignPosixC()),
            Ticker.system());
    agent = Optional.of(started);
    started.start();
  }

  void stopAgent() {
    agent.ifPresent(Agent::close);
    agent = Optional.empty();
  }

  boolean hasAgent() {
    return agent.isPresent();
  }

  int agentPort() throws IOException {
    return agent.orElseThrow(() -> new IOException("no agent runs")).port();
  }

  Path credentials() {
    return paths.credentials();
  }

  Path run() {
    return paths.run();
  }

  Path backups() {
    return paths.backups();
  }

  Path tls() {
    return paths.tls();
  }

  /** mysqld's own log. */
  String log() throws IOException {
    return Files.readString(root.resolve("error.log"));
  }

  /** Where ends of binlogs that were cut off are kept. */
  Path cut() {
    return root.resolve("var/lib/mmm/mysql/cut");
  }

  long pid() throws IOException {
    return Long.parseLong(Files.readString(paths.run().resolve("mysqld.pid")).strip());
  }

  void kill() throws IOException {
    ProcessHandle.of(pid()).ifPresent(ProcessHandle::destroyForcibly);
  }

  Source source(String serverUuid) {
    return new Source(name, "127.0.0.1", port, serverUuid);
  }

  /** Ends agent, launcher and server. */
  void end() throws IOException, InterruptedException {
    stopAgent();
    printErrors();
    if (launcher.isPresent()) {
      Process shell = launcher.get();
      List<ProcessHandle> children = shell.descendants().toList();
      shell.destroyForcibly();
      children.forEach(ProcessHandle::destroyForcibly);
      boolean _ = shell.waitFor(10, TimeUnit.SECONDS);
    }
  }

  /** Why the server did not start, if it did not: its log is gone with the test. */
  private void printErrors() throws IOException {
    if (Files.exists(root.resolve("error.log")) && log().contains("Aborting")) {
      log().lines().filter(line -> line.contains("[ERROR]")).forEach(System.out::println);
    }
  }
}
