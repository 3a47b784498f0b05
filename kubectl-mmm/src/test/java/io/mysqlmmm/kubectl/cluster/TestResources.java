package io.mysqlmmm.kubectl.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/** Resources as an API server would hold them, written as YAML. */
public final class TestResources {
  /** Two masters, a writer IP and two reader IPs; all is well. */
  public static final String SHOP =
      """
      apiVersion: mysqlmmm.io/v1alpha1
      kind: MySQLMultiMaster
      metadata:
        name: shop
        namespace: default
        resourceVersion: "5"
        generation: 1
        creationTimestamp: "2026-11-22T09:00:00Z"
        managedFields: [{manager: kubectl}]
      spec:
        mode: Active
        hosts:
        - {name: db1, nodeName: node1, mode: Master, peer: db2}
        - {name: db2, nodeName: node2, mode: Master, peer: db1}
        roles:
        - {name: writer, mode: Exclusive, hosts: [db1, db2], ips: [10.77.0.100], prefer: db1}
        - {name: reader, mode: Balanced, hosts: [db1, db2], ips: [10.77.0.101, 10.77.0.102]}
      status:
        observedGeneration: 1
        ledger: {version: 7, epoch: 3, writer: db1, inSync: [db1, db2], newField: ignored}
        hosts:
        - {name: db1, address: 10.77.0.11, mode: Master, state: ONLINE, version: 9.7.0,
           since: "2026-11-22T09:01:00Z", lagMillis: 0, writable: true,
           gtidExecuted: "6b7a:1-20", vips: [10.77.0.100, 10.77.0.101]}
        - {name: db2, address: 10.77.0.12, mode: Master, state: ONLINE, version: 9.7.0,
           since: "2026-11-22T09:01:00Z", lagMillis: 12, writable: false,
           gtidExecuted: "6b7a:1-20", vips: [10.77.0.102]}
        roles:
        - name: writer
          mode: Exclusive
          assignments: [{ip: 10.77.0.100, host: db1, held: true}]
        - name: reader
          mode: Balanced
          assignments:
          - {ip: 10.77.0.101, host: db1, held: true}
          - {ip: 10.77.0.102, host: db2, held: true}
        verdict: "WATCHING: the pair is in sync"
        conditions:
        - {type: Ready, status: "True", reason: Serving, message: db1 serves.}
        - {type: WriterAvailable, status: "True", reason: Serving, message: db1 serves.}
        - {type: Redundant, status: "True", reason: InSync, message: db2 may take over.}
        - {type: Progressing, status: "False", reason: Idle, message: Nothing to do.}
      """;

  private TestResources() {}

  public static JsonNode json(String yaml) {
    try {
      return new YAMLMapper().readTree(yaml);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(yaml, e);
    }
  }

  public static Pair pair(String yaml) {
    try {
      return Pair.parse(json(yaml));
    } catch (ClusterException e) {
      throw new IllegalArgumentException(yaml, e);
    }
  }

  /** A copy with the YAML's fields merged in, lists and scalars replaced, nulls removed. */
  public static ObjectNode merged(JsonNode base, String yaml) {
    ObjectNode copy = base.deepCopy();
    merge(copy, json(yaml));
    return copy;
  }

  /** RFC 7396. */
  static void merge(ObjectNode target, JsonNode patch) {
    patch
        .properties()
        .forEach(
            field -> {
              JsonNode value = field.getValue();
              if (value.isNull()) {
                target.remove(field.getKey());
              } else if (value.isObject()) {
                JsonNode old = target.get(field.getKey());
                ObjectNode inner =
                    old instanceof ObjectNode present ? present : target.putObject(field.getKey());
                merge(inner, value);
              } else {
                target.set(field.getKey(), value);
              }
            });
  }

  /** SHOP with changes. */
  public static Pair shop(String changes) {
    try {
      return Pair.parse(merged(json(SHOP), changes));
    } catch (ClusterException e) {
      throw new IllegalArgumentException(changes, e);
    }
  }
}
