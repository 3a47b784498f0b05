package io.mysqlmmm.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MysqlSettingsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sync_binlog",
        "SYNC-BINLOG",
        "loose_sync_binlog",
        "loose-skip-log-bin",
        "sync_bin",
        "rpl_semi_sync_source_enabled",
        "rpl",
        "skip-grant-tables",
        "plugin_load",
        "ssl_ca",
        "port"
      })
  void refusesWhatSafetyRestsOn(String name) {
    assertThat(MysqlSettings.refusal(name, "1")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "innodb_buffer_pool_size",
        "max_connections",
        "sql_mode",
        "character_set_server",
        "skip_name_resolve",
        "binlog_expire_logs_seconds",
        "long_query_time"
      })
  void takesEverythingElse(String name) {
    assertThat(MysqlSettings.refusal(name, "1")).isEmpty();
  }

  @Test
  void refusesTheSameAsTheCrd() throws ReflectiveOperationException {
    assertThat(new TreeSet<>(crdList("NAMES"))).isEqualTo(new TreeSet<>(MysqlSettings.NAMES));
    assertThat(crdList("FAMILIES")).containsExactlyInAnyOrderElementsOf(MysqlSettings.FAMILIES);
  }

  private static List<String> crdList(String constant) throws ReflectiveOperationException {
    Field field =
        Class.forName("io.mysqlmmm.api.v1alpha1.RefusedSettings").getDeclaredField(constant);
    field.setAccessible(true);
    Matcher quoted = Pattern.compile("'([^']+)'").matcher(String.valueOf(field.get(null)));
    return quoted.results().map(result -> result.group(1)).toList();
  }
}
