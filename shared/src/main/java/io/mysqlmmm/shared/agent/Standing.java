package io.mysqlmmm.shared.agent;

import java.util.Objects;

/**
 * What an agent must not forget (S7): written and synced to the data's volume before the answer
 * that depends on it, and valid only for the data set with this server_uuid.
 *
 * @param serverUuid the data set it belongs to; empty before the first start of mysqld
 * @param versionSeen newest ledger version of any order obeyed; older orders are refused (S8)
 * @param activeEpoch epoch of the last ACTIVATE obeyed; 0: never active
 * @param promised no replication from, and no echo to, a writer of this epoch or an older one
 * @param released will never write at this epoch or an older one
 * @param mode how it may write now, as far as orders go
 * @param leaseVersion ledger version of the last LEASE confirmed; SOLO up to it is refused (S3)
 * @param pairedWith the other master's data set, whose heartbeats count (S9); empty: nobody's
 * @param votingFor epoch of the writer that it was last told to follow and votes for; 0: none yet
 * @param startCount starts of this agent on this data set
 * @param unjudged it wrote with commits waiting for the peer, and nobody has said since which of
 *     its last transactions hold: its binlog may end with some that were never acknowledged (S18)
 * @param cloneGuard what stands in the way of a clone, or after one (S21)
 */
public record Standing(
    String serverUuid,
    long versionSeen,
    long activeEpoch,
    long promised,
    long released,
    WriteMode mode,
    long leaseVersion,
    String pairedWith,
    long votingFor,
    long startCount,
    boolean unjudged,
    CloneGuard cloneGuard) {

  /** With a file of an older version, which knows nothing of clones, there was none. */
  public Standing {
    cloneGuard = Objects.requireNonNullElse(cloneGuard, CloneGuard.NONE);
  }

  /** Of a data set that no clone was begun over. */
  public Standing(
      String serverUuid,
      long versionSeen,
      long activeEpoch,
      long promised,
      long released,
      WriteMode mode,
      long leaseVersion,
      String pairedWith,
      long votingFor,
      long startCount,
      boolean unjudged) {
    this(
        serverUuid,
        versionSeen,
        activeEpoch,
        promised,
        released,
        mode,
        leaseVersion,
        pairedWith,
        votingFor,
        startCount,
        unjudged,
        CloneGuard.NONE);
  }

  /** A data set that nobody has given an order yet. */
  public static Standing initial() {
    return new Standing("", 0, 0, 0, 0, WriteMode.NONE, 0, "", 0, 0, false);
  }

  /** Whether it was activated and has not released since. */
  public boolean mayWrite() {
    return mode != WriteMode.NONE && activeEpoch > released;
  }

  /** Whether it may write in exactly this epoch (S5). */
  public boolean activeIn(long epoch) {
    return mayWrite() && activeEpoch == epoch;
  }

  /** Whether it never took part: no order was obeyed that rests on a ledger. */
  public boolean untouched() {
    return versionSeen == 0 && activeEpoch == 0 && promised == 0 && released == 0;
  }

  public Standing seen(long version) {
    return new Standing(
        serverUuid,
        Math.max(versionSeen, version),
        activeEpoch,
        promised,
        released,
        mode,
        leaseVersion,
        pairedWith,
        votingFor,
        startCount,
        unjudged,
        cloneGuard);
  }

  public Standing promising(long epoch) {
    return with(
        activeEpoch, Math.max(promised, epoch), released, mode, pairedWith, unjudged, cloneGuard);
  }

  public Standing releasing(long epoch) {
    return with(
        activeEpoch, promised, Math.max(released, epoch), WriteMode.NONE, "", unjudged, cloneGuard);
  }

  /**
   * Active at {@code epoch}; raises the promise, so that no older writer is followed.
   *
   * @param waits whether each commit waits for the peer
   */
  public Standing active(long epoch, WriteMode how, String peerUuid, boolean waits) {
    return with(
        epoch,
        Math.max(promised, epoch - 1),
        released,
        how,
        peerUuid,
        waits,
        cloneGuard.unshared(!waits));
  }

  /** Paired with {@code peerUuid}, by a LEASE of ledger version {@code version}. */
  public Standing leased(long version, String peerUuid, boolean waits) {
    return new Standing(
        serverUuid,
        versionSeen,
        activeEpoch,
        promised,
        released,
        WriteMode.PAIRED,
        version,
        peerUuid,
        votingFor,
        startCount,
        waits,
        cloneGuard.unshared(!waits));
  }

  public Standing alone() {
    return with(
        activeEpoch, promised, released, WriteMode.SOLO, "", false, cloneGuard.unshared(true));
  }

  /**
   * Its last transactions were judged (S18): what it has now, every member in sync has, or it is
   * the writer whose word counts.
   *
   * @param uuid its data set's name from now on; another one when transactions were cut off, whose
   *     identifiers must never be given again
   */
  public Standing judged(String uuid) {
    return new Standing(
        uuid,
        versionSeen,
        activeEpoch,
        promised,
        released,
        mode,
        leaseVersion,
        pairedWith,
        votingFor,
        startCount,
        false,
        cloneGuard);
  }

  /** Follows the writer of {@code epoch}, and votes for it. */
  public Standing voting(long epoch) {
    return new Standing(
        serverUuid,
        versionSeen,
        activeEpoch,
        promised,
        released,
        mode,
        leaseVersion,
        pairedWith,
        epoch,
        startCount,
        unjudged && mayWrite(),
        cloneGuard.followed(versionSeen).unshared(cloneGuard.unshared() && mayWrite()));
  }

  /** This standing in a new start of the agent. */
  public Standing started() {
    return new Standing(
        serverUuid,
        versionSeen,
        activeEpoch,
        promised,
        released,
        mode,
        leaseVersion,
        pairedWith,
        votingFor,
        startCount + 1,
        unjudged,
        cloneGuard);
  }

  public Standing of(String uuid) {
    return new Standing(
        uuid,
        versionSeen,
        activeEpoch,
        promised,
        released,
        mode,
        leaseVersion,
        pairedWith,
        votingFor,
        startCount,
        unjudged,
        cloneGuard);
  }

  /** A clone over it has begun, or is over. */
  public Standing replacing(boolean now) {
    return with(
        activeEpoch, promised, released, mode, pairedWith, unjudged, cloneGuard.replacing(now));
  }

  private Standing with(
      long active,
      long promise,
      long release,
      WriteMode how,
      String peerUuid,
      boolean open,
      CloneGuard guard) {
    return new Standing(
        serverUuid,
        versionSeen,
        active,
        promise,
        release,
        how,
        leaseVersion,
        peerUuid,
        votingFor,
        startCount,
        open,
        guard);
  }
}
