package io.mysqlmmm.agent.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.mysqlmmm.shared.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the operator wrote into the agent's agent.json.
 *
 * @param resourceUid uid of the MySQLMultiMaster
 * @param address the host's own address, where its mysqld listens
 * @param adminPort mysqld's administrative port on 127.0.0.1, not counted in max_connections
 * @param interfaceName where virtual IPs are put; empty: the interface that has {@code address}
 * @param kind MASTER or REPLICA
 * @param heartbeat pause between two votes for the writer
 * @param leaseTtl how long a writer's lease lasts, and a virtual IP that needs none
 * @param managedIps every IP of every role; one found here and not due here is removed
 * @param adoptedHost the host whose data set the pair began with, made elsewhere; empty: none
 * @param external whether mysqld is the node's own
 */
public record AgentConfig(
    String resourceUid,
    String namespace,
    String name,
    String host,
    String address,
    int port,
    int adminPort,
    int agentPort,
    @JsonProperty("interface") String interfaceName,
    String kind,
    Duration heartbeat,
    Duration leaseTtl,
    List<String> managedIps,
    String adoptedHost,
    Boolean external) {

  public AgentConfig {
    // Jackson leaves an absent component null, whatever the type says.
    adoptedHost = Objects.requireNonNullElse(adoptedHost, "");
    external = Objects.requireNonNullElse(external, false);
  }

  /** Of a pair that began with new data sets. */
  public AgentConfig(
      String resourceUid,
      String namespace,
      String name,
      String host,
      String address,
      int port,
      int adminPort,
      int agentPort,
      String interfaceName,
      String kind,
      Duration heartbeat,
      Duration leaseTtl,
      List<String> managedIps) {
    this(
        resourceUid,
        namespace,
        name,
        host,
        address,
        port,
        adminPort,
        agentPort,
        interfaceName,
        kind,
        heartbeat,
        leaseTtl,
        managedIps,
        "",
        false);
  }

  /** Whether the pair began with a data set that was made elsewhere. */
  public boolean adopting() {
    return !adoptedHost.isEmpty();
  }

  /** Whether it is this host's. */
  public boolean adopted() {
    return adoptedHost.equals(host);
  }

  /**
   * Reads the file.
   *
   * @throws IOException naming the file and the setting that is missing or out of range
   */
  public static AgentConfig read(Path file) throws IOException {
    AgentConfig config;
    try {
      config = Json.mapper().readValue(Files.readString(file), AgentConfig.class);
    } catch (IOException e) {
      throw new IOException("cannot read the agent's configuration " + file, e);
    }
    String problem = config.problem();
    if (!problem.isEmpty()) {
      throw new IOException("%s: %s".formatted(file, problem));
    }
    return config;
  }

  private String problem() {
    if (isBlank(resourceUid) || isBlank(host) || isBlank(address)) {
      return "resourceUid, host and address are required";
    }
    if (port <= 0 || adminPort <= 0 || agentPort < 0) {
      return "port, adminPort and agentPort are required";
    }
    // Jackson leaves an absent component null, whatever the type says.
    Object ttl = leaseTtl;
    Object beat = heartbeat;
    Object ips = managedIps;
    if (ttl == null || ips == null || leaseTtl.toMillis() < 3000) {
      return "managedIps and a leaseTtl of at least PT3S are required";
    }
    if (beat == null || heartbeat.toMillis() < 1) {
      return "a heartbeat above zero is required";
    }
    return "";
  }

  private static boolean isBlank(@Nullable String text) {
    return text == null || text.isBlank();
  }
}
