package io.mysqlmmm.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import io.mysqlmmm.operator.core.Topology;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MyCnfTest {
  @Test
  void aMysqldOfTheNodesMeetsItsAgentWhereNoOtherDoes() {
    MySQLMultiMaster external =
        Pairs.resource(Pairs.SHOP.replace("nodeName: node1,", "nodeName: node1, external: true,"));
    Topology topology = Pairs.topology(external);

    assertThat(MyCnf.render(topology, topology.host("db1"), Map.of()))
        .contains("pid_file=/run/mysql-mmm/default/shop/db1/mysqld.pid\n")
        .contains("socket=/run/mysql-mmm/default/shop/db1/mysqld.sock\n");
  }

  private final MySQLMultiMaster shop = Pairs.shop();
  private final Topology topology = Pairs.topology(shop);

  @ParameterizedTest
  @CsvSource({"db1", "db2", "db3"})
  void rendersAHostsConfiguration(String host) {
    String text =
        MyCnf.render(
            topology,
            topology.host(host),
            new Blueprint(shop, topology, Pairs.SETTINGS, java.util.Optional.empty()).config());

    Golden.assertSame("my.cnf." + host, text);
  }

  @Test
  void leavesOutRefusedSettingsThatAnOldCrdAdmitted() {
    String text =
        MyCnf.render(
            topology, topology.host("db1"), Map.of("Sync-Binlog", "0", "max_connections", "200"));

    assertThat(text).doesNotContain("Sync-Binlog").contains("max_connections=200\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"128M|128M", "a b|\"a b\"", "#x|\"#x\"", "\"|\"\\\"\"", "\\n|\"\\\\n\"", "'|\"'\""})
  void escapesWhatAnOptionFileWouldReadDifferently(String value, String written) {
    assertThat(MyCnf.escape(value)).isEqualTo(written);
  }
}
