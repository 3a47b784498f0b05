package io.mysqlmmm.operator.core;

import io.mysqlmmm.shared.agent.AgentState;
import io.mysqlmmm.shared.agent.LeaseRules;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.gtid.GtidSet;
import io.mysqlmmm.shared.ledger.Ledger;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
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

  /** Whether the ledger names this host as in sync, by another data set than it has now. */
  boolean hasAnotherDataSet(String host) {
    return ledger.inSync().containsKey(host) && !isInSync(host);
  }

  /**
   * Whether the peer may be promoted and is able to serve. Any state but ADMIN_OFFLINE will do: it
   * holds every acknowledged write, and nobody else does.
   */
  boolean peerPromotable() {
    boolean kept = seen.life(peer).state() != HostState.ADMIN_OFFLINE;
    return ((isInSync(peer) && kept) || forced())
        && seen.topology().writerRole().hosts().contains(peer)
        && seen.running(peer).isPresent()
        && !replacing(peer);
  }

  /** Whether the peer has promised to follow nobody of the ledger's epoch. */
  boolean peerPromised() {
    return peerAgent().filter(a -> a.standing().promised() >= ledger.epoch()).isPresent();
  }

  /** Whether a clone over a host's data was begun and is not complete: it serves for nothing. */
  boolean replacing(String host) {
    return seen.agent(host).filter(a -> a.standing().cloneGuard().replacing()).isPresent();
  }

  /**
   * Whether a person asked for the peer by force: for a writer that is lost for good, whose peer
   * lacks what was acknowledged since it was given up (I3 gives way to that word, I1 does not).
   */
  boolean forced() {
    return seen.move().filter(m -> m.to().equals(peer) && m.request().force()).isPresent();
  }

  /** Whether the peer may take over without being asked for, or a person asked for it. */
  boolean mayFailOver() {
    return seen.topology().mode() == Topology.Mode.ACTIVE
        || seen.move().filter(m -> m.to().equals(peer)).isPresent();
  }

  /**
   * Whether a host is proven not to write at {@code epoch} or before: it has that on disk, and its
   * server is down, boots (read-only), or was seen read-only, and none of the writer's IPs is on
   * it: an agent may be frozen between its release and taking them off. A server that does not
   * answer proves nothing (I4).
   */
  boolean fenced(String host, long epoch) {
    return seen.agent(host)
        .filter(a -> a.standing().released() >= epoch)
        .filter(
            a ->
                seen.topology().writerRole().ips().stream().noneMatch(a.network().vips()::contains))
        // S5: the word of a new disk proves nothing of the one that wrote.
        .filter(_ -> !hasAnotherDataSet(host))
        .filter(
            a ->
                switch (a.mysqld()) {
                  case Mysqld.Absent _, Mysqld.Starting _ -> true;
                  // A clone drops the old data without super_read_only, but with read_only.
                  case Mysqld.Running running ->
                      running.superReadOnly() || a.standing().cloneGuard().replacing();
                  case Mysqld.Unresponsive _ -> false;
                })
        .isPresent();
  }

  /**
   * Whether a host, whatever became of it, cannot write at {@code epoch} or before: it confirmed
   * that ({@link #fenced}), the fencing hook has switched it off, or it wrote under a lease, and
   * all leases that it may hold are over. The last is not enough where the user wants the hook's
   * word.
   */
  boolean provenFenced(String host, long epoch) {
    boolean hookNeeded =
        seen.topology().policy().fencing().filter(Topology.Fencing::required).isPresent();
    return fenced(host, epoch)
        || isSwitchedOff(host, epoch)
        || (!hookNeeded && !leaseLeft(host, epoch).isPositive());
  }

  /** Whether the fencing hook has switched the host off, and its agent was not heard since. */
  boolean isSwitchedOff(String host, long epoch) {
    return seen.switchedOff().getOrDefault(host, 0L) >= epoch && seen.agent(host).isEmpty();
  }

  /**
   * For how long a host that writes under a lease may still hold one for {@code epoch} or before
   * (promotion, step 3): counted from the newest clocks that the leader and the other master may
   * have echoed to it. A whole ttl and more while the other master has not promised to vote no
   * more.
   */
  Duration leaseLeft(String host, long epoch) {
    Duration whole = seen.topology().timing().leaseTtl().plus(LeaseRules.MARGIN);
    String voter = seen.topology().peerOf(host).name();
    if (!(seen.agents().get(voter) instanceof Reading.Known<AgentState>(var said, var at))
        || said.standing().promised() < epoch) {
      return whole;
    }
    Duration voterUnheard = said.writerUnheard().plus(seen.now().minus(at));
    Duration leaderUnheard = seen.now().minus(seen.votedAt().getOrDefault(host, seen.now()));
    Duration unheard = voterUnheard.compareTo(leaderUnheard) < 0 ? voterUnheard : leaderUnheard;
    return whole.minus(unheard);
  }

  /**
   * Whether there is no sign that the writer comes back: its server is gone or hangs, its disk was
   * changed, or nobody hears its agent.
   */
  boolean writerIsLost() {
    Optional<AgentState> agent = writerAgent();
    if (agent.isEmpty()) {
      return !peerHearsWriter() && seen.silentFor(writer).compareTo(patience()) >= 0;
    }
    return !isInSync(writer)
        || agent.get().mysqld() instanceof Mysqld.Absent
        || agent.get().mysqld() instanceof Mysqld.Unresponsive;
  }

  /** Whether the peer's agent has lately been answered by the writer's, whose vote it has. */
  boolean peerHearsWriter() {
    return seen.agents().get(peer) instanceof Reading.Known<AgentState>(var said, var at)
        && said.standing().votingFor() == ledger.epoch()
        && LeaseRules.votes(said.standing())
        && said.writerUnheard().plus(seen.now().minus(at)).compareTo(patience()) < 0;
  }

  /**
   * How long nobody must have heard of a writer before its peer is made ready: the trap of the ping
   * check, by default half a lease, so that neither a lost packet nor a restart of an agent (1 s
   * seen) stops writes, and nothing is lost by waiting, as the lease has to end anyway.
   */
  Duration patience() {
    return seen.topology().policy().check(Check.PING).trap();
  }

  /**
   * The ledger that designates {@code next}, from what is proven of the other master now: both are
   * in sync when the other one confirmed its release and {@code next} has all that it wrote, else
   * {@code next} alone (promotion, step 4).
   */
  Ledger designating(String next) {
    String other = seen.topology().peerOf(next).name();
    Map<String, String> members = new LinkedHashMap<>();
    members.put(next, seen.agent(next).orElseThrow().standing().serverUuid());
    boolean both =
        isInSync(other)
            && fenced(other, ledger.epoch())
            && seen.running(next).isPresent()
            && seen.running(other)
                .filter(o -> seen.running(next).get().received().contains(o.executed()))
                .isPresent();
    if (both) {
      members.put(other, ledger.inSync().get(other));
    }
    return ledger.designating(next, members);
  }

  /** Whether a host replicates from another one, both threads running. */
  boolean replicates(String host, String source) {
    return seen.running(host)
        .flatMap(Mysqld.Running::channel)
        .filter(c -> c.running() && pointsAt(c, source))
        .isPresent();
  }

  /** Whether a host's channel is set to another one, whether or not it runs. */
  boolean follows(String host, String source) {
    return seen.running(host)
        .flatMap(Mysqld.Running::channel)
        .filter(c -> pointsAt(c, source))
        .isPresent();
  }

  /** Whether a thread of its replication runs, or tries to. */
  boolean connected(String host) {
    return seen.running(host)
        .flatMap(Mysqld.Running::channel)
        .filter(c -> c.io() != Mysqld.ThreadState.OFF || c.sql() != Mysqld.ThreadState.OFF)
        .isPresent();
  }

  private boolean pointsAt(Mysqld.Channel channel, String source) {
    return channel.sourceAddress().equals(seen.topology().host(source).address())
        && channel.sourcePort() == seen.topology().mysql().port();
  }

  /** Whether somebody has set it offline, and it has left its roles. */
  boolean setOffline(String host) {
    return seen.topology().policy().offline().contains(host)
        && seen.life(host).state() == HostState.ADMIN_OFFLINE;
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
