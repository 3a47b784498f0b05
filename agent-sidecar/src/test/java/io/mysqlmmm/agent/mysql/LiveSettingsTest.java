package io.mysqlmmm.agent.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveSettingsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "max_connections|200|SET GLOBAL `max_connections` = 200",
        "innodb_buffer_pool_size|128M|SET GLOBAL `innodb_buffer_pool_size` = 134217728",
        "tmp_table_size|2g|SET GLOBAL `tmp_table_size` = 2147483648",
        "long_query_time|0.5|SET GLOBAL `long_query_time` = 0.5",
        "slow_query_log|ON|SET GLOBAL `slow_query_log` = 'ON'",
        "sql_mode|A,B|SET GLOBAL `sql_mode` = 'A,B'",
        "init_connect|SET @a = '\\'|SET GLOBAL `init_connect` = 'SET @a = ''\\\\'''",
      })
  void writesAsSqlWhatMyCnfSays(String name, String value, String expected) {
    assertThat(LiveSettings.text(name, Optional.of(value))).isEqualTo(expected);
  }

  @Test
  void whatIsNoLongerSetGetsItsDefault() {
    assertThat(LiveSettings.text("max_connections", Optional.empty()))
        .isEqualTo("SET GLOBAL `max_connections` = DEFAULT");
  }
}
