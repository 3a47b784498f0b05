package io.mysqlmmm.kubectl.legacy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Translates {@code <role>} sections and {@code active_master_role}. */
final class Roles {
  private static final int MAX = 8;
  private static final int MAX_IPS = 16;

  private final Configuration configuration;
  private final Labels labels;
  private final Labels hostLabels;
  private final Findings findings;
  private final Values values;
  private final Map<String, String> rolesByIp = new HashMap<>();

  Roles(Configuration configuration, Labels labels, Labels hostLabels, Findings findings) {
    this.configuration = configuration;
    this.labels = labels;
    this.hostLabels = hostLabels;
    this.findings = findings;
    this.values = new Values(findings);
  }

  /** All roles in the order of the files. */
  List<Draft.Role> translate() {
    Collection<Section> sections = configuration.all(Kind.ROLE);
    if (sections.size() > MAX) {
      findings.error(
          "There are %d roles, but a pair has at most %d".formatted(sections.size(), MAX));
    }
    List<Draft.Role> roles = new ArrayList<>();
    sections.forEach(section -> role(section).ifPresent(roles::add));
    return roles;
  }

  private Optional<Draft.Role> role(Section section) {
    Optional<String> mode =
        values
            .required(section, "mode")
            .flatMap(setting -> values.word(setting, List.of("exclusive", "balanced")));
    List<String> hosts =
        values.required(section, "hosts").map(setting -> hosts(section, setting)).orElse(List.of());
    boolean exclusive = mode.filter("exclusive"::equals).isPresent();
    List<String> ips =
        values.required(section, "ips").map(s -> ips(section, s, exclusive)).orElse(List.of());
    Optional<String> prefer =
        section.get("prefer").flatMap(setting -> prefer(section, setting, exclusive));
    Optional<String> label = labels.of(section.name());
    return label.isPresent() && mode.isPresent()
        ? Optional.of(new Draft.Role(label.get(), exclusive, hosts, ips, prefer))
        : Optional.empty();
  }

  private List<String> hosts(Section role, Setting hosts) {
    List<String> names = hosts.list().stream().distinct().toList();
    for (String name : names) {
      if (configuration.find(Kind.HOST, name).isEmpty()) {
        findings.error(
            hosts.at(),
            "%s names the host '%s', but there is no <host %s>: add it, or remove it from hosts"
                .formatted(role, name, name));
      }
    }
    return names.stream().flatMap(name -> hostLabels.of(name).stream()).toList();
  }

  private List<String> ips(Section role, Setting ips, boolean exclusive) {
    List<String> addresses = ips.list();
    if (exclusive && addresses.size() > 1) {
      findings.error(
          ips.at(), "%s is exclusive and has several ips: keep the one in use".formatted(role));
    }
    if (addresses.size() > MAX_IPS) {
      findings.error(ips.at(), "%s has more than %d ips".formatted(role, MAX_IPS));
    }
    for (String ip : addresses) {
      if (!Ipv4.isOrdinary(ip)) {
        findings.error(
            ips.at(), "%s has the ip '%s', which is no address: correct it".formatted(role, ip));
      }
      String other = rolesByIp.putIfAbsent(ip, role.toString());
      if (other != null) {
        findings.error(
            ips.at(), "%s has the ip %s, which %s has already".formatted(role, ip, other));
      }
      configuration.all(Kind.HOST).stream()
          .filter(host -> host.get("ip").filter(own -> own.value().equals(ip)).isPresent())
          .forEach(
              host ->
                  findings.error(
                      ips.at(),
                      "%s has the ip %s, which is the address of %s: use a free one"
                          .formatted(role, ip, host)));
    }
    return addresses;
  }

  private Optional<String> prefer(Section role, Setting prefer, boolean exclusive) {
    if (!exclusive) {
      findings.note(Place.ROLES, "prefer of a balanced role", "no counterpart: it had no effect.");
      return Optional.empty();
    }
    if (!role.get("hosts").map(Setting::list).orElse(List.of()).contains(prefer.value())) {
      findings.error(
          prefer.at(),
          "%s prefers '%s', which is not among its hosts: correct it"
              .formatted(role, prefer.value()));
    }
    findings.warn(
        Place.ROLES,
        "prefer",
        "the role goes back only when the preferred host is ONLINE, in sync, caught up and not"
            + " flapping, and may be moved away: then it stays until that host was offline again.");
    return hostLabels.of(prefer.value());
  }

  /** The role of the writable master. */
  Optional<String> activeMasterRole() {
    Optional<Setting> setting = configuration.global().get("active_master_role");
    if (setting.isEmpty()) {
      findings.error("There is no active_master_role: add it, as MMM needed it too");
      return Optional.empty();
    }
    Optional<Section> role = configuration.find(Kind.ROLE, setting.get().value());
    if (role.isEmpty()) {
      findings.error(
          setting.get().at(),
          "active_master_role is '%s', but there is no <role %s>: add it, or name another one"
              .formatted(setting.get().value(), setting.get().value()));
      return Optional.empty();
    }
    role.ifPresent(this::checkActive);
    return labels.of(role.get().name());
  }

  private void checkActive(Section role) {
    role.get("mode")
        .filter(mode -> mode.value().equals("balanced"))
        .ifPresent(
            mode ->
                findings.error(
                    mode.at(),
                    "%s is the active_master_role: only one host may be writable, make it exclusive"
                        .formatted(role)));
    role.get("hosts").ifPresent(hosts -> checkActiveHosts(role, hosts));
  }

  private void checkActiveHosts(Section role, Setting hosts) {
    List<String> names = hosts.list().stream().distinct().toList();
    if (names.size() > 2) {
      findings.error(
          hosts.at(),
          "%s is the active_master_role and has %d hosts: keep the two masters, as MMM allowed no"
                  .formatted(role, names.size())
              + " more");
    } else if (names.size() == 1) {
      findings.warn(
          Place.ROLES,
          "active_master_role",
          "only %s may hold it: when it fails, nobody takes its place. Add the other master."
              .formatted(names.getFirst()));
    }
    for (String name : names) {
      configuration
          .find(Kind.HOST, name)
          .flatMap(host -> host.get("mode"))
          .filter(mode -> mode.value().equals("slave"))
          .ifPresent(
              mode ->
                  findings.error(
                      hosts.at(),
                      "%s is the active_master_role, but its host '%s' is a slave and never"
                              .formatted(role, name)
                          + " writable: remove it"));
    }
  }
}
