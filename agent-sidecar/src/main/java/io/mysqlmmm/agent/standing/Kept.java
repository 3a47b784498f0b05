package io.mysqlmmm.agent.standing;

import io.mysqlmmm.shared.agent.Standing;
import java.util.List;

/**
 * Everything that outlives the agent's process.
 *
 * @param standing what was promised
 * @param writerVips the writer's IPs, as of the last ACTIVATE
 * @param readers balanced IPs due on this host
 * @param managed every IP that any host of the resource may hold
 * @param lossless whether a paired commit waits for the peer
 */
public record Kept(
    Standing standing,
    List<String> writerVips,
    List<String> readers,
    List<String> managed,
    boolean lossless) {

  /** Nothing known yet. */
  public static Kept initial() {
    return new Kept(Standing.initial(), List.of(), List.of(), List.of(), true);
  }

  public Kept with(Standing next) {
    return new Kept(next, writerVips, readers, managed, lossless);
  }

  /** Due to write with these IPs. */
  public Kept activated(Standing next, List<String> vips, boolean waitsForPeer) {
    return new Kept(next, List.copyOf(vips), readers, managed, waitsForPeer);
  }

  public Kept withLossless(boolean waitsForPeer) {
    return new Kept(standing, writerVips, readers, managed, waitsForPeer);
  }

  public Kept withRoles(List<String> readerIps, List<String> managedIps) {
    return new Kept(
        standing, writerVips, List.copyOf(readerIps), List.copyOf(managedIps), lossless);
  }

  /** Another data set: nothing that was promised holds for it (S7); the balanced IPs stay known. */
  public Kept ofDataSet(String serverUuid) {
    Standing fresh = Standing.initial().of(serverUuid).started();
    return new Kept(fresh, List.of(), readers, managed, true);
  }
}
