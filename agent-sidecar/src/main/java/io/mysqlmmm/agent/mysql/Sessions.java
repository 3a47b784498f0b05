package io.mysqlmmm.agent.mysql;

import java.sql.SQLException;
import java.util.List;

/**
 * The agent's connections, one for each thing that may have to go on while another is stuck.
 *
 * @param watch observing
 * @param tripwire breaks when mysqld dies
 * @param act statements that change the server
 * @param aid kills what {@code act} and others are stuck in
 * @param await waits for GTIDs
 * @param write commits rows, and so may wait for the peer
 * @param slow switching semi-sync off in the background; settings
 * @param heartbeat commits the write check's row, and so may wait for the peer for ever
 */
record Sessions(
    Session watch,
    Session tripwire,
    Session act,
    Session aid,
    Session await,
    Session write,
    Session slow,
    Session heartbeat) {

  static Sessions of(Session.Opener opener) {
    return new Sessions(
        new Session(opener),
        new Session(opener),
        new Session(opener),
        new Session(opener),
        new Session(opener),
        new Session(opener),
        new Session(opener),
        new Session(opener));
  }

  private List<Session> kept() {
    return List.of(act, aid, await, write, slow);
  }

  /** Opens those that must not need a login later. */
  void warm() throws SQLException {
    for (Session session : kept()) {
      session.warm();
    }
  }

  /** Drops all: the process they led to is gone. */
  void abort() {
    kept().forEach(Session::abort);
    watch.abort();
    tripwire.abort();
    heartbeat.abort();
  }
}
