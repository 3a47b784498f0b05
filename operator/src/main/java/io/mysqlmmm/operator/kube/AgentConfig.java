package io.mysqlmmm.operator.kube;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mysqlmmm.operator.core.Topology;
import io.mysqlmmm.operator.core.Topology.Host;
import io.mysqlmmm.shared.json.Json;
import java.time.Duration;
import java.util.List;

/**
 * agent.json, what an agent knows from its start.
 *
 * @param networkInterface empty: the interface that has {@code address}
 * @param kind MASTER or REPLICA
 * @param adoptedHost the host whose data set the pair began with, made elsewhere; empty: none
 * @param external whether mysqld is the node's own
 */
record AgentConfig(
    String resourceUid,
    String namespace,
    String name,
    String host,
    String address,
    int port,
    int adminPort,
    int agentPort,
    @JsonProperty("interface") String networkInterface,
    String kind,
    Duration heartbeat,
    Duration leaseTtl,
    List<String> managedIps,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) String adoptedHost,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean external) {
  private static final ObjectMapper JSON = Json.mapper();

  static AgentConfig of(Topology topology, Host host) {
    return new AgentConfig(
        topology.uid(),
        topology.namespace(),
        topology.name(),
        host.name(),
        host.address(),
        topology.mysql().port(),
        topology.mysql().adminPort(),
        topology.agent().port(),
        topology.networkInterface().orElse(""),
        host.kind().name(),
        topology.timing().heartbeat(),
        topology.timing().leaseTtl(),
        topology.managedIps(),
        topology.adopted().orElse(""),
        host.external());
  }

  /** The same without what an agent also learns by orders, and needs no new start for. */
  AgentConfig withoutManagedIps() {
    return new AgentConfig(
        resourceUid,
        namespace,
        name,
        host,
        address,
        port,
        adminPort,
        agentPort,
        networkInterface,
        kind,
        heartbeat,
        leaseTtl,
        List.of(),
        adoptedHost,
        external);
  }

  String toJson() {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this).replace("\r", "")
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("agent.json of " + host + " cannot be written", e);
    }
  }
}
