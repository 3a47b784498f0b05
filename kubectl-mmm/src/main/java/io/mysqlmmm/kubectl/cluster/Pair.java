package io.mysqlmmm.kubectl.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mysqlmmm.api.v1alpha1.HostSpec;
import io.mysqlmmm.api.v1alpha1.HostStatus;
import io.mysqlmmm.api.v1alpha1.MoveRoleRequest;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMasterStatus;
import io.mysqlmmm.api.v1alpha1.PlanStatus;
import io.mysqlmmm.api.v1alpha1.RoleSpec;
import io.mysqlmmm.api.v1alpha1.SetIpRequest;
import io.mysqlmmm.kubectl.cluster.ClusterException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A MySQLMultiMaster as far as the plugin reads it.
 *
 * @param version its resourceVersion
 * @param created its creationTimestamp, RFC 3339; empty when it has none
 * @param moveRole the request in its spec
 * @param setIps where its spec plans IPs to be
 * @param status empty while no operator has looked at it
 * @param json all of it, as the API server sent it
 */
public record Pair(
    Key key,
    String version,
    String created,
    String mode,
    List<HostSpec> hosts,
    List<RoleSpec> roles,
    Optional<MoveRoleRequest> moveRole,
    List<SetIpRequest> setIps,
    Optional<MySQLMultiMasterStatus> status,
    JsonNode json) {

  /** Which resource. */
  public record Key(String namespace, String name) {
    @Override
    public String toString() {
      return namespace + "/" + name;
    }
  }

  public Pair {
    hosts = List.copyOf(hosts);
    roles = List.copyOf(roles);
    setIps = List.copyOf(setIps);
  }

  /** Counts the changes of its spec. */
  public long generation() {
    return json.at("/metadata/generation").asLong(0);
  }

  /** Whether the operator's status is about the spec as it is. */
  public boolean isObserved() {
    return status
        .map(MySQLMultiMasterStatus::observedGeneration)
        .filter(observed -> observed >= generation())
        .isPresent();
  }

  /** In Passive the operator changes nothing, its status included. */
  public boolean isPassive() {
    return mode.equals("Passive");
  }

  /**
   * The mode in force: that of the spec, but a Wait that is over is Active, and only the operator
   * knows.
   */
  public String modeInForce() {
    return isPassive() ? mode : shownMode().orElse(mode);
  }

  /** The mode that the operator shows; empty: none yet. */
  public Optional<String> shownMode() {
    return status.map(MySQLMultiMasterStatus::plan).map(PlanStatus::mode);
  }

  /** The role whose holder is writable. */
  public String activeMasterRole() {
    return json.at("/spec/activeMasterRole").asText("writer");
  }

  /** The host whose data set the pair begins with; empty: with new ones. */
  public Optional<String> adopted() {
    return Optional.of(json.at("/spec/adopt/host").asText("")).filter(host -> !host.isEmpty());
  }

  public Optional<HostSpec> host(String name) {
    return hosts.stream().filter(host -> name.equals(host.name())).findFirst();
  }

  public Optional<HostStatus> seen(String name) {
    return status.map(MySQLMultiMasterStatus::hosts).stream()
        .flatMap(List::stream)
        .filter(host -> name.equals(host.name()))
        .findFirst();
  }

  public static Pair parse(JsonNode json) throws ClusterException {
    JsonNode metadata = json.path("metadata");
    JsonNode spec = json.path("spec");
    // Bookkeeping of the API server, which kubectl does not show either.
    if (metadata instanceof ObjectNode shown) {
      shown.remove("managedFields");
    }
    return new Pair(
        new Key(metadata.path("namespace").asText(), metadata.path("name").asText()),
        metadata.path("resourceVersion").asText(""),
        metadata.path("creationTimestamp").asText(""),
        spec.path("mode").asText("Active"),
        all(spec.path("hosts"), HostSpec.class),
        all(spec.path("roles"), RoleSpec.class),
        one(spec.path("moveRole"), MoveRoleRequest.class),
        all(spec.path("setIp"), SetIpRequest.class),
        one(json.path("status"), MySQLMultiMasterStatus.class),
        json);
  }

  private static <T> List<T> all(JsonNode array, Class<T> type) throws ClusterException {
    List<T> values = new ArrayList<>();
    for (JsonNode element : array) {
      one(element, type).ifPresent(values::add);
    }
    return values;
  }

  private static <T> Optional<T> one(JsonNode json, Class<T> type) throws ClusterException {
    if (!json.isObject()) {
      return Optional.empty();
    }
    try {
      return Optional.of(ApiServer.JSON.treeToValue(json, type));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new ClusterException(
          Kind.SERVER, "The resource is not of a shape that this version of the plugin knows.", e);
    }
  }
}
