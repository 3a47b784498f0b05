package io.mysqlmmm.operator.kube;

import io.mysqlmmm.operator.core.Topology;
import io.mysqlmmm.operator.core.Topology.Host;
import io.mysqlmmm.operator.core.Topology.Kind;
import io.mysqlmmm.operator.observe.MysqlSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Renders a host's my.cnf for mysqld 8.4 and later: boots read-only with replication stopped, keeps
 * every acknowledged transaction on disk (docs/clustering.md), and ends with the user's settings.
 * Sources of the settings: the facts of docs/clustering.md and the MySQL manual.
 */
final class MyCnf {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.,:/*@%+=-]+");

  /** launch.sh gives it to mysqld as {@code --defaults-group-suffix}, but not to initialise. */
  private static final String SERVE_SUFFIX = "_serve";

  /** Binlogs are kept for a week, longer than a replica should ever be away. */
  private static final int BINLOG_SECONDS = 7 * 24 * 3600;

  private MyCnf() {}

  /**
   * The text for {@code host}; {@code config} are the user's settings, refused ones are left out.
   */
  static String render(Topology topology, Host host, Map<String, String> config) {
    StringBuilder text = new StringBuilder();
    text.append(
        "# Rendered by mysql-mmm-operator for host %s of %s/%s. Changes here are overwritten.%n"
            .formatted(host.name(), topology.namespace(), topology.name()));
    text.append("[mysqld]\n");
    places(topology, host).forEach((name, value) -> line(text, name, value));
    safety(topology, host).forEach((name, value) -> line(text, name, value));
    text.append(
        "# Plugins are not loaded, and their settings unknown, while data are initialised.\n");
    text.append("[mysqld").append(SERVE_SUFFIX).append("]\n");
    semiSync(host).forEach((name, value) -> line(text, name, value));
    text.append("# From spec.mysql.config\n");
    text.append("[mysqld]\n");
    new TreeMap<>(config)
        .forEach(
            (name, value) -> {
              if (MysqlSettings.refusal(name, value).isEmpty()) {
                line(text, name, value);
              }
            });
    return text.toString().replace(System.lineSeparator(), "\n");
  }

  /**
   * The names of what is set whatever the user says; the last word where several files are read.
   */
  static Set<String> names(Topology topology, Host host) {
    Set<String> names = new TreeSet<>(places(topology, host).keySet());
    names.addAll(safety(topology, host).keySet());
    names.addAll(semiSync(host).keySet());
    return names;
  }

  private static Map<String, String> places(Topology topology, Host host) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("datadir", MountPaths.STATE + "/mysql/data");
    settings.put("tmpdir", MountPaths.STATE + "/mysql/tmp");
    settings.put("pid_file", MountPaths.run(topology, host) + "/mysqld.pid");
    settings.put("socket", MountPaths.run(topology, host) + "/mysqld.sock");
    settings.put("secure_file_priv", "NULL");
    settings.put("port", String.valueOf(topology.mysql().port()));
    settings.put("bind_address", "*");
    settings.put("admin_address", "127.0.0.1");
    settings.put("admin_port", String.valueOf(topology.mysql().adminPort()));
    settings.put("create_admin_listener_thread", "ON");
    settings.put("mysqlx", "OFF");
    settings.put("report_host", host.address());
    settings.put("report_port", String.valueOf(topology.mysql().port()));
    // Names of clients are never looked up: a slow DNS would stall log-ins.
    settings.put("skip_name_resolve", "ON");
    // A flood of broken connections must not lock out the peer.
    settings.put("max_connect_errors", "1000000");
    settings.put("ssl_ca", MountPaths.TLS + "/ca.crt");
    settings.put("ssl_cert", MountPaths.TLS + "/tls.crt");
    settings.put("ssl_key", MountPaths.TLS + "/tls.key");
    settings.put("auto_generate_certs", "OFF");
    return settings;
  }

  private static Map<String, String> safety(Topology topology, Host host) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("super_read_only", "ON");
    settings.put("skip_replica_start", "ON");
    settings.put("event_scheduler", "OFF");
    settings.put("gtid_mode", "ON");
    settings.put("enforce_gtid_consistency", "ON");
    settings.put("log_bin", "binlog");
    settings.put("relay_log", "relay-bin");
    settings.put("binlog_expire_logs_seconds", String.valueOf(BINLOG_SECONDS));
    settings.put("log_replica_updates", "ON");
    settings.put("sync_binlog", "1");
    settings.put("innodb_flush_log_at_trx_commit", "1");
    // ON would throw away acknowledged transactions that are only in the relay log.
    settings.put("relay_log_recovery", "OFF");
    settings.put("replica_net_timeout", "4");
    settings.put("replica_preserve_commit_order", "ON");
    settings.put("auto_increment_increment", "2");
    settings.put("auto_increment_offset", String.valueOf(autoIncrementOffset(topology, host)));
    if (topology.adopted().isPresent()) {
      // Whatever SET PERSIST left in the data set would override this file.
      settings.put("persisted_globals_load", "OFF");
    }
    settings.put("disabled_storage_engines", "MyISAM,BLACKHOLE,FEDERATED,ARCHIVE");
    return settings;
  }

  private static Map<String, String> semiSync(Host host) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("plugin_load_add", "semisync_source.so;semisync_replica.so;mysql_clone.so");
    settings.put("rpl_semi_sync_source_enabled", "OFF");
    settings.put("rpl_semi_sync_source_timeout", "4294967295");
    settings.put("rpl_semi_sync_source_wait_no_replica", "ON");
    settings.put("rpl_semi_sync_source_wait_point", "AFTER_SYNC");
    settings.put("rpl_semi_sync_source_wait_for_replica_count", "1");
    // An acknowledgement of a host that is never promoted must not count (S16).
    settings.put("rpl_semi_sync_replica_enabled", host.kind() == Kind.MASTER ? "ON" : "OFF");
    return settings;
  }

  /** 1 for the first master by name, 2 for the other; replicas, which never write, have 1. */
  static int autoIncrementOffset(Topology topology, Host host) {
    List<String> masters = new ArrayList<>(topology.masters().stream().map(Host::name).toList());
    masters.sort(null);
    return Math.max(0, masters.indexOf(host.name())) + 1;
  }

  /**
   * One line of an option file. Anything but plain characters is quoted, and escaped as the MySQL
   * manual's "Using Option Files" says.
   */
  private static void line(StringBuilder text, String name, String value) {
    text.append(name).append('=').append(escape(value)).append('\n');
  }

  static String escape(String value) {
    if (value.isEmpty() || PLAIN.matcher(value).matches()) {
      return value;
    }
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
