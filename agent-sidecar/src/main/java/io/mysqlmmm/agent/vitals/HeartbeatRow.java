package io.mysqlmmm.agent.vitals;

import java.sql.SQLException;

/** The row that the write check commits. */
public interface HeartbeatRow {

  /**
   * Commits it as a client would, and so takes as long: for ever, if the peer acknowledges nothing.
   *
   * @return false: refused, because the server is read-only
   * @throws SQLException why it was not committed, or is not known to be
   */
  boolean commit() throws SQLException;

  /**
   * Whether a commit under way waits for the peer's acknowledgement; also one that an earlier agent
   * began.
   */
  boolean awaitsPeer();
}
