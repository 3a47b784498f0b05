package io.mysqlmmm.shared.agent;

import io.mysqlmmm.shared.gtid.GtidSet;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One host as its agent sees it.
 *
 * @param sequence grows with every change worth telling; the cursor of the long poll
 * @param resourceUid uid of the MySQLMultiMaster that the agent belongs to
 * @param host name of the host in the resource
 * @param clock this host's clock when this was told; heartbeats echo it
 * @param writerUnheard for at least how long no clock of the followed writer's agent has been
 *     heard, so that none newer can be echoed any more once that writer's epoch is promised; since
 *     its own start at most
 * @param agentVersion version of the agent
 * @param standing what it has promised
 * @param mysqld the server beside it
 * @param network the interface and the managed IPs on it
 * @param cut what became of the end of the binlog at the last {@link Order.Start}, since the
 *     agent's own start
 * @param vitals what else could fail on this host; unknown when the agent is too old to tell
 * @param lastClone the last clone over this host's data
 * @param cloneFacts what a clone from or to this host has to know; empty: not found out yet
 * @param lastBackup the last backup of this host's data
 * @param preflight what was found in a data set that is to be adopted; empty: there is none, or it
 *     was not looked at yet
 */
public record AgentState(
    long sequence,
    String resourceUid,
    String host,
    BootTime clock,
    Duration writerUnheard,
    String agentVersion,
    Standing standing,
    Mysqld mysqld,
    NetworkState network,
    Optional<Cut> cut,
    Vitals vitals,
    Optional<Clone> lastClone,
    Optional<Clone.Facts> cloneFacts,
    Optional<Backup> lastBackup,
    Optional<Preflight> preflight) {

  public AgentState {
    // Jackson leaves an absent component null, whatever the type says.
    vitals = Objects.requireNonNullElseGet(vitals, Vitals::unknown);
  }

  /** Of an agent that was never told to clone or back up, and has no data set to adopt. */
  public AgentState(
      long sequence,
      String resourceUid,
      String host,
      BootTime clock,
      Duration writerUnheard,
      String agentVersion,
      Standing standing,
      Mysqld mysqld,
      NetworkState network,
      Optional<Cut> cut,
      Vitals vitals) {
    this(
        sequence,
        resourceUid,
        host,
        clock,
        writerUnheard,
        agentVersion,
        standing,
        mysqld,
        network,
        cut,
        vitals,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The same with what is as it is at the moment of telling. */
  public AgentState at(BootTime now, Duration unheard, Vitals felt) {
    return new AgentState(
        sequence,
        resourceUid,
        host,
        now,
        unheard,
        agentVersion,
        standing,
        mysqld,
        network,
        cut,
        felt,
        lastClone,
        cloneFacts,
        lastBackup,
        preflight);
  }

  /**
   * Where virtual IPs are put.
   *
   * @param interfaceName the interface asked for, or found by the host's address
   * @param problem why no VIP can be held there; empty when fine
   * @param vips managed IPs that are on the interface now
   * @param conflicts managed IPs that another machine's MAC has claimed, as "ip is at mac"
   */
  public record NetworkState(
      String interfaceName, String problem, List<String> vips, List<String> conflicts) {}

  /**
   * The end of a binlog that nobody had acknowledged (S18).
   *
   * @param gtids the transactions that the writer lacks
   * @param file where they are kept; empty when they were not cut off
   * @param refusal why they were not cut off; empty when they were
   */
  public record Cut(GtidSet gtids, String file, String refusal) {}
}
