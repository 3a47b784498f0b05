package io.mysqlmmm.operator.monitor;

import io.mysqlmmm.api.v1alpha1.HostSpec;
import io.mysqlmmm.api.v1alpha1.LastMove;
import io.mysqlmmm.api.v1alpha1.MoveRoleRequest;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMaster;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMasterSpec;
import io.mysqlmmm.api.v1alpha1.SetIpRequest;
import io.mysqlmmm.operator.core.Move;
import io.mysqlmmm.operator.core.Plan;
import io.mysqlmmm.operator.core.Snapshot;
import io.mysqlmmm.operator.core.Topology;
import io.mysqlmmm.operator.observe.IpAddress;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What people ask for once, in spec. A request that was dealt with is remembered whole, so that
 * applying the same manifest again does nothing; one older than the resource is ignored.
 */
final class Requests {
  private final MySQLMultiMaster resource;
  private final Remembered remembered;

  Requests(MySQLMultiMaster resource, Remembered remembered) {
    this.resource = resource;
    this.remembered = remembered;
  }

  /** spec.moveRole. */
  Optional<Move.Request> moveRole() {
    return pending().map(Requests::request);
  }

  /** spec.moveRole, if {@code request} is it. */
  Optional<MoveRoleRequest> asMoveRole(Move.Request request) {
    return Optional.ofNullable(resource.getSpec())
        .flatMap(spec -> Optional.ofNullable(spec.moveRole()))
        .filter(wanted -> request(wanted).equals(request));
  }

  private Optional<MoveRoleRequest> pending() {
    LastMove last = resource.getStatus() == null ? null : resource.getStatus().lastMove();
    return Optional.ofNullable(resource.getSpec())
        .flatMap(spec -> Optional.ofNullable(spec.moveRole()))
        .filter(r -> r.role() != null && r.host() != null && !isStale(resource, r.requestedAt()))
        .filter(r -> !remembered.wasDealt(r))
        .filter(r -> last == null || !request(r).equals(World.requestOf(last)));
  }

  private static Move.Request request(MoveRoleRequest wanted) {
    return new Move.Request(
        Objects.requireNonNullElse(wanted.role(), ""),
        Objects.requireNonNullElse(wanted.host(), ""),
        Objects.requireNonNullElse(wanted.requestedAt(), ""),
        Boolean.TRUE.equals(wanted.force()));
  }

  /** The first of spec.setIp that moves the writer. */
  Optional<Move.Request> writerIp(Topology topology) {
    return pendingIps().stream()
        .filter(r -> topology.writerRole().ips().contains(r.ip()))
        .findFirst()
        .map(
            r ->
                new Move.Request(
                    topology.activeMasterRole(),
                    Objects.requireNonNullElse(r.host(), ""),
                    Objects.requireNonNullElse(r.requestedAt(), ""),
                    false));
  }

  /** The one of spec.setIp that led to this request. */
  Optional<SetIpRequest> asSetIp(Move.Request request) {
    return pendingIps().stream()
        .filter(r -> request.host().equals(r.host()))
        .filter(r -> request.requestedAt().equals(r.requestedAt()))
        .findFirst();
  }

  /** Carries out those of spec.setIp that do not move the writer. */
  void pinIps(Snapshot seen) {
    for (SetIpRequest r : pendingIps()) {
      String ip = Objects.requireNonNull(r.ip());
      String host = Objects.requireNonNullElse(r.host(), "");
      boolean ours =
          seen.topology().otherRoles().stream()
              .anyMatch(role -> role.ips().contains(ip) && role.hosts().contains(host));
      if (ours) {
        boolean online = seen.life(host).online();
        if (online) {
          remembered.pin(ip, new Plan.Pin(host, Objects.requireNonNullElse(r.requestedAt(), "")));
        }
        remembered.dealt(
            r, seen.wall(), online ? "done" : "refused, the host is " + seen.life(host).state());
      }
    }
  }

  private List<SetIpRequest> pendingIps() {
    MySQLMultiMasterSpec spec = resource.getSpec();
    List<SetIpRequest> asked = spec == null || spec.setIp() == null ? List.of() : spec.setIp();
    return asked.stream()
        .map(Requests::canonical)
        .filter(r -> !isStale(resource, r.requestedAt()) && !remembered.wasDealt(r))
        .toList();
  }

  private static SetIpRequest canonical(SetIpRequest asked) {
    String ip = IpAddress.canonical(Objects.requireNonNullElse(asked.ip(), ""));
    return new SetIpRequest(ip, asked.host(), asked.requestedAt());
  }

  /**
   * The hosts that are to be set online, each with the time of the request. One that came together
   * with a change of {@code offline} waits until {@code topology} has that change, too: the
   * resource is known earlier, from the answer to a write.
   */
  Map<String, String> setOnline(Topology topology) {
    Map<String, String> asked = new HashMap<>();
    MySQLMultiMasterSpec spec = resource.getSpec();
    for (HostSpec host :
        spec == null || spec.hosts() == null ? List.<HostSpec>of() : spec.hosts()) {
      String at = host.setOnline();
      if (host.name() != null
          && at != null
          && !isStale(resource, at)
          && Boolean.TRUE.equals(host.offline())
              == topology.policy().offline().contains(host.name())
          && !remembered.answered(host.name(), at)) {
        asked.put(host.name(), at);
      }
    }
    return asked;
  }

  /** Older than the resource, or no time: such a request is none. */
  static boolean isStale(MySQLMultiMaster resource, @Nullable String requestedAt) {
    if (requestedAt == null) {
      return true;
    }
    Instant created = Instant.parse(resource.getMetadata().getCreationTimestamp());
    try {
      return OffsetDateTime.parse(requestedAt).toInstant().isBefore(created);
    } catch (DateTimeParseException _) {
      return false;
    }
  }
}
