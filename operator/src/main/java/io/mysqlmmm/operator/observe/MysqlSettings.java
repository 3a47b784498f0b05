package io.mysqlmmm.operator.observe;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which mysqld settings a user may give. The CRD refuses the same ones; they are looked at again
 * here because a resource may have been admitted by an older CRD. Names are compared as mysqld
 * reads them: without regard to case, dash for underscore, the prefixes loose, skip, enable,
 * disable and maximum, and abbreviations.
 */
public final class MysqlSettings {
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,127}");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
  private static final Pattern PREFIXES =
      Pattern.compile("^((loose|skip|enable|disable|maximum)_)*");

  /** Refused by name. */
  static final Set<String> NAMES =
      Set.of(
          "server_id",
          "server_id_bits",
          "enforce_gtid_consistency",
          "log_bin",
          "log_bin_index",
          "log_replica_updates",
          "log_slave_updates",
          "sync_binlog",
          "binlog_format",
          "binlog_do_db",
          "binlog_ignore_db",
          "innodb_flush_log_at_trx_commit",
          "innodb_doublewrite",
          "innodb_force_recovery",
          "innodb_read_only",
          "innodb_data_home_dir",
          "innodb_log_group_home_dir",
          "innodb_undo_directory",
          "super_read_only",
          "read_only",
          "offline_mode",
          "replica_start",
          "slave_start",
          "replica_net_timeout",
          "replica_skip_errors",
          "replica_exec_mode",
          "replica_preserve_commit_order",
          "init_replica",
          "init_slave",
          "init_file",
          "early_plugin_load",
          "datadir",
          "basedir",
          "socket",
          "port",
          "pid_file",
          "user",
          "daemonize",
          "chroot",
          "bind_address",
          "networking",
          "grant_tables",
          "create_admin_listener_thread",
          "secure_file_priv",
          "event_scheduler",
          "persisted_globals_load",
          "disabled_storage_engines",
          "performance_schema",
          "require_secure_transport",
          "ssl");

  /** Refused with everything that begins so. */
  static final List<String> FAMILIES =
      List.of(
          "gtid_",
          "relay_log",
          "replicate_",
          "slave_",
          "rpl_semi_sync",
          "plugin",
          "admin_",
          "report_",
          "mysqlx",
          "auto_increment_",
          "ssl_",
          "initialize",
          "group_replication",
          "upgrade");

  /** Refused only because they are the operator's to choose where mysqld is its own. */
  private static final Set<String> HARMLESS =
      Set.of("user", "basedir", "log_slave_updates", "server_id");

  private static final Set<String> HARMLESS_FAMILIES =
      Set.of("plugin", "admin_", "report_", "mysqlx", "ssl_", "auto_increment_");

  private MysqlSettings() {}

  /**
   * Rules for an option file that ours comes after, one a line, of which the first that fits
   * decides: {@code allow NAME}, {@code refuse NAME} or {@code family BEGINNING}.
   *
   * @param ours what ours sets in any case, and so prevails
   */
  public static String rulesBefore(Set<String> ours) {
    return Stream.of(
                Stream.concat(ours.stream().map(MysqlSettings::bare), HARMLESS.stream())
                    .sorted()
                    .map("allow "::concat),
                NAMES.stream().sorted().map("refuse "::concat),
                FAMILIES.stream()
                    .filter(f -> !HARMLESS_FAMILIES.contains(f))
                    .map("family "::concat))
            .flatMap(lines -> lines)
            .collect(Collectors.joining("\n"))
        + "\n";
  }

  /** Why the setting may not be given; empty when it may. */
  public static Optional<String> refusal(String name, String value) {
    if (!NAME.matcher(name).matches()) {
      return Optional.of(
          "\"%s\" is not the name of a mysqld setting: use letters, digits and underscores"
              .formatted(name));
    }
    if (CONTROL.matcher(value).find()) {
      return Optional.of(
          "the value of \"%s\" has a line break or control character: write it in one line"
              .formatted(name));
    }
    if (isRefused(name)) {
      return Optional.of(
          "\"%s\" is set by the operator itself because safety rests on it: remove it"
              .formatted(name));
    }
    return Optional.empty();
  }

  private static String bare(String name) {
    return PREFIXES.matcher(name.toLowerCase(Locale.ROOT).replace('-', '_')).replaceFirst("");
  }

  private static boolean isRefused(String name) {
    String bare = bare(name);
    return NAMES.stream().anyMatch(refused -> refused.startsWith(bare))
        || FAMILIES.stream()
            .anyMatch(refused -> bare.startsWith(refused) || refused.startsWith(bare));
  }
}
