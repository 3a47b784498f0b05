package io.mysqlmmm.shared.agent;

import java.util.Optional;

/**
 * A heartbeat to the writer's agent, from the operator or from the other master's agent: a vote for
 * this epoch. It echoes the clock that the writer's agent told last, so one that was delayed for
 * long cannot extend a lease (S9).
 *
 * @param resourceUid uid of the MySQLMultiMaster
 * @param serverUuid the sender's data set; empty: the operator sends it
 * @param epoch the epoch voted for
 * @param echo the clock told last; empty: none was told yet, or the sender does not vote now
 * @param checks whether the operator wants checks that write (not while Passive: I5)
 */
public record Beat(
    String resourceUid, String serverUuid, long epoch, Optional<BootTime> echo, boolean checks) {

  /** A heartbeat that asks for no checks. */
  public Beat(String resourceUid, String serverUuid, long epoch, Optional<BootTime> echo) {
    this(resourceUid, serverUuid, epoch, echo, false);
  }

  /** The same, asking for checks or not. */
  public Beat asking(boolean wanted) {
    return new Beat(resourceUid, serverUuid, epoch, echo, wanted);
  }
}
