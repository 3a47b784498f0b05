package io.mysqlmmm.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An informer stops on a resource that it cannot deserialise, so there must be none. */
final class ApiTypesArePermissiveTest {

  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  @Test
  void readsAResourceWithUnknownFieldsEverywhere() {
    JsonNode resource = everything();
    addUnknownFields(resource);

    MySQLMultiMaster pair = YAML.convertValue(resource, MySQLMultiMaster.class);

    MySQLMultiMasterSpec known = YAML.convertValue(everything(), MySQLMultiMaster.class).getSpec();
    assertThat(pair.getSpec().hosts()).isEqualTo(known.hosts());
    assertThat(pair.getSpec().roles()).isEqualTo(known.roles());
    assertThat(pair.getSpec().moveRole()).isEqualTo(known.moveRole());
    assertThat(pair.getSpec().monitor()).isEqualTo(known.monitor());
    assertThat(pair.getStatus().ledger()).isNotNull();
  }

  @Test
  void readsUnknownWords() {
    MySQLMultiMaster pair =
        YAML.unmarshal(
            """
            spec:
              mode: Sleepy
              durability: Later
              hosts: [{name: a, mode: Arbiter}]
              roles: [{name: r, mode: Random}]
            status:
              lastMove: {outcome: Postponed}
              hosts: [{state: ASLEEP}]
              conditions: [{type: New, status: Perhaps, reason: Odd}]
            """,
            MySQLMultiMaster.class);

    assertThat(pair.getSpec().mode()).isEqualTo("Sleepy");
  }

  @Test
  void readsAResourceWithNothingInIt() {
    for (String text :
        List.of("{}", "spec: {}", "spec: null\nstatus: null", "spec: {hosts: null}")) {
      assertThatCode(() -> YAML.unmarshal(text, MySQLMultiMaster.class))
          .as(text)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void writesWhatItReads() {
    JsonNode resource = everything();

    MySQLMultiMaster pair = YAML.convertValue(resource, MySQLMultiMaster.class);

    assertThat(YAML.<JsonNode>convertValue(pair, JsonNode.class).get("spec"))
        .isEqualTo(resource.get("spec"));
  }

  @Test
  void readsTheSamples() throws IOException {
    try (var samples =
        Files.newDirectoryStream(CommittedFile.repository().resolve("samples"), "*.yaml")) {
      for (var sample : samples) {
        MySQLMultiMaster pair = YAML.unmarshal(Files.readString(sample), MySQLMultiMaster.class);

        assertThat(pair.getSpec().hosts()).as(sample.toString()).hasSize(2);
      }
    }
  }

  private static JsonNode everything() {
    return YAML.unmarshal(
        """
        apiVersion: mysqlmmm.io/v1alpha1
        kind: MySQLMultiMaster
        metadata: {name: shop, namespace: default}
        spec:
          mode: Active
          durability: Lossless
          activeMasterRole: writer
          deletionPolicy: Retain
          hosts:
            - {name: db1, nodeName: node1, mode: Master, peer: db2, address: 10.77.0.11}
            - {name: db2, nodeName: node2, mode: Master, peer: db1, address: 10.77.0.12}
          roles:
            - {name: writer, mode: Exclusive, hosts: [db1, db2], ips: [10.77.0.100], prefer: db1}
          moveRole: {role: writer, host: db2, requestedAt: "2026-11-22T10:00:00Z", force: true}
          network: {interface: eth0}
          mysql:
            image: docker.io/library/mysql:8.4
            imagePullPolicy: IfNotPresent
            port: 3306
            adminPort: 33062
            storage: {size: 10Gi, storageClassName: fast}
            config: {max_connections: "500"}
            resources: {limits: {memory: 1Gi}}
            credentialsSecret: shop-mysql
            databases: [{name: shop, user: shop, secret: shop-app}]
          agent: {image: agent, port: 9989, resources: {limits: {memory: 128Mi}}}
          monitor: {heartbeat: 200ms, leaseTtl: 3s, moveTimeout: 10s, maxLag: 5s}
        status:
          observedGeneration: 3
          ledger: {version: 7, epoch: 2, writer: db1, inSync: [db1], serverUuids: {db1: u1}}
          hosts: [{name: db1, state: ONLINE, lagMillis: 3, writable: true, vips: [10.77.0.100]}]
          roles: [{name: writer, assignments: [{ip: 10.77.0.100, host: db1, held: true}]}]
          lastMove: {role: writer, host: db2, outcome: Done, pauseMillis: 40}
          verdict: Steady
          conditions: [{type: Ready, status: "True", reason: Steady, message: all is well}]
        """,
        JsonNode.class);
  }

  private static void addUnknownFields(JsonNode node) {
    if (node instanceof ObjectNode object) {
      List.copyOf(object.properties()).forEach(entry -> addUnknownFields(entry.getValue()));
      object.put("fromTheFuture", 1);
    } else if (node instanceof ArrayNode array) {
      array.forEach(ApiTypesArePermissiveTest::addUnknownFields);
    }
  }
}
