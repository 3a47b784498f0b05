package io.mysqlmmm.operator.kube;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import io.mysqlmmm.operator.core.Topology;
import io.mysqlmmm.operator.observe.SpecReader;
import io.mysqlmmm.operator.observe.SpecReader.Parsed;
import java.util.Map;
import java.util.Optional;

/** Resources for tests. */
final class Pairs {
  static final Map<String, String> NODES =
      Map.of("node1", "10.77.0.11", "node2", "10.77.0.12", "node3", "10.77.0.13");

  static final KubeSettings SETTINGS =
      new KubeSettings("registry.example/agent:1", "IfNotPresent", "mysql-mmm", Optional.empty());

  static final String SHOP =
      """
      apiVersion: mysqlmmm.io/v1alpha1
      kind: MySQLMultiMaster
      metadata: {name: shop, namespace: default, uid: 11111111-2222-3333-4444-555555555555}
      spec:
        hosts:
        - {name: db1, nodeName: node1, mode: Master, peer: db2}
        - {name: db2, nodeName: node2, mode: Master, peer: db1}
        - {name: db3, nodeName: node3, mode: Replica}
        roles:
        - {name: writer, mode: Exclusive, hosts: [db1, db2], ips: [10.77.0.100], prefer: db1}
        - {name: reader, mode: Balanced, hosts: [db1, db2, db3], ips: [10.77.0.101, "fd00::102"]}
        network: {interface: eth0}
        mysql:
          image: docker.io/lab/mysql:9.7
          config: {innodb_buffer_pool_size: 128M, init_connect: "SET @a = '#\\"\\\\'"}
          databases:
          - {name: shop}
      """;

  private Pairs() {}

  static MySQLMultiMaster shop() {
    return resource(SHOP);
  }

  static MySQLMultiMaster resource(String yaml) {
    return Serialization.unmarshal(yaml, MySQLMultiMaster.class);
  }

  static Topology topology(MySQLMultiMaster resource) {
    Parsed parsed = SpecReader.read(resource, NODES);
    return switch (parsed) {
      case Parsed.Valid valid -> valid.topology();
      case Parsed.Invalid invalid -> throw new AssertionError(invalid.problems());
    };
  }
}
