package io.mysqlmmm.operator.monitor;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.mysqlmmm.api.v1alpha1.HostSpec;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import io.mysqlmmm.operator.core.Topology;
import io.mysqlmmm.operator.observe.SpecReader;
import java.util.Map;

/** Resources to test with. */
final class Resources {
  private Resources() {}

  /** A pair db1, db2 on node1, node2 with a writer and two readers. */
  static MySQLMultiMaster pair(String mode) {
    return pair(mode, "");
  }

  /** The same with one line more in its spec. */
  static MySQLMultiMaster pair(String mode, String line) {
    return Serialization.unmarshal(
        """
        apiVersion: mysqlmmm.io/v1alpha1
        kind: MySQLMultiMaster
        metadata:
          {name: shop, namespace: default, uid: u1, resourceVersion: "1",
           creationTimestamp: "2026-01-01T00:00:00Z"}
        spec:
          mode: %s
          hosts:
          - {name: db1, nodeName: node1, peer: db2}
          - {name: db2, nodeName: node2, peer: db1}
          roles:
          - {name: writer, mode: Exclusive, hosts: [db1, db2], ips: [10.0.0.100]}
          - {name: reader, mode: Balanced, hosts: [db1, db2], ips: [10.0.0.101, 10.0.0.102]}
          %s
        """
            .formatted(mode, line),
        MySQLMultiMaster.class);
  }

  /** The checked form of such a pair, on nodes of 10.0.0.0/24. */
  static Topology topology(MySQLMultiMaster pair) {
    return ((SpecReader.Parsed.Valid)
            SpecReader.read(pair, Map.of("node1", "10.0.0.1", "node2", "10.0.0.2")))
        .topology();
  }

  /** A host of the pair as somebody changed it. */
  static HostSpec host(String name, boolean offline, String setOnline) {
    String peer = name.equals("db1") ? "db2" : "db1";
    return Serialization.unmarshal(
        """
        name: %s
        nodeName: node%s
        mode: Master
        peer: %s
        offline: %s
        setOnline: '%s'
        """
            .formatted(name, name.substring(2), peer, offline, setOnline),
        HostSpec.class);
  }
}
