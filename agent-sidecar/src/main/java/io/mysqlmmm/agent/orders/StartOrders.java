package io.mysqlmmm.agent.orders;

import io.mysqlmmm.agent.Board;
import io.mysqlmmm.agent.Deadline;
import io.mysqlmmm.agent.binlog.BinlogTail;
import io.mysqlmmm.agent.binlog.BinlogTail.Plan;
import io.mysqlmmm.agent.process.MysqldProcess;
import io.mysqlmmm.agent.process.TailCut;
import io.mysqlmmm.shared.agent.AgentState.Cut;
import io.mysqlmmm.shared.agent.Order.Start;
import io.mysqlmmm.shared.gtid.GtidSet;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets mysqld start on a host that wrote while its commits waited for the peer (S18): as it is, or
 * without the end of its binlog that nobody acknowledged. The order is over when the binlog was
 * seen to be as it must; the launcher then permits the start.
 *
 * <p>With the cut the data set gets another server_uuid, before anything is cut off: the next
 * transaction of its own would else have the name of one that was, and that a third server may
 * have. A crash between the two leaves a data set that no agent knows, which is held out with its
 * surplus.
 */
public final class StartOrders {
  private static final Logger log = LoggerFactory.getLogger(StartOrders.class);

  private final Host host;
  private final Board board;
  private final MysqldProcess process;
  private final TailCut cutter;
  private final Path data;
  private Optional<Cut> underWay = Optional.empty();

  /**
   * @param data mysqld's data directory
   */
  public StartOrders(Host host, Board board, MysqldProcess process, TailCut cutter, Path data) {
    this.host = host;
    this.board = board;
    this.process = process;
    this.cutter = cutter;
    this.data = data;
  }

  Outcome start(Start order, Deadline deadline)
      throws IOException, SQLException, InterruptedException {
    return Obeying.obey(
        host.keeper(),
        order,
        () -> {
          if (!host.keeper().standing().unjudged()) {
            return Outcome.DONE;
          }
          if (process.find().isPresent()) {
            return new Outcome.Failed("mysqld runs");
          }
          return order.keep().isEmpty() ? judged() : cut(order.keep().get(), deadline);
        });
  }

  private Outcome judged() throws IOException {
    host.keeper().judged(host.keeper().standing().serverUuid());
    return Outcome.DONE;
  }

  private Outcome cut(GtidSet keep, Deadline deadline) throws IOException, InterruptedException {
    return switch (BinlogTail.plan(data, keep)) {
      case Plan.Nothing _ -> whole();
      case Plan.Refused refused -> {
        log.warn(
            "the end of the binlog ({}) is not cut off: {}", refused.gtids(), refused.reason());
        board.cut(new Cut(refused.gtids(), "", refused.reason()));
        yield judged();
      }
      case Plan.Cut plan -> perform(plan, keep, deadline);
    };
  }

  /** Nothing (more) to cut off: a cut that was under way when its order was given up is done. */
  private Outcome whole() throws IOException {
    Optional<String> uuid = MysqldProcess.uuidOnDisk(data.resolve("auto.cnf"));
    underWay.ifPresent(board::cut);
    underWay = Optional.empty();
    host.keeper().judged(uuid.orElse(host.keeper().standing().serverUuid()));
    return Outcome.DONE;
  }

  private Outcome perform(Plan.Cut plan, GtidSet keep, Deadline deadline)
      throws IOException, InterruptedException {
    String uuid = UUID.randomUUID().toString();
    String id = uuid.substring(0, 8);
    log.warn(
        "transactions that nobody acknowledged are cut off: {} from {} of {}",
        plan.gtids(),
        plan.position(),
        plan.file().getFileName());
    underWay =
        Optional.of(new Cut(plan.gtids(), "cut/" + plan.file().getFileName() + "." + id, ""));
    Optional<String> trouble = cutter.perform(plan, uuid, id, deadline);
    if (trouble.isPresent()) {
      return new Outcome.Failed("the end of the binlog could not be cut off: " + trouble.get());
    }
    if (!(BinlogTail.plan(data, keep) instanceof Plan.Nothing)) {
      return new Outcome.Failed("the end of the binlog was cut off and is still there");
    }
    return whole();
  }
}
