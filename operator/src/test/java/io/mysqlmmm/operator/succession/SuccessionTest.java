package io.mysqlmmm.operator.succession;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuccessionTest {
  private static MySQLMultiMaster pair(String writer, String available) {
    return Serialization.unmarshal(
        """
        apiVersion: mysqlmmm.io/v1alpha1
        kind: MySQLMultiMaster
        metadata: {namespace: default, name: shop}
        spec:
          hosts:
          - {name: db1, nodeName: node1, mode: Master, peer: db2}
          - {name: db2, nodeName: node2, mode: Master, peer: db1}
          - {name: db3, nodeName: node3, mode: Replica}
        status:
          ledger: {writer: %s}
          conditions: [{type: WriterAvailable, status: "%s"}]
        """
            .formatted(writer, available),
        MySQLMultiMaster.class);
  }

  private static boolean isBetter(String own, String other, MySQLMultiMaster... pairs) {
    return Succession.isBetter(List.of(pairs), own, other);
  }

  @Test
  void theWritersNodeIsBetterThanTheStandbys() {
    assertThat(isBetter("node1", "node2", pair("db1", "True"))).isTrue();
    assertThat(isBetter("node2", "node1", pair("db1", "True"))).isFalse();
    assertThat(isBetter("node2", "node1", pair("db2", "True"))).isTrue();
  }

  @Test
  void aNodeWithoutHostsIsBest() {
    assertThat(isBetter("node9", "node1", pair("db1", "True"))).isTrue();
    assertThat(isBetter("node9", "node2", pair("db1", "True"))).isTrue();
    assertThat(isBetter("node9", "node3", pair("db1", "True"))).isTrue();
    assertThat(isBetter("node1", "node9", pair("db1", "True"))).isFalse();
  }

  @Test
  void fewerStandbysCountForMoreThanFewerHosts() {
    MySQLMultiMaster one = pair("db1", "True");
    MySQLMultiMaster two = pair("db1", "True");
    assertThat(isBetter("node1", "node2", one, two)).isTrue();
    // Two hosts and no standby on node1, a replica of each on node3.
    assertThat(isBetter("node3", "node1", one, two)).isFalse();
    // Equal: each node has a writer and a standby.
    assertThat(isBetter("node1", "node2", pair("db1", "True"), pair("db2", "True"))).isFalse();
    assertThat(isBetter("node2", "node1", pair("db1", "True"), pair("db2", "True"))).isFalse();
  }

  @Test
  void nothingIsBetterThanItself() {
    assertThat(isBetter("node2", "node2", pair("db1", "True"))).isFalse();
  }

  @Test
  void theLeaderStaysWhileAPairNeedsIt() {
    assertThat(isBetter("node1", "node2", pair("db1", "False"))).isFalse();
    assertThat(isBetter("node1", "node2", pair("db1", "Unknown"))).isFalse();
    MySQLMultiMaster fresh = pair("db1", "True");
    fresh.setStatus(null);
    assertThat(isBetter("node1", "node2", pair("db1", "True"), fresh)).isFalse();
  }

  @Test
  void theLeaderStaysWhileARoleIsBeingMoved() {
    MySQLMultiMaster moving = pair("db1", "True");
    assertThat(isBetter("node1", "node2", withMove(moving, "Done"))).isTrue();
    assertThat(isBetter("node1", "node2", withMove(moving, "InProgress"))).isFalse();
  }

  @Test
  void theLeaderStaysWhileHostsGetNewPods() {
    assertThat(isBetter("node1", "node2", progressing("True"))).isFalse();
    assertThat(isBetter("node1", "node2", progressing("False"))).isTrue();
  }

  private static MySQLMultiMaster progressing(String status) {
    return adding(
        pair("db1", "True"),
        "  conditions:\n",
        "  - type: Progressing\n    status: \"%s\"\n".formatted(status));
  }

  private static MySQLMultiMaster withMove(MySQLMultiMaster pair, String outcome) {
    return adding(pair, "status:\n", "  lastMove: {outcome: %s}\n".formatted(outcome));
  }

  private static MySQLMultiMaster adding(MySQLMultiMaster pair, String after, String lines) {
    return Serialization.unmarshal(
        Serialization.asYaml(pair).replace(after, after + lines), MySQLMultiMaster.class);
  }

  @Test
  void withoutPairsTheLeaderStays() {
    assertThat(isBetter("node1", "node2")).isFalse();
  }
}
