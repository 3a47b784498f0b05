package io.mysqlmmm.kubectl.legacy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Every setting of MMM 2.2 and its fork with soft blocking, and what becomes of it. */
final class Vocabulary {
  static final Map<String, Fate> GLOBAL =
      new Words()
          .with(Fate.TRANSLATED, "active_master_role")
          .with(Fate.OWN_NAME, "this")
          .with(Fate.DEBUG, "debug")
          .with(Fate.KILL_RETRIES, "max_kill_retries")
          .with(Fate.COPYING, "default_copy_method", "clone_dirs")
          .with(Fate.BLOCKING, "blocking_type", "iptables_block_cmd", "iptables_unblock_cmd")
          .all();

  static final Map<String, Fate> ROLE =
      new Words().with(Fate.TRANSLATED, "mode", "hosts", "ips", "prefer").all();

  static final Map<String, Fate> MONITOR =
      new Words()
          .with(Fate.TRANSLATED, "mode", "wait_for_other_master", "auto_set_online", "ping_ips")
          .with(Fate.TRANSLATED, "flap_duration", "flap_count", "careful_startup")
          .with(Fate.MONITOR_ADDRESS, "ip", "port")
          .with(Fate.FILES, "pid_path", "bin_path", "status_path")
          .with(Fate.PING_INTERVAL, "ping_interval")
          .with(Fate.KILL_HOST, "kill_host_bin")
          .all();

  static final Map<String, Fate> HOST =
      new Words()
          .with(Fate.TRANSLATED, "ip", "mode", "peer")
          .with(Fate.TRANSLATED, "mysql_port", "agent_port", "cluster_interface")
          .with(Fate.FILES, "pid_path", "bin_path")
          .with(Fate.MYSQL_PROCESS, "mysql_pidfile", "mysql_rcscript")
          .with(Fate.MYSQL_CNF, "mysql_cnf")
          .with(Fate.ACCOUNTS, "agent_user", "agent_password")
          .with(Fate.ACCOUNTS, "monitor_user", "monitor_password")
          .with(Fate.ACCOUNTS, "replication_user", "replication_password")
          .with(Fate.COPYING, "tools_user", "tools_password")
          .with(Fate.COPYING, "ssh_user", "ssh_port", "ssh_parameters")
          .with(Fate.COPYING, "backup_dir", "restore_dir")
          .with(Fate.COPYING, "lvm_bin_lvcreate", "lvm_bin_lvremove", "lvm_snapshot_size")
          .with(Fate.COPYING, "lvm_logical_volume", "lvm_volume_group")
          .with(Fate.COPYING, "lvm_mount_dir", "lvm_mount_opts")
          .all();

  static final Map<String, Fate> CHECK =
      new Words()
          .with(Fate.TRANSLATED, "check_period", "trap_period", "timeout", "max_backlog")
          .with(Fate.RESTART_AFTER, "restart_after")
          .all();

  static final Map<String, Fate> SOCKET =
      new Words().with(Fate.SOCKET, "type", "cert_file", "key_file", "ca_file").all();

  static final Map<String, Fate> COPY_METHOD =
      new Words()
          .with(Fate.COPYING, "backup_command", "restore_command", "incremental_command")
          .with(Fate.COPYING, "incremental", "single_run", "true_copy")
          .all();

  private Vocabulary() {}

  private static final class Words {
    private final Map<String, Fate> fates = new LinkedHashMap<>();

    Words with(Fate fate, String... names) {
      for (String name : names) {
        fates.put(name, fate);
      }
      return this;
    }

    Map<String, Fate> all() {
      return Collections.unmodifiableMap(fates);
    }
  }
}
