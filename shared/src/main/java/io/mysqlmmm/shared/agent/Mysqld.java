package io.mysqlmmm.shared.agent;

import io.mysqlmmm.shared.gtid.GtidSet;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** The server beside an agent. "It does not answer" is never told as "it is dead" (I4). */
public sealed interface Mysqld {

  /**
   * There is no process: it was seen to be gone, or none was started yet.
   *
   * @param startError why it does not come up, as launch.sh says after several attempts
   */
  record Absent(String cause, Optional<String> startError) implements Mysqld {
    public Absent(String cause) {
      this(cause, Optional.empty());
    }
  }

  /** A process is there and does not serve yet. */
  record Starting() implements Mysqld {}

  /**
   * A process is there and does not answer within the bound; nothing is known of it.
   *
   * @param millis for how long
   */
  record Unresponsive(String cause, long millis) implements Mysqld {}

  /**
   * It answered.
   *
   * @param superReadOnly whether nobody can write
   * @param executed gtid_executed
   * @param purged gtid_purged: what a replica cannot get from here any more
   * @param longestTransactionMillis age of the oldest transaction that has changed rows; 0: none
   * @param blocker what would block a switch (a global lock, say); empty: nothing
   * @param missingPlugins authentication plugins that accounts have and this server has not, so
   *     that they cannot log in; empty: the agent is older than this part
   */
  record Running(
      String serverUuid,
      String version,
      boolean superReadOnly,
      GtidSet executed,
      GtidSet purged,
      Optional<Channel> channel,
      SemiSync semiSync,
      long longestTransactionMillis,
      String blocker,
      Optional<Set<String>> missingPlugins)
      implements Mysqld {

    public Running {
      missingPlugins = missingPlugins.map(Set::copyOf);
    }

    /** Everything received, applied or not. */
    public GtidSet received() {
      return channel.map(c -> c.retrieved().union(executed)).orElse(executed);
    }
  }

  /** State of a replication thread. */
  enum ThreadState {
    ON,
    OFF,
    CONNECTING
  }

  /**
   * Replication from the peer.
   *
   * @param sourceUuid empty until it first connected
   * @param retrieved transactions received into the relay log since it was last reset
   * @param lagMillis how far the applier is behind, from transaction timestamps; empty: not known
   * @param error the last error of either thread; empty: none
   * @param connectingMillis for how long the receiver has been trying to connect without success;
   *     0: it is not; since the agent's start at most
   * @param delay how long after the source each transaction is applied; empty: the agent is older
   *     than this part
   */
  record Channel(
      String sourceAddress,
      int sourcePort,
      String sourceUuid,
      ThreadState io,
      ThreadState sql,
      GtidSet retrieved,
      Optional<Long> lagMillis,
      String error,
      long connectingMillis,
      Optional<Duration> delay) {

    public boolean running() {
      return io == ThreadState.ON && sql == ThreadState.ON;
    }
  }

  /**
   * Semi-synchronous replication, both sides.
   *
   * @param waitingSessions sessions that wait for the peer's acknowledgement; while there are any,
   *     semi-sync must not be switched off (S19). The agent's own write check is not one of them:
   *     nobody relies on what it is told
   * @param stalledMillis for how long they, or the write check, have waited without any
   *     acknowledgement coming in
   */
  record SemiSync(boolean source, boolean replica, int waitingSessions, long stalledMillis) {

    /**
     * Longer than a lost packet's retransmission (200 ms, TCP's minimum) and any pause of a healthy
     * standby; less than the second that losing one may stall writes for.
     */
    private static final long TOO_LONG_MILLIS = 500;

    /** Whether the peer has to be taken for one that acknowledges nothing. */
    public boolean stalled() {
      return stalledMillis > TOO_LONG_MILLIS;
    }
  }
}
