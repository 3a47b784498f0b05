package io.mysqlmmm.agent.standing;

import io.mysqlmmm.shared.agent.BootTime;
import io.mysqlmmm.shared.agent.Clone;
import io.mysqlmmm.shared.agent.Order.Source;
import io.mysqlmmm.shared.agent.Standing;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything that outlives the agent's process.
 *
 * @param standing what was promised
 * @param writerVips the writer's IPs, as of the last ACTIVATE
 * @param readers balanced IPs due on this host
 * @param managed every IP that any host of the resource may hold
 * @param lossless whether a paired commit waits for the peer
 * @param leaseEnd an end that the lease was seen to have at least: a restarted agent may go on
 *     until then; erased with the right to write
 * @param following the writer that this host votes for, as of the last REPLICATE
 * @param lastClone the last clone over the data, whichever data set there is now
 * @param bootId boot of its machine that the data set was opened in last; empty: not known
 * @param relayBootId boot of its machine that its relay log was begun in; empty: not known
 */
public record Kept(
    Standing standing,
    List<String> writerVips,
    List<String> readers,
    List<String> managed,
    boolean lossless,
    BootTime leaseEnd,
    Optional<Source> following,
    Optional<Clone> lastClone,
    String bootId,
    String relayBootId) {

  /** With a file of an older version it is not known in which boot. */
  public Kept {
    bootId = Objects.requireNonNullElse(bootId, "");
    relayBootId = Objects.requireNonNullElse(relayBootId, "");
  }

  /** Of a host that was never cloned. */
  public Kept(
      Standing standing,
      List<String> writerVips,
      List<String> readers,
      List<String> managed,
      boolean lossless,
      BootTime leaseEnd,
      Optional<Source> following) {
    this(
        standing,
        writerVips,
        readers,
        managed,
        lossless,
        leaseEnd,
        following,
        Optional.empty(),
        "",
        "");
  }

  /** Nothing known yet. */
  public static Kept initial() {
    return new Kept(
        Standing.initial(),
        List.of(),
        List.of(),
        List.of(),
        true,
        BootTime.NEVER,
        Optional.empty());
  }

  /** Another standing; a lease never outlives the epoch that it was given for. */
  public Kept with(Standing next) {
    BootTime end = next.activeIn(standing.activeEpoch()) ? leaseEnd : BootTime.NEVER;
    return new Kept(
        next,
        writerVips,
        readers,
        managed,
        lossless,
        end,
        following,
        lastClone,
        bootId,
        relayBootId);
  }

  public Kept leasedUntil(BootTime end) {
    return new Kept(
        standing,
        writerVips,
        readers,
        managed,
        lossless,
        end,
        following,
        lastClone,
        bootId,
        relayBootId);
  }

  public Kept following(Source writer) {
    return new Kept(
        standing,
        writerVips,
        readers,
        managed,
        lossless,
        leaseEnd,
        Optional.of(writer),
        lastClone,
        bootId,
        relayBootId);
  }

  /** Due to write with these IPs. */
  public Kept activated(List<String> vips, boolean waitsForPeer) {
    return new Kept(
        standing,
        List.copyOf(vips),
        readers,
        managed,
        waitsForPeer,
        leaseEnd,
        following,
        lastClone,
        bootId,
        relayBootId);
  }

  public Kept withLossless(boolean waitsForPeer) {
    return new Kept(
        standing,
        writerVips,
        readers,
        managed,
        waitsForPeer,
        leaseEnd,
        following,
        lastClone,
        bootId,
        relayBootId);
  }

  public Kept withRoles(List<String> readerIps, List<String> managedIps) {
    return new Kept(
        standing,
        writerVips,
        List.copyOf(readerIps),
        List.copyOf(managedIps),
        lossless,
        leaseEnd,
        following,
        lastClone,
        bootId,
        relayBootId);
  }

  /** The data set is known in this boot of its machine. */
  public Kept openedIn(String boot) {
    return new Kept(
        standing,
        writerVips,
        readers,
        managed,
        lossless,
        leaseEnd,
        following,
        lastClone,
        boot,
        relayBootId);
  }

  /** What is received from now on is in a relay log of this boot. */
  public Kept receivingIn(String boot) {
    return new Kept(
        standing,
        writerVips,
        readers,
        managed,
        lossless,
        leaseEnd,
        following,
        lastClone,
        bootId,
        boot);
  }

  /** A clone has begun, goes on, or is over. */
  public Kept cloning(Clone now) {
    return new Kept(
        standing,
        writerVips,
        readers,
        managed,
        lossless,
        leaseEnd,
        following,
        Optional.of(now),
        bootId,
        relayBootId);
  }

  /**
   * Another data set: nothing that was promised holds for it (S7); the balanced IPs stay known, and
   * so does a clone that is not complete.
   */
  public Kept ofDataSet(String serverUuid) {
    Standing fresh =
        Standing.initial().of(serverUuid).started().replacing(standing.cloneGuard().replacing());
    return new Kept(
        fresh,
        List.of(),
        readers,
        managed,
        true,
        BootTime.NEVER,
        Optional.empty(),
        lastClone,
        bootId,
        relayBootId);
  }
}
