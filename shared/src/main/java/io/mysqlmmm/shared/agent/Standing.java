package io.mysqlmmm.shared.agent;

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
 * @param startCount starts of this agent on this data set
 */
public record Standing(
    String serverUuid,
    long versionSeen,
    long activeEpoch,
    long promised,
    long released,
    WriteMode mode,
    long leaseVersion,
    long startCount) {

  /** A data set that nobody has given an order yet. */
  public static Standing initial() {
    return new Standing("", 0, 0, 0, 0, WriteMode.NONE, 0, 0);
  }

  /** Whether it was activated and has not released since. */
  public boolean mayWrite() {
    return mode != WriteMode.NONE && activeEpoch > released;
  }

  /** Whether it may write in exactly this epoch (S5). */
  public boolean activeIn(long epoch) {
    return mayWrite() && activeEpoch == epoch;
  }

  /** Whether it never took part: no order of any epoch was obeyed. */
  public boolean untouched() {
    return activeEpoch == 0 && promised == 0 && released == 0;
  }

  public Standing seen(long version) {
    return with(Math.max(versionSeen, version), activeEpoch, promised, released, mode);
  }

  public Standing promising(long epoch) {
    return with(versionSeen, activeEpoch, Math.max(promised, epoch), released, mode);
  }

  public Standing releasing(long epoch) {
    return with(versionSeen, activeEpoch, promised, Math.max(released, epoch), WriteMode.NONE);
  }

  /** Active at {@code epoch}; raises the promise, so that no older writer is followed. */
  public Standing active(long epoch, WriteMode how) {
    return with(versionSeen, epoch, Math.max(promised, epoch - 1), released, how);
  }

  public Standing leased(long version) {
    return new Standing(
        serverUuid,
        versionSeen,
        activeEpoch,
        promised,
        released,
        WriteMode.PAIRED,
        version,
        startCount);
  }

  public Standing alone() {
    return with(versionSeen, activeEpoch, promised, released, WriteMode.SOLO);
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
        startCount + 1);
  }

  public Standing of(String uuid) {
    return new Standing(
        uuid, versionSeen, activeEpoch, promised, released, mode, leaseVersion, startCount);
  }

  private Standing with(long version, long active, long promise, long release, WriteMode how) {
    return new Standing(
        serverUuid, version, active, promise, release, how, leaseVersion, startCount);
  }
}
