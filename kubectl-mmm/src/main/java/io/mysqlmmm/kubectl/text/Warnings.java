package io.mysqlmmm.kubectl.text;

import io.mysqlmmm.kubectl.text.PairView.HostView;
import io.mysqlmmm.kubectl.text.PairView.RoleIp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What somebody should look at, one line each. The first is MMM's; the others are what MMM's show
 * could not see: it printed the plan, not where the addresses are.
 */
final class Warnings {
  private Warnings() {}

  static List<String> of(PairView view) {
    List<String> lines = new ArrayList<>();
    for (HostView host : view.hosts()) {
      if (host.isUnreachable()) {
        lines.add("# Warning: agent on host %s is not reachable".formatted(host.name()));
      }
    }
    for (RoleIp ip : view.ips()) {
      misplaced(ip, view.hosts()).ifPresent(lines::add);
    }
    List<HostView> writable = view.hosts().stream().filter(HostView::isWritable).toList();
    if (writable.size() > 1) {
      lines.add(
          "# Warning: more than one host is writable: "
              + writable.stream().map(HostView::name).collect(Collectors.joining(", ")));
    }
    return lines;
  }

  private static Optional<String> misplaced(RoleIp ip, List<HostView> hosts) {
    if (ip.host().isEmpty()) {
      return Optional.of("# Warning: %s is orphaned: no host holds it".formatted(ip));
    }
    List<String> elsewhere =
        hosts.stream()
            .filter(host -> !ip.isOn(host) && host.vips().contains(ip.ip()))
            .map(HostView::name)
            .toList();
    if (!elsewhere.isEmpty()) {
      return Optional.of(
          "# Warning: %s is on %s but belongs on %s"
              .formatted(ip, String.join(", ", elsewhere), ip.host().get()));
    }
    return ip.held().orElse(true)
        ? Optional.empty()
        : Optional.of("# Warning: %s is not up on %s".formatted(ip, ip.host().get()));
  }
}
