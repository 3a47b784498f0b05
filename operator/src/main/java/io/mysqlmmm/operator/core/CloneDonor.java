package io.mysqlmmm.operator.core;

import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Clone;
import io.mysqlmmm.shared.agent.Mysqld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * From whom a host is cloned: a replica in good state, else the other master in good state, else
 * the writer, which has its clients to serve. A host in good state follows the writer, has nothing
 * that the writer lacks, and is not behind.
 */
sealed interface CloneDonor {

  /** This one. */
  record Use(AgentState donor) implements CloneDonor {}

  /** Nobody now; why. */
  record None(String reason) implements CloneDonor {}

  /**
   * Chooses.
   *
   * @param from the one that a person named; empty: nobody was named
   */
  static CloneDonor choose(Pair pair, String host, String from) {
    if (!from.isEmpty()) {
      Optional<String> unfit = unfit(pair, host, from);
      return unfit.isEmpty() ? use(pair, from) : new None(unfit.get());
    }
    List<String> reasons = new ArrayList<>();
    for (String candidate : candidates(pair, host)) {
      Optional<String> unfit = unfit(pair, host, candidate);
      if (unfit.isEmpty()) {
        return use(pair, candidate);
      }
      reasons.add(unfit.get());
    }
    return new None(String.join("; ", reasons));
  }

  private static CloneDonor use(Pair pair, String name) {
    return new Use(pair.seen().agent(name).orElseThrow());
  }

  private static List<String> candidates(Pair pair, String host) {
    List<String> names = new ArrayList<>();
    for (Topology.Host other : pair.seen().topology().hosts()) {
      if (other.kind() == Topology.Kind.REPLICA && other.delay().isZero() && !other.leaving()) {
        names.add(other.name());
      }
    }
    names.add(pair.peer());
    names.remove(host);
    names.add(pair.writer());
    return names;
  }

  /** Why it cannot be the donor; empty: it can. */
  private static Optional<String> unfit(Pair pair, String host, String donor) {
    Snapshot seen = pair.seen();
    boolean known = seen.topology().hosts().stream().anyMatch(h -> h.name().equals(donor));
    if (!known || donor.equals(host)) {
      return Optional.of(donor + " is no other host of this resource");
    }
    Optional<AgentState> agent = seen.agent(donor);
    Optional<Mysqld.Running> server = seen.running(donor);
    if (agent.isEmpty() || server.isEmpty()) {
      return Optional.of("mysqld of " + donor + " does not serve");
    }
    if (agent.get().standing().cloneGuard().replacing()) {
      return Optional.of(donor + " is being cloned itself");
    }
    if (agent.get().cloneFacts().filter(f -> !f.plugin()).isPresent()) {
      return Optional.of(
          "mysqld of %s runs without its plugin clone, until it is restarted".formatted(donor));
    }
    Optional<String> version = seen.running(host).map(Mysqld.Running::version);
    if (version.isPresent() && !series(version.get()).equals(series(server.get().version()))) {
      return Optional.of(
          "%s runs MySQL %s and %s %s, and only the same series can be cloned"
              .formatted(donor, server.get().version(), host, version.get()));
    }
    return donor.equals(pair.writer()) ? Optional.empty() : unsound(pair, donor, server.get());
  }

  /** Why a host that is not the writer has not what the writer has. */
  private static Optional<String> unsound(Pair pair, String donor, Mysqld.Running server) {
    if (!pair.surplus(donor).isEmpty()) {
      return Optional.of(donor + " has transactions that the writer lacks");
    }
    if (!pair.replicates(donor, pair.writer())) {
      return Optional.of(donor + " does not replicate from the writer");
    }
    Duration most = pair.seen().topology().timing().maxLag();
    Optional<Long> lag = server.channel().flatMap(Mysqld.Channel::lagMillis);
    return lag.filter(l -> l > most.toMillis()).isPresent()
        ? Optional.of("%s is %d ms behind".formatted(donor, lag.get()))
        : Optional.empty();
  }

  /** 9.7 of 9.7.4-2. */
  private static String series(String version) {
    String[] parts = version.split("[.]", 3);
    return parts.length < 2 ? version : parts[0] + "." + parts[1];
  }

  /** What the donor's data take. */
  static long bytes(AgentState donor) {
    return donor.cloneFacts().map(Clone.Facts::dataBytes).orElse(0L);
  }
}
