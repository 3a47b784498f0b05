package io.mysqlmmm.agent.orders;

import io.mysqlmmm.agent.Board;
import io.mysqlmmm.agent.mysql.CloneServer;
import io.mysqlmmm.agent.process.DataVolume;
import java.util.function.BooleanSupplier;

/**
 * What takes orders to clone, and what sees to their end.
 *
 * @param open whether a clone needs mysqld without super_read_only now
 */
public record Cloning(CloneOrders orders, CloneWatch watch, BooleanSupplier open) {

  /** Both, for one mysqld. */
  public static Cloning of(Host host, Board board, CloneServer server, DataVolume volume) {
    CloneRun run = new CloneRun(server);
    return new Cloning(
        new CloneOrders(host, board, server, volume, run),
        new CloneWatch(host, board, server, volume, run),
        run::open);
  }
}
