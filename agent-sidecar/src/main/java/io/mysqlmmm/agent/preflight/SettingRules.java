package io.mysqlmmm.agent.preflight;

import io.mysqlmmm.shared.agent.Preflight.Finding;
import io.mysqlmmm.shared.agent.Preflight.Level;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The settings that safety rests on (docs/clustering.md), and those that MMM's monitor warned of
 * (Monitor.pm, check_master_configuration: auto_increment_*).
 */
public final class SettingRules {
  /** MMM: less than two, and both masters give the same values. */
  private static final long MASTERS = 2;

  /**
   * One setting.
   *
   * @param wanted in words, or the value
   * @param line what to write into my.cnf
   */
  private record Rule(String name, String wanted, Predicate<String> fits, String line) {}

  private static final List<Rule> RULES =
      List.of(
          exactly("gtid_mode", "ON"),
          exactly("enforce_gtid_consistency", "ON"),
          exactly("log_bin", "ON"),
          exactly("log_replica_updates", "ON"),
          exactly("binlog_format", "ROW"),
          exactly("sync_binlog", "1"),
          exactly("innodb_flush_log_at_trx_commit", "1"),
          exactly("super_read_only", "ON"),
          exactly("skip_replica_start", "ON"),
          // ON would throw away acknowledged transactions that are only in the relay log.
          exactly("relay_log_recovery", "OFF"),
          exactly("replica_preserve_commit_order", "ON"),
          exactly("event_scheduler", "OFF"),
          // Whatever SET PERSIST left behind would override my.cnf.
          exactly("persisted_globals_load", "OFF"),
          exactly("rpl_semi_sync_source_wait_point", "AFTER_SYNC"),
          exactly("rpl_semi_sync_source_wait_no_replica", "ON"),
          exactly("rpl_semi_sync_source_wait_for_replica_count", "1"),
          exactly("rpl_semi_sync_source_timeout", "4294967295"),
          number("auto_increment_increment", "at least " + MASTERS, n -> n >= MASTERS, "2"));

  private SettingRules() {}

  /** The names of all variables that are looked at. */
  public static List<String> names() {
    return Stream.concat(RULES.stream().map(Rule::name), Stream.of("auto_increment_offset"))
        .toList();
  }

  static List<Finding> findings(Map<String, String> variables) {
    return Stream.concat(
            RULES.stream().map(rule -> finding(rule, variables.getOrDefault(rule.name(), ""))),
            Stream.of(offset(variables)))
        .toList();
  }

  /**
   * Within the increment; MySQL ignores it otherwise. That the masters' differ is no word of one.
   */
  private static Finding offset(Map<String, String> variables) {
    OptionalLong increment = parse(variables.getOrDefault("auto_increment_increment", ""));
    Rule rule =
        number(
            "auto_increment_offset",
            "from 1 to auto_increment_increment, another one on each master",
            n -> n >= 1 && increment.isPresent() && n <= increment.getAsLong(),
            "1, and 2 on the other master");
    return finding(rule, variables.getOrDefault(rule.name(), ""));
  }

  private static Finding finding(Rule rule, String found) {
    boolean fits = rule.fits().test(found);
    return new Finding(
        rule.name(),
        fits ? Level.OK : Level.MISSING,
        found.isEmpty() ? "not known to the server" : found,
        rule.wanted(),
        fits ? "" : "my.cnf: " + rule.line());
  }

  private static Rule exactly(String name, String value) {
    return new Rule(name, value, value::equalsIgnoreCase, name + "=" + value);
  }

  private static Rule number(
      String name, String wanted, java.util.function.LongPredicate fits, String value) {
    return new Rule(
        name,
        wanted,
        found -> parse(found).stream().anyMatch(fits),
        "%s=%s".formatted(name, value));
  }

  private static OptionalLong parse(String text) {
    return text.matches("[0-9]{1,18}")
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }
}
