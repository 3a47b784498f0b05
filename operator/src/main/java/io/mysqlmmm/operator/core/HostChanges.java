package io.mysqlmmm.operator.core;

import io.mysqlmmm.operator.core.Topology.Host;
import io.mysqlmmm.operator.core.Topology.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What may be done with a change of spec.hosts while the pair lives. Pure. The writer's host stays
 * where it is until the writer was moved away; the masters stay the masters, for a host that was
 * one may acknowledge in another's place (S16); a replica that left goes on being watched, without
 * a role, until it has given its IPs up.
 */
public final class HostChanges {

  /**
   * What to run.
   *
   * @param hosts what Kubernetes objects are made for: as the spec says, but for the writer's host;
   *     empty: the change as a whole is refused
   * @param watched the same and the replicas that are leaving
   * @param leaving their names
   * @param refusal what of the spec is not done now, and what to do
   */
  public record Effect(
      Optional<Topology> hosts,
      Optional<Topology> watched,
      List<String> leaving,
      Optional<String> refusal) {}

  private HostChanges() {}

  /**
   * What becomes of the spec's hosts.
   *
   * @param present hosts as they were last put in place, by name
   * @param writer by the ledger; empty: there is none yet
   */
  public static Effect judge(Topology wanted, Map<String, Host> present, Optional<String> writer) {
    Optional<String> master = writer.isEmpty() ? Optional.empty() : otherMaster(wanted, present);
    if (master.isPresent()) {
      return new Effect(Optional.empty(), Optional.empty(), List.of(), master);
    }
    List<Host> hosts = new ArrayList<>();
    Optional<String> refusal = Optional.empty();
    for (Host host : wanted.hosts()) {
      Host now = present.get(host.name());
      if (now != null && writer.filter(host.name()::equals).isPresent() && isElsewhere(now, host)) {
        hosts.add(host.at(now.nodeName(), now.address()));
        refusal = Optional.of(movedWriter(wanted, host, now));
      } else {
        hosts.add(host);
      }
    }
    List<Host> watched = new ArrayList<>(hosts);
    List<String> leaving = new ArrayList<>();
    for (Host now : new TreeMap<>(present).values()) {
      if (wanted.hosts().stream().noneMatch(h -> h.name().equals(now.name()))) {
        leaving.add(now.name());
        watched.add(
            new Host(
                now.name(),
                now.nodeName(),
                Kind.REPLICA,
                Optional.empty(),
                now.address(),
                Duration.ZERO,
                true,
                now.external()));
      }
    }
    return new Effect(
        Optional.of(wanted.withHosts(hosts)),
        Optional.of(wanted.withHosts(watched)),
        leaving,
        refusal);
  }

  private static boolean isElsewhere(Host now, Host then) {
    return !now.nodeName().equals(then.nodeName()) || !now.address().equals(then.address());
  }

  private static String movedWriter(Topology wanted, Host host, Host now) {
    return "spec.hosts: %s is the writer and stays on node %s (%s): move role '%s' to %s first"
        .formatted(
            host.name(),
            now.nodeName(),
            now.address(),
            wanted.activeMasterRole(),
            wanted.peerOf(host.name()).name());
  }

  /** Another set of masters than before. */
  private static Optional<String> otherMaster(Topology wanted, Map<String, Host> present) {
    for (Host now : new TreeMap<>(present).values()) {
      Optional<Host> then =
          wanted.hosts().stream().filter(h -> h.name().equals(now.name())).findFirst();
      Kind kind = then.map(Host::kind).orElse(Kind.REPLICA);
      if (now.kind() != kind) {
        return Optional.of(
            "spec.hosts: the two masters of a pair cannot be changed, and %s is %s: set it back"
                .formatted(now.name(), now.kind() == Kind.MASTER ? "one of them" : "a Replica"));
      }
    }
    return Optional.empty();
  }
}
