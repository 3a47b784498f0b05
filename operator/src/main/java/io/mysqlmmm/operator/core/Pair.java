package io.mysqlmmm.operator.core;

import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.gtid.GtidSet;
import io.mysqlmmm.shared.ledger.Ledger;
import java.util.Optional;

/** The two masters as the ledger names them: the writer, and its peer. Facts only. */
record Pair(Snapshot seen, Ledger ledger, String writer, String peer) {

  static Pair of(Snapshot seen, Ledger ledger) {
    String peer = seen.topology().peerOf(ledger.writer()).name();
    return new Pair(seen, ledger, ledger.writer(), peer);
  }

  Optional<AgentState> writerAgent() {
    return seen.agent(writer);
  }

  Optional<AgentState> peerAgent() {
    return seen.agent(peer);
  }

  /** Whether the writer serves: active in exactly this epoch, running, writable. */
  boolean writerServes() {
    return writerAgent().filter(a -> a.standing().activeIn(ledger.epoch())).isPresent()
        && seen.running(writer).filter(m -> !m.superReadOnly()).isPresent();
  }

  /** Whether the writer's IPs were seen on the writer's interface. */
  boolean holdsVips() {
    return writerAgent()
        .filter(a -> a.network().vips().containsAll(seen.topology().writerRole().ips()))
        .isPresent();
  }

  /** Whether this host, with the data set it has now, holds every acknowledged write. */
  boolean isInSync(String host) {
    return ledger.isInSync(host, seen.agent(host).map(a -> a.standing().serverUuid()));
  }

  /** Whether the peer may be promoted and is able to serve. */
  boolean peerPromotable() {
    return isInSync(peer) && seen.running(peer).isPresent();
  }

  /**
   * Whether a host is proven not to write at {@code epoch} or before: it has that on disk, and its
   * server is down, boots (read-only), or was seen read-only. A server that does not answer proves
   * nothing (I4).
   */
  boolean fenced(String host, long epoch) {
    return seen.agent(host)
        .filter(a -> a.standing().released() >= epoch)
        .filter(
            a ->
                switch (a.mysqld()) {
                  case Mysqld.Absent _, Mysqld.Starting _ -> true;
                  case Mysqld.Running running -> running.superReadOnly();
                  case Mysqld.Unresponsive _ -> false;
                })
        .isPresent();
  }

  /** Whether a host replicates from another one, both threads running. */
  boolean replicates(String host, String source) {
    return seen.running(host)
        .flatMap(Mysqld.Running::channel)
        .filter(c -> c.running() && pointsAt(c, source))
        .isPresent();
  }

  private boolean pointsAt(Mysqld.Channel channel, String source) {
    return channel.sourceAddress().equals(seen.topology().host(source).address())
        && channel.sourcePort() == seen.topology().mysql().port();
  }

  /** What a host has that the writer lacks and did not write itself: never to be merged (S18). */
  GtidSet surplus(String host) {
    Optional<Mysqld.Running> mine = seen.running(host);
    Optional<Mysqld.Running> writers = seen.running(writer);
    if (mine.isEmpty() || writers.isEmpty()) {
      return GtidSet.empty();
    }
    // The writer's own transactions may be newer here than in the older view of the writer.
    return mine.get()
        .received()
        .withoutSource(writers.get().serverUuid())
        .minus(writers.get().executed());
  }
}
