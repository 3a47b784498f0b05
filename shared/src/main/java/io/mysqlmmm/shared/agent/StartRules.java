package io.mysqlmmm.shared.agent;

import java.time.Duration;

/**
 * Whether a mysqld that is down may start by itself. Pure; the numbers are those of the safety
 * protocol (docs/clustering.md).
 */
public final class StartRules {
  /**
   * How long the start of a writer that died is held back for the operator's verdict. Its absence
   * is what lets the peer take over at once (0.1 to 0.3 s seen); a new leader needs up to 3.5 s,
   * but then the votes, and with them the lease, have ended.
   */
  public static final Duration VERDICT = Duration.ofSeconds(3);

  private StartRules() {}

  /**
   * Whether the start has to wait, for the operator's word or for the lease to come back. A start
   * commits the end of the binlog that nobody acknowledged; who may be replaced must not do so
   * (S18).
   *
   * @param mayWrite whether the host may write now, its lease included
   * @param asked for how long the start has been asked for
   */
  public static boolean waits(Standing standing, boolean mayWrite, Duration asked) {
    boolean paired = standing.mayWrite() && standing.mode() == WriteMode.PAIRED;
    return (paired && asked.compareTo(VERDICT) < 0) || (standing.unjudged() && !mayWrite);
  }

  /**
   * Whether the data set has to have another server_uuid before it starts (S22). Who follows
   * acknowledges what is in its relay log, and no relay log is synced to disk for each transaction:
   * after its machine has gone down, whether by a crash of the system or of the power, this host
   * may lack what others count on. Under another name nobody does. Who wrote last has applied all
   * that counts, and its binlog is synced.
   *
   * @param booted whether the machine was booted since the data set was last opened
   */
  public static boolean renames(Standing standing, boolean booted) {
    return booted && !standing.mayWrite() && standing.votingFor() > standing.activeEpoch();
  }
}
