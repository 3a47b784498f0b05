package io.mysqlmmm.kubectl.text;

import io.fabric8.kubernetes.api.model.Condition;
import io.mysqlmmm.api.v1alpha1.HostSpec;
import io.mysqlmmm.api.v1alpha1.HostStatus;
import io.mysqlmmm.api.v1alpha1.MySQLMultiMasterStatus;
import io.mysqlmmm.api.v1alpha1.RoleStatus;
import io.mysqlmmm.kubectl.cluster.Pair;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A resource without gaps: every host of the spec with what the status says of it, every virtual IP
 * with its holder.
 *
 * @param hosts in the order of the spec
 * @param ips in the order of the status, by role name
 * @param unhealthy conditions that a healthy pair has and this one has not
 */
record PairView(List<HostView> hosts, List<RoleIp> ips, List<Condition> unhealthy) {
  /** MMM's word for the state of a host that nobody reports on. */
  private static final String UNKNOWN = "UNKNOWN";

  /**
   * How the operator begins the reason of a host whose agent it does not reach (core/HostFacts).
   */
  private static final String NO_ANSWER = "its agent does not answer";

  private static final List<String> HEALTH = List.of("Ready", "WriterAvailable", "Redundant");

  /**
   * A host.
   *
   * @param address its node's name while the address is not known
   * @param mode in lower case, as MMM printed it
   * @param seen empty: the status has nothing of it
   */
  record HostView(String name, String address, String mode, Optional<HostStatus> seen) {
    String state() {
      return seen.map(HostStatus::state).orElse(UNKNOWN);
    }

    /**
     * Whether its agent answers nobody, as far as the status tells: by its check once the trap is
     * over, by the reason of its state before.
     */
    boolean isUnreachable() {
      boolean pingFails =
          orEmpty(seen.map(HostStatus::checks).orElse(null)).stream()
              .anyMatch(c -> "ping".equals(c.name()) && "FAILED".equals(c.state()));
      return state().equals(UNKNOWN)
          || pingFails
          || seen.map(HostStatus::reason).orElse("").startsWith(NO_ANSWER);
    }

    List<String> vips() {
      return seen.map(HostStatus::vips).orElse(List.of());
    }

    boolean isWritable() {
      return seen.map(HostStatus::writable).orElse(false);
    }
  }

  /**
   * A virtual IP of a role.
   *
   * @param host who is to hold it; empty: orphaned
   * @param held whether it was seen there; empty: not known
   */
  record RoleIp(String role, String ip, Optional<String> host, Optional<Boolean> held) {
    boolean isOn(HostView candidate) {
      return host.isPresent() && host.get().equals(candidate.name());
    }

    @Override
    public String toString() {
      return role + "(" + ip + ")";
    }
  }

  static PairView of(Pair pair) {
    Optional<MySQLMultiMasterStatus> status = pair.status();
    return new PairView(
        hosts(pair.hosts(), orEmpty(status.map(MySQLMultiMasterStatus::hosts).orElse(null))),
        ips(orEmpty(status.map(MySQLMultiMasterStatus::roles).orElse(null))),
        unhealthy(orEmpty(status.map(MySQLMultiMasterStatus::conditions).orElse(null))));
  }

  private static List<HostView> hosts(List<HostSpec> specs, List<HostStatus> seen) {
    Map<String, HostView> views = new LinkedHashMap<>();
    for (HostSpec spec : specs) {
      String name = or(spec.name(), "?");
      String address = or(spec.address(), or(spec.nodeName(), "?"));
      views.put(name, new HostView(name, address, lower(spec.mode()), Optional.empty()));
    }
    for (HostStatus status : seen) {
      String name = or(status.name(), "?");
      HostView known =
          views.getOrDefault(name, new HostView(name, "?", lower(status.mode()), Optional.empty()));
      String address = or(status.address(), known.address());
      views.put(name, new HostView(name, address, known.mode(), Optional.of(status)));
    }
    return List.copyOf(views.values());
  }

  private static List<RoleIp> ips(List<RoleStatus> roles) {
    List<RoleIp> ips = new ArrayList<>();
    for (RoleStatus role : roles) {
      for (RoleStatus.Assignment assignment : orEmpty(role.assignments())) {
        ips.add(
            new RoleIp(
                or(role.name(), "?"),
                or(assignment.ip(), "?"),
                Optional.ofNullable(assignment.host()),
                Optional.ofNullable(assignment.held())));
      }
    }
    ips.sort(Comparator.comparing(RoleIp::role));
    return List.copyOf(ips);
  }

  private static List<Condition> unhealthy(List<Condition> conditions) {
    return conditions.stream()
        .filter(condition -> HEALTH.contains(condition.getType()))
        .filter(condition -> !"True".equals(condition.getStatus()))
        .toList();
  }

  private static String lower(@Nullable String mode) {
    return or(mode, "master").toLowerCase(java.util.Locale.ROOT);
  }

  static String or(@Nullable String text, String otherwise) {
    return text == null ? otherwise : text;
  }

  static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }
}
