package io.mysqlmmm.kubectl;

import io.mysqlmmm.api.v1alpha1.MySQLMultiMasterStatus;
import io.mysqlmmm.api.v1alpha1.RoleStatus;
import io.mysqlmmm.kubectl.cluster.Pair;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where the IPs of one role are. */
record RoleIps(List<Placed> ips) {
  /**
   * An IP of the role.
   *
   * @param host empty: orphaned
   */
  record Placed(String ip, Optional<String> host) {
    @Override
    public String toString() {
      return ip + " on " + host.orElse("nobody");
    }
  }

  RoleIps {
    ips = List.copyOf(ips);
  }

  static RoleIps of(Pair pair, String role) {
    List<Placed> placed = new ArrayList<>();
    pair.status().map(MySQLMultiMasterStatus::roles).stream()
        .flatMap(List::stream)
        .filter(status -> role.equals(status.name()))
        .map(RoleStatus::assignments)
        .flatMap(list -> Optional.ofNullable(list).stream())
        .flatMap(List::stream)
        .forEach(
            a -> placed.add(new Placed(String.valueOf(a.ip()), Optional.ofNullable(a.host()))));
    return new RoleIps(placed);
  }

  /** The IP that goes to a host: one of the host that has most, an orphan last; empty: none. */
  Optional<Placed> toMove(String host) {
    return ips.stream()
        .filter(placed -> !placed.host().equals(Optional.of(host)))
        .max(Comparator.comparingLong(this::weight));
  }

  private long weight(Placed placed) {
    return placed.host().isEmpty()
        ? 0
        : ips.stream().filter(other -> other.host().equals(placed.host())).count();
  }

  @Override
  public String toString() {
    return ips.isEmpty()
        ? "its IPs are not known"
        : ips.stream().map(Placed::toString).collect(Collectors.joining(", "));
  }
}
