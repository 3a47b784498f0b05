package io.mysqlmmm.agent.orders;

import io.mysqlmmm.agent.Deadline;
import io.mysqlmmm.shared.agent.Mysqld;
import io.mysqlmmm.shared.agent.Mysqld.Running;
import io.mysqlmmm.shared.agent.Order.Database;
import io.mysqlmmm.shared.agent.Order.Databases;
import io.mysqlmmm.shared.agent.Order.Mark;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.Optional;

/** Orders that write to the binary log, and so may wait for the peer. */
final class RowOrders {
  private final Host host;

  RowOrders(Host host) {
    this.host = host;
  }

  Outcome mark(Mark order, Deadline deadline)
      throws IOException, SQLException, InterruptedException {
    return Obeying.obey(
        host.keeper(),
        order,
        () -> {
          if (!isWritable(host.mysql().observe())) {
            return new Outcome.Failed("mysqld is not writable");
          }
          try {
            host.mysql().mark(order.target().version(), order.target().epoch(), deadline.left());
          } catch (SQLTimeoutException e) {
            return new Outcome.Failed(
                "the marker row was not acknowledged: " + host.mysql().blockers());
          }
          return isWritable(host.mysql().observe())
              ? Outcome.DONE
              : new Outcome.Failed("mysqld was made read-only meanwhile");
        });
  }

  Outcome databases(Databases order, Deadline deadline)
      throws IOException, SQLException, InterruptedException {
    return Obeying.obey(
        host.keeper(),
        order,
        () -> {
          for (Database database : order.databases()) {
            Optional<String> problem = DatabaseNames.problem(database);
            if (problem.isPresent()) {
              return new Outcome.Failed(problem.get());
            }
          }
          if (!isWritable(host.mysql().observe())) {
            return new Outcome.Failed("mysqld is not writable");
          }
          for (Database database : order.databases()) {
            host.mysql().provide(database, deadline.left());
          }
          Mysqld _ = host.mysql().observe();
          return Outcome.DONE;
        });
  }

  private static boolean isWritable(Mysqld seen) {
    return seen instanceof Running running && !running.superReadOnly();
  }
}
