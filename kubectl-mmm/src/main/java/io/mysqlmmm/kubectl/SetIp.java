package io.mysqlmmm.kubectl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mysqlmmm.api.v1alpha1.RoleSpec;
import io.mysqlmmm.kubectl.cluster.ClusterException;
import io.mysqlmmm.kubectl.cluster.Pair;
import io.mysqlmmm.kubectl.cluster.Pairs;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Plans where an IP is to be, as MMM's set_ip. Only the plan is written: the operator carries it
 * out once, when the mode is not Passive.
 */
final class SetIp {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Pairs pairs;
  private final Time time;

  SetIp(Pairs pairs, Time time) {
    this.pairs = pairs;
    this.time = time;
  }

  Answer run(Pair pair, String asked, String host) throws ClusterException {
    String ip = spelled(pair, asked);
    Optional<RoleSpec> role =
        pair.roles().stream().filter(r -> r.ips() != null && r.ips().contains(ip)).findFirst();
    Optional<String> wrong = wrong(pair, role, ip, host);
    if (wrong.isPresent()) {
      return Answer.refused(wrong.get());
    }
    String requestedAt = RequestTime.now(time);
    Optional<Answer> tooOld = RequestTime.tooOld(requestedAt, pair);
    if (tooOld.isPresent()) {
      return tooOld.get();
    }
    ObjectNode request = JSON.objectNode().put("ip", ip).put("host", host);
    request.put("requestedAt", requestedAt);
    new Edits(pairs).apply(pair, seen -> operations(seen, request));
    return Answer.done(
        "Set role '%s(%s)' to host '%s'.".formatted(role.map(RoleSpec::name).orElse(""), ip, host));
  }

  /** The IP of a role that is asked for, as the role spells it; else as it is asked for. */
  private static String spelled(Pair pair, String asked) {
    return pair.roles().stream()
        .map(RoleSpec::ips)
        .filter(Objects::nonNull)
        .flatMap(List::stream)
        .filter(ip -> isSame(ip, asked))
        .findFirst()
        .orElse(asked);
  }

  /** IPv4 has one spelling. */
  private static boolean isSame(String ip, String asked) {
    try {
      return asked.contains(":") && InetAddress.ofLiteral(ip).equals(InetAddress.ofLiteral(asked));
    } catch (IllegalArgumentException notAnAddress) {
      return false;
    }
  }

  private static Optional<String> wrong(
      Pair pair, Optional<RoleSpec> role, String ip, String host) {
    if (!List.of("Passive", "Manual").contains(pair.modeInForce())) {
      return Optional.of("This command is only allowed in passive or manual mode.");
    }
    if (role.isEmpty()) {
      return Optional.of("Unknown IP '%s'!".formatted(ip));
    }
    if (pair.host(host).isEmpty()) {
      return Optional.of("Unknown host name '%s'!".formatted(host));
    }
    List<String> able = role.map(RoleSpec::hosts).orElse(List.of());
    return able.contains(host)
        ? Optional.empty()
        : Optional.of(
            "Host '%s' can't handle role '%s'. Following hosts could: %s"
                .formatted(host, role.map(RoleSpec::name).orElse(""), String.join(", ", able)));
  }

  private static ArrayNode operations(Pair pair, ObjectNode request) {
    JsonNode planned = pair.json().at("/spec/setIp");
    ArrayNode operations = JSON.arrayNode();
    for (int i = 0; i < planned.size(); i++) {
      if (planned.path(i).path("ip").equals(request.path("ip"))) {
        Edits.add(operations, "test", "/spec/setIp/%d/ip".formatted(i), request.path("ip"));
        return Edits.add(operations, "replace", "/spec/setIp/" + i, request);
      }
    }
    if (planned.isArray()) {
      return Edits.add(operations, "add", "/spec/setIp/-", request);
    }
    // A list made here would replace one that somebody else has just made.
    Edits.add(operations, "test", "/metadata/resourceVersion", JSON.textNode(pair.version()));
    return Edits.add(operations, "add", "/spec/setIp", JSON.arrayNode().add(request));
  }
}
