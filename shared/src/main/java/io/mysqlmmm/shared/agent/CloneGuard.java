package io.mysqlmmm.shared.agent;

/**
 * What an agent must not forget about clones (S21).
 *
 * @param replacing a clone over this data set has begun and was not completed: what is here is
 *     neither the old nor the new data set, and serves for nothing but another clone
 * @param followed ledger version of the last REPLICATE obeyed; a clone ordered up to it is refused,
 *     because the host may have been taken in sync since
 * @param unshared it wrote, as the writer, without waiting for its peer, and was not told since
 *     that another host has all of it: what it has more than others may have been acknowledged
 */
public record CloneGuard(boolean replacing, long followed, boolean unshared) {

  public static final CloneGuard NONE = new CloneGuard(false, 0, false);

  public CloneGuard replacing(boolean now) {
    return new CloneGuard(now, followed, unshared);
  }

  public CloneGuard followed(long version) {
    return new CloneGuard(replacing, Math.max(followed, version), unshared);
  }

  public CloneGuard unshared(boolean now) {
    return new CloneGuard(replacing, followed, now);
  }
}
