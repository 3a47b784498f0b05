package io.mysqlmmm.agent.orders;

import io.mysqlmmm.agent.Deadline;
import io.mysqlmmm.agent.mysql.Mysql;
import io.mysqlmmm.shared.agent.Mysqld.Channel;
import io.mysqlmmm.shared.agent.Mysqld.Running;
import io.mysqlmmm.shared.agent.Mysqld.ThreadState;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** Receives nothing more from the peer and applies all that was received. */
final class Drain {
  /** How long to wait before looking whether the applier still works. */
  private static final Duration SLICE = Duration.ofMillis(500);

  private final Mysql mysql;

  Drain(Mysql mysql) {
    this.mysql = mysql;
  }

  /** Done, or Failed with what is in the way. The applier runs on, unless it holds half a rest. */
  Outcome receiveNoMoreAndApply(Deadline deadline) throws SQLException {
    Optional<Channel> channel = channel();
    if (channel.isEmpty()) {
      return Outcome.DONE;
    }
    if (channel.get().io() != ThreadState.OFF) {
      mysql.stopReceiver(deadline.left());
    }
    do {
      if (!(mysql.observe() instanceof Running now) || now.channel().isEmpty()) {
        return new Outcome.Failed("mysqld went away while the relay log was applied");
      }
      Channel current = now.channel().get();
      if (current.io() != ThreadState.OFF) {
        return new Outcome.Failed("the receiver thread was stopped and still runs");
      }
      if (now.executed().contains(current.retrieved())) {
        // Received in part it would keep its row locks; it will be received again, whole.
        mysql.dropUnfinished(deadline.left());
        return Outcome.DONE;
      }
      if (now.superReadOnly() && now.semiSync().source() && now.semiSync().waitingSessions() > 0) {
        // Only the applier can be waiting, for an acknowledgement that nobody owes it.
        mysql.setSemiSyncSource(false, deadline.left());
      }
      if (current.sql() == ThreadState.OFF && !current.error().isEmpty()) {
        return new Outcome.Failed("the applier stopped: " + current.error());
      }
      if (current.sql() == ThreadState.OFF) {
        mysql.startApplier(deadline.left());
      }
      Duration left = deadline.left();
      boolean _ = mysql.awaitApplied(current.retrieved(), left.compareTo(SLICE) < 0 ? left : SLICE);
    } while (!deadline.over());
    return new Outcome.Failed("not all that was received could be applied in time");
  }

  private Optional<Channel> channel() {
    return mysql.observe() instanceof Running running ? running.channel() : Optional.empty();
  }
}
