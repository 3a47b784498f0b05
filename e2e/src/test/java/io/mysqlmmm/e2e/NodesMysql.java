package io.mysqlmmm.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A node's own MySQL, run by a systemd of the node's (e2e/lab/lib/server.sh), as its administrator
 * handles it.
 */
final class NodesMysql {
  private static final Duration START = Duration.ofSeconds(30);
  private static final String OPTION_FILE = "/run/mysql-server/etc/mysql/my.cnf";
  private static final String DROP_INS = "/run/mysql-units/mysql.service.d";

  private final String host;
  private final String node;

  NodesMysql(String host) {
    this.host = host;
    this.node = PairUnderTest.node(host);
  }

  void install() {
    Lab.lab("server", node);
  }

  /** Starts it as the package has it, with data of its own. */
  void startAsInstalled(String... statements) {
    systemctl("start", "mysql");
    Eventually.within(START, () -> client("SELECT 1"));
    for (String statement : statements) {
      client(statement);
    }
  }

  /** As root, over the loopback. */
  void client(String statement) {
    Lab.onNode(
        node,
        "chroot",
        "/run/mysql-server",
        "mysql",
        "--host=127.0.0.1",
        "--user=root",
        "--execute=" + statement);
  }

  /** What docs/operations.md says. */
  void putUnitInPlace() {
    Lab.onNode(
        node,
        "sh",
        "-ec",
        "mkdir -p %2$s; sed 's#=journalctl -u mysql#=/var/log/mysql.log#' %1$s/node/mysql-mmm.conf >%2$s/mysql-mmm.conf"
            .formatted(place(), DROP_INS));
    systemctl("daemon-reload");
  }

  /** What docs/operations.md says; the server is stopped. */
  void moveDataInPlace() {
    Lab.onNode(
        node,
        "sh",
        "-ec",
        "mkdir -p %1$s/mysql; cp -a /var/lib/mysql %1$s/mysql/arriving; mv -T %1$s/mysql/arriving %1$s/mysql/data"
            .formatted(place()));
  }

  void addOption(String line) {
    Lab.onNode(node, "sh", "-c", "echo '%s' >>%s".formatted(line, OPTION_FILE));
  }

  void removeOption(String name) {
    Lab.onNode(node, "sed", "-i", "/^" + name + "/d", OPTION_FILE);
  }

  void systemctl(String... words) {
    List<String> all = new ArrayList<>(List.of("systemctl", node));
    all.addAll(List.of(words));
    Lab.lab(all.toArray(String[]::new));
  }

  String pid() {
    List<String> pids = Lab.pids(node, "mysqld");
    if (pids.size() != 1) {
      throw new AssertionError("one mysqld expected on " + node + ", seen: " + pids);
    }
    return pids.getFirst();
  }

  /** As on a node that never had it. */
  void remove() {
    systemctl("stop", "mysql");
    Lab.onNode(
        node,
        "sh",
        "-c",
        "rm -rf %s /run/mysql-mmm/default && find /var/lib/mysql -mindepth 1 -delete"
            .formatted(DROP_INS));
    systemctl("daemon-reload");
  }

  private String place() {
    return "/var/lib/mysql-mmm/default/shop/" + host;
  }
}
