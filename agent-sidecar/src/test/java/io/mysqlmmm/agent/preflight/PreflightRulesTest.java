package io.mysqlmmm.agent.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.shared.agent.Preflight;
import io.mysqlmmm.shared.agent.Preflight.Finding;
import io.mysqlmmm.shared.agent.Preflight.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What keeps a data set from being taken over, what is only said of it, and what mends it. */
class PreflightRulesTest {
  private static final List<String> PLUGINS =
      List.of("rpl_semi_sync_source", "rpl_semi_sync_replica", "clone", "InnoDB");

  /** As a mysqld has them that runs with the operator's my.cnf. */
  private static Map<String, String> variables() {
    Map<String, String> all = new HashMap<>();
    all.put("gtid_mode", "ON");
    all.put("enforce_gtid_consistency", "ON");
    all.put("log_bin", "ON");
    all.put("log_replica_updates", "ON");
    all.put("binlog_format", "ROW");
    all.put("sync_binlog", "1");
    all.put("innodb_flush_log_at_trx_commit", "1");
    all.put("super_read_only", "ON");
    all.put("skip_replica_start", "ON");
    all.put("relay_log_recovery", "OFF");
    all.put("replica_preserve_commit_order", "ON");
    all.put("event_scheduler", "OFF");
    all.put("persisted_globals_load", "OFF");
    all.put("rpl_semi_sync_source_wait_point", "AFTER_SYNC");
    all.put("rpl_semi_sync_source_wait_no_replica", "ON");
    all.put("rpl_semi_sync_source_wait_for_replica_count", "1");
    all.put("rpl_semi_sync_source_timeout", "4294967295");
    all.put("auto_increment_increment", "2");
    all.put("auto_increment_offset", "2");
    return all;
  }

  private static ServerFacts facts(Map<String, String> variables) {
    return new ServerFacts(
        "8.4.3", variables, PLUGINS, List.of(), List.of(), 0, List.of(), List.of(), List.of(), 0);
  }

  private static Finding finding(ServerFacts facts, String name) {
    return PreflightRules.judge(facts).findings().stream()
        .filter(f -> f.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aServerThatIsAsItShouldBeMissesNothing() {
    Preflight preflight = PreflightRules.judge(facts(variables()));

    assertThat(preflight.findings()).allMatch(f -> f.level() == Level.OK && f.remedy().isEmpty());
    assertThat(preflight.findings()).extracting(Finding::name).containsAll(SettingRules.names());
  }

  @Test
  void everySettingIsMissedWhenItIsNotKnown() {
    assertThat(PreflightRules.judge(facts(Map.of())).missing())
        .extracting(Finding::name)
        .containsExactlyElementsOf(SettingRules.names());
  }

  @ParameterizedTest
  @CsvSource({
    "gtid_mode, OFF, gtid_mode=ON",
    "sync_binlog, 0, sync_binlog=1",
    "innodb_flush_log_at_trx_commit, 2, innodb_flush_log_at_trx_commit=1",
    "super_read_only, OFF, super_read_only=ON",
    "skip_replica_start, OFF, skip_replica_start=ON",
    "rpl_semi_sync_source_timeout, 10000, rpl_semi_sync_source_timeout=4294967295",
    "auto_increment_increment, 1, auto_increment_increment=2",
    "auto_increment_offset, 3, 'auto_increment_offset=1, and 2 on the other master'",
    "auto_increment_offset, 0, 'auto_increment_offset=1, and 2 on the other master'"
  })
  void aSettingThatIsOtherwiseIsMissedWithTheLineThatMendsIt(
      String name, String value, String line) {
    Map<String, String> variables = variables();
    variables.put(name, value);

    Finding found = finding(facts(variables), name);

    assertThat(found.level()).isEqualTo(Level.MISSING);
    assertThat(found.found()).isEqualTo(value);
    assertThat(found.remedy()).isEqualTo("my.cnf: " + line);
  }

  @ParameterizedTest
  @ValueSource(strings = {"8.4.0", "8.4.7-log", "9.7.4", "26.7.0"})
  void aServerOf84OrLaterWillDo(String version) {
    assertThat(version(version).level()).isEqualTo(Level.OK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"8.0.44", "5.7.44-log", "11.4.2-MariaDB", "what"})
  void anOlderOneOrAnotherProductWillNot(String version) {
    assertThat(version(version).level()).isEqualTo(Level.MISSING);
  }

  private static Finding version(String version) {
    return finding(
        new ServerFacts(
            version,
            variables(),
            PLUGINS,
            List.of(),
            List.of(),
            0,
            List.of(),
            List.of(),
            List.of(),
            0),
        "version");
  }

  @Test
  void aPluginThatIsNotThereIsMissedWithItsLibrary() {
    ServerFacts facts =
        new ServerFacts(
            "8.4.3",
            variables(),
            List.of("rpl_semi_sync_replica"),
            List.of(),
            List.of(),
            0,
            List.of(),
            List.of(),
            List.of(),
            0);

    assertThat(PreflightRules.judge(facts).missing())
        .extracting(Finding::remedy)
        .containsExactly(
            "my.cnf: plugin_load_add=semisync_source.so", "my.cnf: plugin_load_add=mysql_clone.so");
  }

  /** What would make the hosts differ, or lose writes, is missed; the rest is only said. */
  @Test
  void ofTheDataSetItMissesWhatWouldLoseDataAndWarnsOfTheRest() {
    ServerFacts facts =
        new ServerFacts(
            "8.4.3",
            variables(),
            PLUGINS,
            List.of("shop.old (MyISAM)"),
            List.of("10.1.2.3:3306", "east: 10.1.2.4:3306"),
            2,
            List.of("'dba'@'%'"),
            List.of("mmm_monitor@%"),
            List.of("app@% (mysql_native_password)"),
            3);

    Preflight preflight = PreflightRules.judge(facts);

    assertThat(preflight.missing())
        .extracting(Finding::found)
        .containsExactly("shop.old (MyISAM)", "10.1.2.3:3306, east: 10.1.2.4:3306", "2");
    assertThat(preflight.findings().stream().filter(f -> f.level() == Level.WARNING))
        .extracting(Finding::found)
        .containsExactly("3", "'dba'@'%'", "mmm_monitor@%", "app@% (mysql_native_password)");
    assertThat(preflight.findings())
        .filteredOn(f -> f.level() != Level.OK)
        .noneMatch(f -> f.remedy().isEmpty());
  }
}
