package io.mysqlmmm.kubectl.legacy;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Translates what MMM had for each host, and what is the same on all hosts here. */
final class Shared {
  /** As Linux allows; the API takes no others. */
  private static final Pattern INTERFACE = Pattern.compile("[^/:\\s]{1,15}");

  private final Collection<Section> hosts;
  private final Findings findings;
  private final Values values;

  Shared(Configuration configuration, Findings findings) {
    this.hosts = configuration.all(Kind.HOST);
    this.findings = findings;
    this.values = new Values(findings);
  }

  Draft.Ports ports() {
    int mysql = port("mysql_port", Place.MYSQL, Draft.Ports.DEFAULT_MYSQL);
    int agent = port("agent_port", Place.AGENT, Draft.Ports.DEFAULT_AGENT);
    if (mysql == agent) {
      findings.error(
          "mysql_port and agent_port are both %d: give them different ports".formatted(mysql));
    }
    Draft.Ports ports = new Draft.Ports(mysql, agent);
    if (ports.admin() != Draft.Ports.DEFAULT_ADMIN) {
      findings.note(
          Place.MYSQL,
          "adminPort",
          "not the usual %d, which is taken.".formatted(Draft.Ports.DEFAULT_ADMIN));
    }
    return ports;
  }

  /** The port of the first host; MMM's default where it sets none. */
  private int port(String setting, Place place, int otherwise) {
    Map<String, Integer> ports = new LinkedHashMap<>();
    for (Section host : hosts) {
      ports.put(host.name(), host.get(setting).flatMap(values::port).orElse(otherwise));
    }
    int first = ports.values().stream().findFirst().orElse(otherwise);
    if (List.copyOf(ports.values()).stream().distinct().count() > 1) {
      findings.warn(
          place,
          setting,
          "one for all hosts here, but yours differ (%s): the first is taken."
              .formatted(listed(ports)));
    }
    return first;
  }

  /** The interface, when all hosts that name one name the same. */
  Optional<String> networkInterface() {
    Map<String, String> interfaces = new LinkedHashMap<>();
    for (Section host : hosts) {
      Optional<Setting> setting = host.get("cluster_interface");
      setting.ifPresent(s -> interfaces.put(host.name(), s.value()));
      setting
          .filter(s -> !INTERFACE.matcher(s.value()).matches())
          .ifPresent(
              s ->
                  findings.error(
                      s.at(),
                      "cluster_interface '%s' is no name of a network interface: correct it"
                          .formatted(s.value())));
    }
    List<String> distinct = interfaces.values().stream().distinct().toList();
    if (distinct.size() > 1) {
      findings.warn(
          Place.NETWORK,
          "cluster_interface",
          "one for all hosts here, but yours differ (%s). It is left out: each host takes the"
                  .formatted(listed(interfaces))
              + " interface that has its address.");
      return Optional.empty();
    }
    return distinct.stream().findFirst();
  }

  private static String listed(Map<String, ?> byHost) {
    return byHost.entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }
}
