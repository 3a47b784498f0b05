package io.mysqlmmm.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NeighboursTest {
  private static final Map<String, String> NODES =
      Map.of(
          "node1",
          "10.77.0.11",
          "node2",
          "10.77.0.12",
          "node3",
          "10.77.0.13",
          "node4",
          "10.77.0.14");

  private static final String STANDING =
      """
      status:
        ledger: {version: 3, epoch: 1, writer: db1}
        roles:
        - {name: writer, assignments: [{ip: %s, host: db1}]}
      """;

  private static String pair(String name, int second, String ip, int port) {
    return """
    apiVersion: mysqlmmm.io/v1alpha1
    kind: MySQLMultiMaster
    metadata: {name: %s, namespace: default, uid: %s, creationTimestamp: "2026-11-22T10:00:%02dZ"}
    spec:
      hosts:
      - {name: db1, nodeName: node1, peer: db2}
      - {name: db2, nodeName: node2, peer: db1}
      roles:
      - {name: writer, mode: Exclusive, hosts: [db1, db2], ips: [%s]}
      mysql: {port: %d, adminPort: %d}
      agent: {port: %d}
    """
        .formatted(name, name, second, ip, port, port + 1, port + 2);
  }

  private static Neighbours.Pair read(String yaml) {
    MySQLMultiMaster resource = Serialization.unmarshal(yaml, MySQLMultiMaster.class);
    if (SpecReader.read(resource, NODES) instanceof SpecReader.Parsed.Valid(var topology)) {
      return new Neighbours.Pair(resource, topology);
    }
    throw new AssertionError(SpecReader.read(resource, NODES));
  }

  private static final Neighbours.Pair SHOP =
      read(pair("shop", 30, "10.77.0.100", 3306) + STANDING.formatted("10.77.0.100"));

  @Test
  void aPairKeepsItsIpsAgainstANewOne() {
    Neighbours.Pair other = read(pair("other", 40, "10.77.0.100", 3316));

    assertThat(Neighbours.taken(other, List.of(SHOP)))
        .extracting(Problem::toString)
        .containsExactly(
            "spec.roles: IP 10.77.0.100 of role \"writer\" belongs to the pair default/shop: use a"
                + " free address");
    assertThat(Neighbours.taken(SHOP, List.of(other))).isEmpty();
  }

  @Test
  void aPairKeepsItsIpsAgainstAnOlderOneThatIsChanged() {
    Neighbours.Pair older =
        read(pair("older", 10, "10.77.0.100", 3316) + STANDING.formatted("10.77.0.99"));

    assertThat(Neighbours.taken(older, List.of(SHOP)))
        .extracting(Problem::reason)
        .containsExactly("IpTaken");
    assertThat(Neighbours.taken(SHOP, List.of(older))).isEmpty();
  }

  @Test
  void ofTwoNewPairsTheOlderOneGoesFirst() {
    Neighbours.Pair first = read(pair("first", 10, "10.77.0.100", 3306));
    Neighbours.Pair second = read(pair("second", 11, "10.77.0.100", 3306));

    assertThat(Neighbours.taken(first, List.of(second))).isEmpty();
    assertThat(Neighbours.taken(second, List.of(first)))
        .extracting(Problem::reason)
        .containsExactly("IpTaken", "PortTaken", "PortTaken", "PortTaken");
  }

  @Test
  void portsAreTakenOnTheSameNodesOnly() {
    String other = pair("other", 40, "10.77.0.99", 3305);

    assertThat(Neighbours.taken(read(other), List.of(SHOP)))
        .extracting(Problem::toString)
        .containsExactly(
            "spec.mysql.adminPort: port 3306 of node node1 belongs to the pair default/shop: use"
                + " another port, or another node",
            "spec.agent.port: port 3307 of node node1 belongs to the pair default/shop: use"
                + " another port, or another node");
    assertThat(
            Neighbours.taken(
                read(other.replace("node1", "node3").replace("node2", "node4")), List.of(SHOP)))
        .isEmpty();
  }

  @Test
  void aPairThatBeganIsNeverRefusedForItsPorts() {
    Neighbours.Pair older = read(pair("older", 10, "10.77.0.99", 3306));

    assertThat(Neighbours.taken(SHOP, List.of(older))).isEmpty();
  }
}
