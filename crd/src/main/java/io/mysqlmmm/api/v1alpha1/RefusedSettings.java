package io.mysqlmmm.api.v1alpha1;

/**
 * The mysqld settings that {@code spec.mysql.config} may not contain, because a safety rule
 * (docs/clustering.md) or the operator's own configuration rests on them. As CEL lists, in mysqld's
 * spelling; the rule compares names as mysqld reads them: without regard to case, dash for
 * underscore, the prefixes loose, skip, enable, disable and maximum, and abbreviations.
 */
final class RefusedSettings {

  /** Refused by name. */
  static final String NAMES =
      """
      ['server_id', 'server_id_bits', 'enforce_gtid_consistency', 'log_bin', 'log_bin_index', \
      'log_replica_updates', 'log_slave_updates', 'sync_binlog', 'binlog_format', 'binlog_do_db', \
      'binlog_ignore_db', 'innodb_flush_log_at_trx_commit', 'innodb_doublewrite', \
      'innodb_force_recovery', 'innodb_read_only', 'innodb_data_home_dir', \
      'innodb_log_group_home_dir', 'innodb_undo_directory', 'super_read_only', 'read_only', \
      'offline_mode', 'replica_start', 'slave_start', 'replica_net_timeout', \
      'replica_skip_errors', 'replica_exec_mode', 'replica_preserve_commit_order', \
      'init_replica', 'init_slave', 'init_file', 'early_plugin_load', 'datadir', 'basedir', \
      'socket', 'port', 'pid_file', 'user', 'daemonize', 'chroot', 'bind_address', 'networking', \
      'grant_tables', 'create_admin_listener_thread', 'secure_file_priv', 'event_scheduler', \
      'persisted_globals_load', 'disabled_storage_engines', 'performance_schema', \
      'require_secure_transport', 'ssl']""";

  /** Refused with everything that begins so. */
  static final String FAMILIES =
      """
      ['gtid_', 'relay_log', 'replicate_', 'slave_', 'rpl_semi_sync', 'plugin', 'admin_', \
      'report_', 'mysqlx', 'auto_increment_', 'ssl_', 'initialize', 'group_replication', \
      'upgrade']""";

  /** The setting named {@code k} as mysqld reads it. */
  private static final String NAME = "k.lowerAscii().replace('-', '_')";

  private static final String BARE =
      NAME + ".substring(" + NAME + ".find('^((loose|skip|enable|disable|maximum)_)*').size())";

  /** A CEL expression: whether the mysqld setting named {@code k} is refused. */
  static final String REFUSED =
      "("
          + NAMES
          + ".exists(r, r.startsWith("
          + BARE
          + ")) || "
          + FAMILIES
          + ".exists(r, "
          + BARE
          + ".startsWith(r)))";

  private RefusedSettings() {}
}
