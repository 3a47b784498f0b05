package io.mysqlmmm.kubectl.legacy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Translates {@code <host>} sections, and what they say that holds for the whole pair here. */
final class Hosts {
  private static final int MAX = 16;

  private final Collection<Section> sections;
  private final Labels labels;
  private final Findings findings;
  private final Values values;

  Hosts(Configuration configuration, Labels labels, Findings findings) {
    this.sections = configuration.all(Kind.HOST);
    this.labels = labels;
    this.findings = findings;
    this.values = new Values(findings);
  }

  /** All hosts in the order of the files. */
  List<Draft.Host> translate(Map<String, String> nodes) {
    List<Draft.Host> hosts = new ArrayList<>();
    sections.forEach(section -> host(section, nodes).ifPresent(hosts::add));
    if (sections.isEmpty()) {
      findings.error("There is no <host NAME>: name mmm_common.conf, which has the hosts");
    } else if (sections.size() > MAX) {
      findings.error(
          "There are %d hosts, but a pair has at most %d".formatted(sections.size(), MAX));
    }
    assume(hosts, nodes);
    if (hosts.stream().anyMatch(host -> host.address().isPresent())) {
      findings.note(
          Place.HOSTS,
          "ip",
          "taken over as address. Remove address where the node is another machine: then the node's"
              + " InternalIP is taken.");
    }
    checkMasters();
    checkUnique("ip", hosts, host -> host.address().orElse(""));
    checkUnique("node", hosts, Draft.Host::node);
    return hosts;
  }

  private Optional<Draft.Host> host(Section section, Map<String, String> nodes) {
    Optional<String> mode =
        values
            .required(section, "mode")
            .flatMap(setting -> values.word(setting, List.of("master", "slave")));
    Optional<String> address = values.required(section, "ip").flatMap(this::address);
    Optional<String> label = labels.of(section.name());
    if (mode.isEmpty() || label.isEmpty()) {
      return Optional.empty();
    }
    boolean master = mode.get().equals("master");
    Optional<String> peer = section.get("peer").flatMap(setting -> peer(setting, section, master));
    String node = nodes.getOrDefault(section.name(), label.get());
    return Optional.of(new Draft.Host(label.get(), node, address, master, peer));
  }

  private Optional<String> address(Setting ip) {
    if (Ipv4.isOrdinary(ip.value())) {
      return Optional.of(ip.value());
    }
    if (ip.value().matches("[\\d.]+")) {
      findings.error(ip.at(), "ip '%s' is no address of a host: correct it".formatted(ip.value()));
    } else {
      findings.warn(
          Place.HOSTS,
          "ip " + ip.value(),
          "a name, but an address is needed here: the InternalIP of the host's node is taken.");
    }
    return Optional.empty();
  }

  private Optional<String> peer(Setting peer, Section section, boolean master) {
    Optional<String> label = labels.of(peer.value());
    if (label.isEmpty()) {
      findings.error(
          peer.at(),
          "%s has the peer '%s', but there is no <host %s>: add it, or name another one"
              .formatted(section, peer.value(), peer.value()));
    }
    if (!master) {
      findings.note(Place.HOSTS, "peer of a slave", "no counterpart: it follows the writer.");
      return Optional.empty();
    }
    return label;
  }

  /** Says what was taken for the node of each host that the person named none for. */
  private void assume(List<Draft.Host> hosts, Map<String, String> nodes) {
    Set<String> told =
        nodes.keySet().stream()
            .flatMap(name -> labels.of(name).stream())
            .collect(Collectors.toSet());
    List<String> assumed =
        hosts.stream().map(Draft.Host::name).filter(name -> !told.contains(name)).toList();
    if (!assumed.isEmpty()) {
      findings.warn(
          Place.HOSTS,
          "nodeName of " + String.join(", ", assumed),
          "assumed to be the host's name. Give --node %s=NODE when it is not."
              .formatted(assumed.getFirst()));
    }
  }

  private void checkMasters() {
    List<Section> masters =
        sections.stream()
            .filter(
                section -> section.get("mode").filter(m -> m.value().equals("master")).isPresent())
            .toList();
    if (masters.size() != 2) {
      findings.error(
          "%d hosts have mode master%s: a pair has exactly two, make the others slaves"
              .formatted(
                  masters.size(),
                  masters.isEmpty()
                      ? ""
                      : masters.stream()
                          .map(Section::name)
                          .collect(Collectors.joining(", ", " (", ")"))));
      return;
    }
    checkPeer(masters.getFirst(), masters.getLast().name());
    checkPeer(masters.getLast(), masters.getFirst().name());
  }

  private void checkPeer(Section master, String other) {
    values
        .required(master, "peer")
        .filter(peer -> labels.of(peer.value()).isPresent() && !peer.value().equals(other))
        .ifPresent(
            peer ->
                findings.error(
                    peer.at(),
                    "%s has the peer '%s': the two masters must name each other, so write peer %s"
                        .formatted(master, peer.value(), other)));
  }

  private void checkUnique(
      String what, List<Draft.Host> hosts, Function<Draft.Host, String> attribute) {
    Map<String, List<Draft.Host>> groups =
        hosts.stream()
            .filter(host -> !attribute.apply(host).isEmpty())
            .collect(Collectors.groupingBy(attribute));
    groups.forEach(
        (value, sharing) -> {
          if (sharing.size() > 1) {
            findings.error(
                "Hosts %s have the same %s %s: each needs one of its own"
                    .formatted(
                        sharing.stream().map(Draft.Host::name).collect(Collectors.joining(" and ")),
                        what,
                        value));
          }
        });
  }
}
